import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { EmptyState } from '../components/empty-state.tsx';
import { PrintOnly } from '../components/print-only.tsx';
import { About } from '../handling/about.tsx';
import type { Owned } from '../handling/assignments.ts';
import { followUpBlockedReason } from '../handling/follow-up-blocked.ts';
import { useAssignEach } from '../handling/use-assign-each.ts';
import { lazyPage } from '../screen/lazy-page.ts';
import { usePageKeys } from '../screen/page-keys.ts';
import { SidePanel } from '../screen/side-panel.tsx';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { useCsvOptions, useTeamNames } from '../session/configuration-context.tsx';
import { useHasScope, usePerson } from '../session/session-context.tsx';
import { FilterField } from '../table/filter-field.tsx';
import { ListTable, PAGE_SIZE } from '../table/list-table.tsx';
import { pagesFooter } from '../table/pages.tsx';
import { rememberRows } from '../table/shown-rows.ts';
import { useNow } from '../time/use-now.ts';
import { PROPERTIES, queryText, type View, writeView } from './address.ts';
import { columnsOf } from './columns.tsx';
import { exportRows } from './export.ts';
import type { WorkRow } from './rows.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useMark } from './use-mark.ts';

const RowPanel = lazyPage(() => import('./row-panel.tsx'));
const AssignDialog = lazyPage(() => import('../handling/assign-dialog.tsx'));

interface WorkListProps {
  /** Undefined while loading. */
  readonly rows: readonly WorkRow[] | undefined;
  /** The filter, the sort order and the page from the address. */
  readonly first: View;
  /** Called when a link or Back led to another address of this list. */
  readonly onMoved: () => void;
  /** More are being read. */
  readonly loading: boolean;
  /** Shown without rows. */
  readonly empty: ReactNode;
}

const MISSING: readonly WorkRow[] = [];

/** The rows of one list: filtered, sorted and in pages, with what can be done with them. */
export function WorkList({ rows = MISSING, first, onMoved, loading, empty }: WorkListProps) {
  const narrow = useNarrowScreen();
  const printing = usePrinting();
  const list = useRef<HTMLDivElement>(null);
  const teams = useTeamNames().size > 0;
  const collection = useWorkCollection(rows, { first, teams, onMoved, empty });
  const { items, collectionProps, propertyFilterProps, paginationProps } = collection;
  const mark = useMark(
    items.map(({ id }) => id),
    list,
  );
  const may = useHasScope('redraws/write') && !narrow && !printing;
  const acting = useRowActions({ collection, mark, may });
  return (
    <div
      ref={list}
      data-opens-rows=""
      {...(narrow ? {} : { 'data-marks-rows': '' })}
      className="worklist-rows"
    >
      {acting.selected.length > 0 ? (
        acting.bar
      ) : (
        <Controls collection={collection} loading={loading || rows === MISSING} rows={rows} />
      )}
      <PrintOnly>
        <p>{queryText(propertyFilterProps.query)}</p>
      </PrintOnly>
      <ListTable
        {...collectionProps}
        label="Worklist"
        columns={columnsOf({
          marked: mark.id,
          show: acting.show,
          assign: may ? acting.assign : undefined,
          teams,
        })}
        items={items}
        trackBy="id"
        loading={rows === MISSING}
        loadingText="Loading the worklist"
        variant="borderless"
        resizableColumns={!printing && !narrow}
        wrapLines={printing}
        onRowClick={({ detail }) => acting.show(detail.item)}
        {...(may && { selectionType: 'multi' as const })}
        isItemDisabled={({ transactionId }) => transactionId === null}
        ariaLabels={LABELS}
        {...pagesFooter(paginationProps)}
      />
      {!narrow && !printing && acting.panel}
      {acting.dialog}
    </div>
  );
}

interface RowActionsOptions {
  readonly collection: Collection;
  readonly mark: ReturnType<typeof useMark>;
  /** Whether the reader may change something here. */
  readonly may: boolean;
}

/** What can be done with the marked row and with the selected ones, with the panel and the dialogs for it. */
function useRowActions({ collection, mark, may }: RowActionsOptions) {
  const [panel, setPanel] = useState<'closed' | 'open' | 'logging'>('closed');
  const [asks, setAsks] = useState<{ sets: 'owner' | 'follow_up'; of: readonly WorkRow[] } | null>(null);
  const assignEach = useAssignEach();
  const { name: me } = usePerson();
  const { items, collectionProps, actions } = collection;
  const at = items.findIndex(({ id }) => id === mark.id);
  const [marked, after] = at === -1 ? [] : [items[at], items[at + 1]];
  const selected = (collectionProps.selectedItems ?? []).filter(
    ({ transactionId }) => transactionId !== null,
  );
  const targets = selected.length > 0 ? selected : marked?.transactionId ? [marked] : [];
  // As they are now: a row that has left the list is as it was.
  const dialog = asks && { ...asks, of: asks.of.map((row) => items.find(({ id }) => id === row.id) ?? row) };
  const clear = () => actions.setSelectedItems([]);
  const show = (row: WorkRow) => {
    mark.set(row.id);
    setPanel('open');
  };
  const log = (row: WorkRow | undefined) => {
    if (!row?.transactionId) return;
    mark.set(row.id);
    setPanel('logging');
  };
  const open = (sets: 'owner' | 'follow_up', of = targets) => of.length > 0 && setAsks({ sets, of });
  usePageKeys(
    may
      ? {
          log: () => log(targets[0]),
          follow: () => open('follow_up'),
          assign: () => open('owner'),
          mine: () => targets.length > 0 && assignEach(targets.map(ownedOf), { assignee: me }, 'Taken'),
          select: () => marked && toggleSelected(marked, collection),
        }
      : {},
  );
  return {
    selected,
    show,
    assign: (row: WorkRow, name: string) => {
      const assignee = name.trim() || null;
      assignEach([ownedOf(row)], { assignee }, assignee === null ? 'Released' : `Assigned to ${assignee}`);
    },
    bar: (
      <SelectionBar
        selected={selected.map(ownedOf)}
        onAssign={() => open('owner', selected)}
        onFollowUp={() => open('follow_up', selected)}
        onLog={selected.length === 1 ? () => log(selected[0]) : undefined}
        onClear={clear}
      />
    ),
    panel: panel !== 'closed' && marked && (
      <SidePanel header={marked.what} onClose={() => setPanel('closed')}>
        <Suspense fallback={null}>
          <RowPanel
            key={marked.id}
            row={marked}
            may={may}
            logging={panel === 'logging'}
            onLog={(logging) => setPanel(logging ? 'logging' : 'open')}
            onAssign={() => open('owner', [marked])}
            onFollowUp={() => open('follow_up', [marked])}
            onNext={after && (() => log(after))}
          />
        </Suspense>
      </SidePanel>
    ),
    dialog: dialog && (
      <About transaction={dialog.of.length === 1 ? (dialog.of[0]?.transaction ?? null) : null}>
        <Suspense fallback={null}>
          <AssignDialog
            of={dialog.of.map(ownedOf)}
            sets={dialog.sets}
            noFollowUp={dialog.sets === 'follow_up' ? whyNoFollowUp(dialog.of) : null}
            onClose={() => {
              setAsks(null);
              clear();
            }}
          />
        </Suspense>
      </About>
    ),
  };
}

type Collection = ReturnType<typeof useWorkCollection>;

/** Filters, sorts and pages the rows, and keeps in the address how. */
function useWorkCollection(
  rows: readonly WorkRow[],
  { first, teams, onMoved, empty }: Pick<WorkListProps, 'first' | 'onMoved' | 'empty'> & { teams: boolean },
) {
  const properties = PROPERTIES.filter(({ key }) => key !== 'team' || teams);
  const [params, setParams] = useSearchParams();
  const given = params.toString();
  // The address that this list has read or written.
  const known = useRef(given);
  const columns = columnsOf({ marked: null, show: () => undefined, assign: undefined, teams });
  const sorting = columns.find(({ id }) => id === first.sort.replace(/^-/, ''));
  const collection = useCollection(rows, {
    propertyFiltering: {
      filteringProperties: properties,
      filteringOptions: optionsOf(rows),
      defaultQuery: first.query,
      empty,
      noMatch: (
        <EmptyState header="No matches">
          <Button onClick={() => collection.actions.setPropertyFiltering({ tokens: [], operation: 'and' })}>
            Clear filters
          </Button>
        </EmptyState>
      ),
    },
    sorting: {
      ...(sorting && { defaultState: { sortingColumn: sorting, isDescending: first.sort.startsWith('-') } }),
    },
    pagination: { pageSize: PAGE_SIZE, defaultPage: first.page, allowPageOutOfRange: rows === MISSING },
    selection: { trackBy: 'id', keepSelection: true },
  });
  const { propertyFilterProps, paginationProps, collectionProps } = collection;
  const { sortingColumn, sortingDescending = false } = collectionProps;
  const sorted = columns.find((column) => isSame(column, sortingColumn))?.id;
  const sort = sorted === undefined ? '' : `${sortingDescending ? '-' : ''}${sorted}`;
  const view = { query: propertyFilterProps.query, sort, page: paginationProps.currentPageIndex };
  const address = writeView(new URLSearchParams(location.search), view).toString();
  useEffect(() => {
    if (rows === MISSING || address === given) return;
    if (given !== known.current) {
      onMoved();
      return;
    }
    known.current = address;
    // Without an entry in the history, so that Back does not step through filters.
    setParams(new URLSearchParams(address), { replace: true, state: history.state });
  }, [address, given, rows, onMoved, setParams]);
  useEffect(() => rememberRows(collection.allPageItems.flatMap(({ transactionId }) => transactionId ?? [])));
  return collection;
}

type SortedBy = Collection['collectionProps']['sortingColumn'];

function isSame(column: SortedBy, other: SortedBy): boolean {
  if (!column || !other) return false;
  return column.sortingField
    ? column.sortingField === other.sortingField
    : column.sortingComparator?.toString() === other.sortingComparator?.toString();
}

/** The values of the properties in the rows, to choose from. */
function optionsOf(rows: readonly WorkRow[]) {
  return PROPERTIES.filter(({ key }) => key !== 'ids').flatMap(({ key }) => {
    const values = rows.flatMap((row) =>
      key === 'markers' ? row.missing.map(({ name }) => name) : row[key],
    );
    return [...new Set(values)]
      .filter(Boolean)
      .sort()
      .map((value) => ({ propertyKey: key, value }));
  });
}

interface ControlsProps {
  readonly collection: Collection;
  readonly loading: boolean;
  readonly rows: readonly WorkRow[];
}

/** The filter, and the export of what it finds. */
function Controls({ collection, loading, rows }: ControlsProps) {
  const { propertyFilterProps, allPageItems, filteredItemsCount: count = 0 } = collection;
  const now = useNow();
  const narrow = useNarrowScreen();
  const options = useCsvOptions();
  const isFiltered = propertyFilterProps.query.tokens.length > 0;
  return (
    <div className="worklist-controls screen-only">
      <search>
        <FilterField
          {...propertyFilterProps}
          filteringPlaceholder="Filter by ID, test, lab, marker, owner"
          filteringAriaLabel="Filter the worklist"
          countText={isFiltered ? `${count} of ${rows.length}` : ''}
          disabled={loading && rows.length === 0}
        />
      </search>
      {!narrow && (
        <Button
          iconName="download"
          disabled={loading || count === 0}
          onClick={() => exportRows(allPageItems, now, options)}
        >
          Export CSV
        </Button>
      )}
    </div>
  );
}

function toggleSelected(row: WorkRow, { collectionProps, actions }: Collection): void {
  const selected = collectionProps.selectedItems ?? [];
  const others = selected.filter(({ id }) => id !== row.id);
  if (row.transactionId !== null)
    actions.setSelectedItems(others.length < selected.length ? others : [...selected, row]);
}

function ownedOf({ transactionId, assignment }: WorkRow): Owned {
  return { id: transactionId ?? '', assignment };
}

function whyNoFollowUp(of: readonly WorkRow[]): string | null {
  const reasons = of.map(({ transaction }) => transaction && followUpBlockedReason(transaction));
  return reasons.find((reason) => reason !== null) ?? null;
}

const LABELS = {
  selectionGroupLabel: 'Select rows',
  itemSelectionLabel: (_: unknown, { what, patient }: WorkRow) => `Select: ${what}, ${patient}`,
  allItemsSelectionLabel: () => 'Select all on this page',
  resizerRoleDescription: 'Resize column',
};
