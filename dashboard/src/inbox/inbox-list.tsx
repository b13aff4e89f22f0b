import { useCollection } from '@cloudscape-design/collection-hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { useApi } from '../api/api-context.tsx';
import { summaryQuery } from '../api/queries.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { Identifier } from '../components/identifier.tsx';
import { Patient } from '../components/patient.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { openTimeText } from '../results/critical-open-time.ts';
import { openResults } from '../results/opened-results.tsx';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { useTeamNames } from '../session/configuration-context.tsx';
import { FilterField } from '../table/filter-field.tsx';
import { type ListColumn, ListTable, PAGE_SIZE } from '../table/list-table.tsx';
import { pagesFooter } from '../table/pages.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { byText } from '../wording/caller.ts';
import { useMark } from '../worklist/use-mark.ts';
import type { InboxRow } from './rows.ts';

interface InboxListProps {
  /** Undefined while loading. */
  readonly rows: readonly InboxRow[] | undefined;
  /** Some of them are reviewed. */
  readonly all: boolean;
  readonly empty: ReactNode;
}

const MISSING: readonly InboxRow[] = [];

const PROPERTIES = (
  [
    ['patient', 'Patient', 'Patients'],
    ['test', 'Test', 'Tests'],
    ['details', 'Lab or modality', 'Labs and modalities'],
    ['markers', 'Missing marker', 'Missing markers'],
    ['ids', 'ID', 'IDs'],
    ['team', 'Team', 'Teams'],
  ] as const
).map(([key, propertyLabel, groupValuesLabel]) => ({
  key,
  propertyLabel,
  groupValuesLabel,
  operators: [':', '!:'],
  defaultOperator: ':' as const,
}));

/** Results, the most urgent first. A row opens the values. */
export function InboxList({ rows = MISSING, all, empty }: InboxListProps) {
  const narrow = useNarrowScreen();
  const printing = usePrinting();
  const list = useRef<HTMLDivElement>(null);
  const teams = useTeamNames();
  const has = (id: string) => (id === 'team' ? teams.size > 0 : all || id !== 'reviewed');
  const collection = useCollection(rows, {
    propertyFiltering: {
      filteringProperties: PROPERTIES.filter(({ key }) => has(key)),
      empty,
      noMatch: <EmptyState header="No matches">No result matches the filter.</EmptyState>,
    },
    sorting: {},
    pagination: { pageSize: PAGE_SIZE },
  });
  const { items, allPageItems, collectionProps, propertyFilterProps, paginationProps } = collection;
  const mark = useMark(
    items.map(({ id }) => id),
    list,
  );
  // The list as it is now: what is reviewed leaves it, and its neighbour stays the next one.
  const open = (at: number) => {
    const row = allPageItems[at];
    if (!row) return;
    mark.set(row.id);
    openResults(row.sources, allPageItems[at + 1] && (() => open(at + 1)));
  };
  const show = ({ id }: InboxRow) => open(allPageItems.findIndex((one) => one.id === id));
  return (
    <div
      ref={list}
      data-opens-rows=""
      {...(narrow ? {} : { 'data-marks-rows': '' })}
      className="worklist-rows"
    >
      <div className="worklist-controls screen-only">
        <search>
          <FilterField
            {...propertyFilterProps}
            filteringPlaceholder="Filter by patient, test, lab, marker, ID"
            filteringAriaLabel="Filter the results"
            countText={`${collection.filteredItemsCount ?? 0} of ${rows.length}`}
          />
        </search>
      </div>
      <ListTable
        {...collectionProps}
        label="Results"
        columns={columnsOf(mark.id, show).filter(({ id }) => has(id))}
        items={items}
        trackBy="id"
        loading={rows === MISSING}
        loadingText="Loading the results"
        variant="borderless"
        resizableColumns={!printing && !narrow}
        wrapLines={printing}
        onRowClick={({ detail }) => show(detail.item)}
        {...pagesFooter(paginationProps)}
      />
    </div>
  );
}

function columnsOf(marked: string | null, show: (row: InboxRow) => void): ListColumn<InboxRow>[] {
  return [
    {
      id: 'result',
      header: 'Result',
      isRowHeader: true,
      width: 300,
      minWidth: 170,
      sortingField: 'rank',
      cell: (row) => (
        <div data-row={row.id} {...(marked === row.id && { 'data-marked': '' })}>
          <button
            type="button"
            data-opens=""
            className="as-link cell-line"
            aria-label={`${row.result.text}: results for ${row.sources[0]?.name}`}
            onClick={() => show(row)}
          >
            <StatusLabel of={row.result} />
          </button>
          <div className="cell-line under">
            <Age row={row} />
          </div>
        </div>
      ),
    },
    {
      id: 'patient',
      header: 'Patient',
      width: 150,
      minWidth: 110,
      half: true,
      sortingField: 'patient',
      cell: ({ id, orderId, user_id, client_user_id }) => (
        <Patient of={{ user_id, client_user_id }} transactionId={id} orderId={orderId} />
      ),
    },
    {
      id: 'test',
      header: 'Test',
      width: 270,
      minWidth: 110,
      half: true,
      sortingField: 'test',
      cell: ({ test, details }) => (
        <>
          <div className="cell-line" title={test}>
            {test || '–'}
          </div>
          <div className="cell-line aside under">{details}</div>
        </>
      ),
    },
    {
      id: 'missing',
      header: 'Missing',
      width: 170,
      minWidth: 110,
      half: true,
      sortingComparator: (a, b) => a.missing.length - b.missing.length,
      cell: ({ missing: [first, ...more], markers }) => (
        <div className={`cell-line${first ? '' : ' aside'}`} title={markers}>
          {first ? `${first.name}${more.length > 0 ? ` + ${more.length}` : ''}` : 'None known'}
        </div>
      ),
    },
    {
      id: 'reviewed',
      header: 'Reviewed',
      width: 170,
      minWidth: 110,
      half: true,
      sortingComparator: (a, b) => ((a.review?.at ?? '') < (b.review?.at ?? '') ? -1 : 1),
      cell: ({ review }) =>
        review ? (
          <>
            <div className="cell-line">{byText(review)}</div>
            <div className="aside under">
              <Timestamp at={review.at} />
            </div>
          </>
        ) : (
          <span className="aside">Not reviewed</span>
        ),
    },
    {
      id: 'team',
      header: 'Team',
      width: 110,
      minWidth: 90,
      half: true,
      sortingField: 'team',
      cell: ({ team }) => <span className="cell-line">{team || 'Unknown'}</span>,
    },
    {
      id: 'transaction',
      header: 'Transaction',
      width: 130,
      minWidth: 110,
      half: true,
      cell: ({ id }) => <Identifier id={id} of="transaction" short href={`/transactions/${id}`} />,
    },
  ];
}

/** When it was reported; of a critical result, how long it has been open, in red once that is longer than the limit. */
function Age({ row: { openedAt, reportedAt } }: { row: InboxRow }) {
  const { data } = useQuery(summaryQuery(useApi()));
  const now = useNow();
  if (openedAt === null || !data)
    return (
      <span className="aside">
        Reported <Timestamp at={reportedAt} />
      </span>
    );
  const { text, overdue } = openTimeText(openedAt, data.critical_results, now);
  return <span className={overdue ? 'loud' : ''}>{text.charAt(0).toUpperCase() + text.slice(1)}</span>;
}
