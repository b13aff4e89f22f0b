import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { Transaction } from '../api/answers.ts';
import { ListTable } from '../table/list-table.tsx';
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
  readonly footer?: ReactNode;
}

type SortingEvent = Parameters<NonNullable<TableProps['onSortingChange']>>[0];

/** A list of transactions. */
export function TransactionTable({
  label,
  transactions,
  columns,
  below,
  sorting,
  ...around
}: TransactionTableProps) {
  const outcome: Column = {
    ...OUTCOME,
    cell: (transaction) => (
      <>
        {OUTCOME.cell(transaction)}
        {below?.(transaction)}
      </>
    ),
  };
  return (
    <div data-opens-rows="">
      <ListTable
        {...around}
        label={label}
        variant="full-page"
        trackBy="id"
        loadingText={`Loading ${label}`}
        items={transactions}
        wrapLines
        cellVerticalAlign="top"
        {...(sorting && {
          sortingColumn: { sortingField: sorting.key },
          sortingDescending: sorting.descending,
          onSortingChange: ({ detail }: SortingEvent) =>
            sorting.choose(detail.sortingColumn.sortingField ?? '', detail.isDescending ?? false),
        })}
        columns={columns.map((column) => ({
          ...(column.id === outcome.id ? outcome : column),
          isRowHeader: column.id === NAME.id,
          ...(sorting && column.sort && sorting.keys.includes(column.sort) && { sortingField: column.sort }),
        }))}
      />
    </div>
  );
}
