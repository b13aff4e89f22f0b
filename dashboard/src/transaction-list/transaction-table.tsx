import Box from '@cloudscape-design/components/box';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { Transaction } from '../api/answers.ts';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { useShortScreen } from '../screen/use-short-screen.ts';
import { Cards } from '../table/cards.tsx';
import { type Column, NAME, OUTCOME } from './columns.tsx';
import type { ListSorting } from './list-sorting.ts';
import './transaction-list.css';

interface TransactionTableProps {
  /** The accessible name of the list. */
  readonly label: string;
  readonly transactions: readonly Transaction[];
  /** With the transaction, which leads. The outcome has the content of `below`. */
  readonly columns: readonly Column[];
  /** Content below the outcome. */
  readonly below?: ((transaction: Transaction) => ReactNode) | undefined;
  readonly loading: boolean;
  /** How the API sorted the list; absent if it cannot sort it in another way. */
  readonly sorting?: ListSorting | undefined;
  readonly empty: ReactNode;
  readonly header: ReactNode;
  readonly filter?: ReactNode;
  readonly pagination?: ReactNode;
  readonly preferences?: ReactNode;
  readonly footer?: ReactNode;
}

type SortingEvent = Parameters<NonNullable<TableProps['onSortingChange']>>[0];

/** Transactions as a table, or as cards on a phone. */
export function TransactionTable({
  label,
  transactions,
  columns,
  below,
  footer,
  sorting,
  ...around
}: TransactionTableProps) {
  const narrow = useNarrowScreen();
  const printing = usePrinting();
  const short = useShortScreen();
  const status: Column = {
    ...OUTCOME,
    cell: (transaction) => (
      <>
        {OUTCOME.cell(transaction)}
        {below?.(transaction)}
      </>
    ),
  };
  const shared = {
    ...around,
    variant: 'full-page' as const,
    trackBy: 'id',
    loadingText: `Loading ${label}`,
    items: transactions,
  };
  if (narrow) {
    return (
      <div data-opens-rows="">
        <Cards
          {...shared}
          ariaLabels={{ cardsLabel: label, itemSelectionLabel: () => '', selectionGroupLabel: '' }}
          cardDefinition={{
            header: (transaction) => <CardHead transaction={transaction} status={status} />,
            sections: shortOnesLast(columns.filter(({ id }) => id !== NAME.id && id !== status.id)).map(
              ({ id, header, cell, half }) => ({
                id,
                header,
                content: cell,
                width: half ? 50 : 100,
              }),
            ),
          }}
        />
        {footer}
      </div>
    );
  }
  return (
    <div data-opens-rows="">
      <Table
        // A table whose header is no longer sticky still reserves space for it, covering what is above.
        key={String(short)}
        {...shared}
        footer={footer}
        stickyHeader={!printing && !short}
        stickyColumns={{ first: printing ? 0 : 1 }}
        wrapLines
        ariaLabels={{ tableLabel: label }}
        {...(sorting && {
          sortingColumn: { sortingField: sorting.key },
          sortingDescending: sorting.descending,
          onSortingChange: ({ detail }: SortingEvent) =>
            sorting.choose(detail.sortingColumn.sortingField ?? '', detail.isDescending ?? false),
        })}
        columnDefinitions={columns.map(({ id, header, cell, minWidth, sort }) => ({
          id,
          ...(sorting && sort && sorting.keys.includes(sort) && { sortingField: sort }),
          header,
          cell: id === status.id ? status.cell : cell,
          minWidth,
          verticalAlign: 'top' as const,
          isRowHeader: id === NAME.id,
        }))}
      />
    </div>
  );
}

function CardHead({ transaction, status }: { transaction: Transaction; status: Column }) {
  return (
    <div className="card-head">
      {NAME.cell(transaction)}
      <Box fontWeight="normal">{status.cell(transaction)}</Box>
    </div>
  );
}

/** Half-width columns last, so that they pair up. */
function shortOnesLast(columns: readonly Column[]): Column[] {
  return [...columns.filter(({ half }) => !half), ...columns.filter(({ half }) => half)];
}
