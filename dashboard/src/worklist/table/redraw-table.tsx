import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { shortId } from '../../components/identifier.tsx';
import type { WithRedraw } from '../../redraw/open-redraw.ts';
import { useNarrowScreen } from '../../screen/use-narrow-screen.ts';
import { usePrinting } from '../../screen/use-printing.ts';
import { useShortScreen } from '../../screen/use-short-screen.ts';
import { Cards } from '../../table/cards.tsx';
import type { ViewInAddress } from '../view/use-view.ts';
import { SORT_KEYS } from '../view/view.ts';
import type { Column } from './worklist-row.tsx';

interface RedrawTableProps {
  readonly place: ViewInAddress;
  readonly columns: readonly Column[];
  /** The rows of this page. */
  readonly transactions: readonly WithRedraw[];
  readonly loading: boolean;
  readonly selected: readonly WithRedraw[];
  /** Undefined without the scope. */
  readonly select: ((transactions: readonly WithRedraw[]) => void) | undefined;
  readonly header: ReactNode;
  readonly filter: ReactNode;
  readonly pagination: ReactNode;
  readonly preferences: ReactNode;
  readonly empty: ReactNode;
}

const LABEL = 'Open redraws';

/** The open redraws as a table, or as cards on a phone. */
export function RedrawTable(props: RedrawTableProps) {
  return useNarrowScreen() ? <AsCards {...props} /> : <AsTable {...props} />;
}

function shared({
  transactions,
  loading,
  selected,
  select,
  header,
  filter,
  pagination,
  preferences,
  empty,
}: RedrawTableProps) {
  return {
    items: transactions,
    trackBy: 'id',
    loading,
    loadingText: 'Loading open redraws',
    ...(select && {
      selectionType: 'multi' as const,
      selectedItems: selected,
      onSelectionChange: ({ detail }: { detail: { selectedItems: WithRedraw[] } }) =>
        select(detail.selectedItems),
    }),
    header,
    filter,
    pagination,
    preferences,
    empty,
  };
}

const selectionLabels = {
  selectionGroupLabel: 'Select redraws',
  itemSelectionLabel: (_: unknown, { id }: WithRedraw) => `Select redraw ${shortId(id)}`,
};

function AsTable(props: RedrawTableProps) {
  const { view, choose } = props.place;
  const printing = usePrinting();
  const short = useShortScreen();
  return (
    <Table
      // A table whose header is no longer sticky still reserves space for it, covering what is above.
      key={String(short)}
      {...shared(printing ? { ...props, select: undefined } : props)}
      columnDefinitions={props.columns}
      wrapLines
      cellVerticalAlign="top"
      resizableColumns={!printing}
      stickyHeader={!printing && !short}
      stickyColumns={{ last: props.select && !printing ? 1 : 0 }}
      skeleton={{ totalRows: 8 }}
      sortingColumn={{ sortingField: view.sort }}
      sortingDescending={view.descending}
      onSortingChange={({ detail: { sortingColumn, isDescending } }) => {
        const sort = SORT_KEYS.find((key) => key === sortingColumn.sortingField);
        if (sort) choose({ sort, descending: isDescending ?? false });
      }}
      ariaLabels={{
        ...selectionLabels,
        tableLabel: LABEL,
        allItemsSelectionLabel: () => 'Select all on this page',
        resizerRoleDescription: 'Resize column',
        sortAscending: 'ascending',
        sortDescending: 'descending',
      }}
    />
  );
}

/** Cloudscape misaligns two half-width sections at the top of a card. */
function broadOneFirst(columns: readonly Column[]): Column[] {
  const broad = columns.find(({ half }) => !half);
  return broad ? [broad, ...columns.filter((column) => column !== broad)] : [...columns];
}

function AsCards(props: RedrawTableProps) {
  const [due, ...others] = props.columns;
  return (
    <Cards
      {...shared({ ...props, select: undefined })}
      cardDefinition={{
        header: (one) => due?.cell(one),
        sections: broadOneFirst(others).map(({ id, header, inFull, cell, half }) => ({
          id,
          header: inFull ?? header,
          content: cell,
          width: half ? 50 : 100,
        })),
      }}
      ariaLabels={{ ...selectionLabels, cardsLabel: LABEL }}
    />
  );
}
