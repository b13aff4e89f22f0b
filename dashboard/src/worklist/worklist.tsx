import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef } from 'react';
import type { Transaction } from '../api/answers.ts';
import { AllClear } from '../components/all-clear.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { useTablePreferences } from '../preferences/use-table-preferences.tsx';
import type { Acknowledgement } from '../redraw/acknowledgement/changes.ts';
import { useAcknowledgementActions } from '../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import type { WithRedraw } from '../redraw/open-redraw.ts';
import { keepFocusIn } from '../screen/keep-focus.ts';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { type CsvOptions, useCsvOptions } from '../session/configuration-context.tsx';
import { useHasScope, usePerson } from '../session/session-context.tsx';
import { saveCsv } from '../table/csv.ts';
import { useNow } from '../time/use-now.ts';
import { redrawCsvRow } from './table/csv-row.ts';
import { RedrawTable } from './table/redraw-table.tsx';
import { columnsOf } from './table/worklist-row.tsx';
import { useNewRows } from './use-new-rows.ts';
import { useSelection } from './use-selection.ts';
import { viewed } from './view/filter-and-sort.ts';
import { Filters } from './view/filters.tsx';
import type { ViewInAddress } from './view/use-view.ts';

interface WorklistProps {
  /** Undefined while loading. Without those that the view leaves out because of their follow-up. */
  readonly open: readonly WithRedraw[] | undefined;
  /** Also those that the view leaves out: what the filters offer comes from all. */
  readonly offered: readonly Transaction[];
  /** Nothing is open at all, whatever the view. */
  readonly none: boolean;
  /** More of them are being read. */
  readonly loadingRest: boolean;
  /** Transactions with a pending acknowledgement. */
  readonly asked: ReadonlyMap<string, Acknowledgement | null>;
  readonly place: ViewInAddress;
}

/** The table and its actions. Selection and open dialogs survive every refresh. */
export function Worklist({ open, offered, none, loadingRest, asked, place }: WorklistProps) {
  const now = useNow();
  const may = useHasScope('redraws/write');
  const narrow = useNarrowScreen();
  const csvOptions = useCsvOptions();
  const { messages } = csvOptions;
  const [chosen, setChosen] = useSelection();
  const list = useRef<HTMLDivElement>(null);
  const acting = useAcknowledgementActions((of) => {
    const done = new Set(of.map(({ id }) => id));
    setChosen((chosen) => new Set([...chosen].filter((id) => !done.has(id))));
    // An acknowledged row may leave the view, and the focus with it.
    keepFocusIn(list.current);
  });
  const found = viewed(open ?? [], place.view, now, usePerson().name);
  const selected = found.filter(({ id }) => chosen.has(id));
  const fresh = useNewRows(loadingRest || open === undefined ? undefined : offered);
  const all = columnsOf({
    isNew: ({ id }) => fresh.has(id),
    isSaving: ({ id }) => asked.has(id),
    acting: may ? acting : null,
    messages,
  });
  const { columns, pageSize, control } = useTablePreferences('worklist', all, () =>
    place.choose({ page: 1 }),
  );
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(place.view.page, pages);
  return (
    <div ref={list} tabIndex={-1} className="worklist" data-opens-rows="">
      <RedrawTable
        place={place}
        columns={columns}
        transactions={found.slice((page - 1) * pageSize, page * pageSize)}
        loading={open === undefined}
        selected={selected}
        select={may ? (now) => setChosen(new Set(now.map(({ id }) => id))) : undefined}
        header={
          <ListHeader
            counter={counter(found.length, loadingRest ? undefined : open?.length, selected.length)}
            exportRows={
              found.length > 0 && !loadingRest ? () => exportRows(found, now, csvOptions) : undefined
            }
            acknowledge={selected.length > 0 ? () => acting.acknowledge(selected) : undefined}
            selecting={may && !narrow}
            page={pages > 1 ? `Page ${page} of ${pages}` : undefined}
          />
        }
        filter={<Filters place={place} offered={offered} found={loadingRest ? undefined : found.length} />}
        preferences={control}
        pagination={<Pages page={page} of={pages} choose={(page) => place.choose({ page })} />}
        empty={
          none ? (
            <AllClear header="No open redraws" />
          ) : (
            <NothingFound clear={place.clear} soFar={loadingRest} />
          )
        }
      />
      {acting.dialog}
    </div>
  );
}

interface ListHeaderProps {
  readonly counter: string;
  /** Undefined if there is nothing to export. */
  readonly exportRows: (() => void) | undefined;
  /** Undefined if nothing is selected. */
  readonly acknowledge: (() => void) | undefined;
  /** Whether rows can be selected. */
  readonly selecting: boolean;
  /** "Page 1 of 11", for paper; undefined if there is only one. */
  readonly page: string | undefined;
}

function ListHeader({ counter, exportRows, acknowledge, selecting, page }: ListHeaderProps) {
  const printing = usePrinting();
  return (
    <Header
      variant="h2"
      counter={counter}
      description={printing ? page : undefined}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="download" disabled={!exportRows} onClick={() => exportRows?.()}>
            Export CSV
          </Button>
          {selecting && (
            <Button variant="primary" disabled={!acknowledge} onClick={() => acknowledge?.()}>
              Acknowledge selected
            </Button>
          )}
        </SpaceBetween>
      }
    >
      Open redraws
    </Header>
  );
}

interface PagesProps {
  /** From 1. */
  readonly page: number;
  readonly of: number;
  readonly choose: (page: number) => void;
}

function Pages({ page, of, choose }: PagesProps) {
  if (of === 1) return null;
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={of}
      onChange={({ detail }) => choose(detail.currentPageIndex)}
      ariaLabels={{
        nextPageLabel: 'Next page',
        previousPageLabel: 'Previous page',
        pageLabel: (number) => `Page ${number}`,
      }}
    />
  );
}

function exportRows(transactions: readonly WithRedraw[], now: number, options: CsvOptions): void {
  const rows = transactions.map((transaction) => redrawCsvRow(transaction, now, options));
  void saveCsv('open-redraws', rows);
}

function counter(found: number, open: number | undefined, selected: number): string {
  if (open === undefined) return '';
  if (selected > 0) return `(${selected} selected of ${found})`;
  return found === open ? `(${open})` : `(${found} of ${open})`;
}

function NothingFound({ clear, soFar }: { clear: () => void; soFar: boolean }) {
  return (
    <EmptyState header={soFar ? 'No matches so far' : 'No matches'}>
      <Button onClick={clear}>Clear filters</Button>
    </EmptyState>
  );
}
