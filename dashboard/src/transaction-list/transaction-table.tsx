import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { Transaction } from '../api/answers.ts';
import { ListTable } from '../table/list-table.tsx';
import { type Column, NAME } from './columns.tsx';
import type { ListSorting } from './list-sorting.ts';
import './transaction-list.css';

interface TransactionTableProps {
  /** The accessible name of the list. */
  readonly label: string;
  readonly transactions: readonly Transaction[];
  /** With the transaction, which leads. */
  readonly columns: readonly Column[];
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
  sorting,
  ...around
}: TransactionTableProps) {
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
          sortingColumn: { sortingField: 'created_at' },
          sortingDescending: sorting.descending,
          onSortingChange: ({ detail }: SortingEvent) => sorting.choose(detail.isDescending ?? false),
        })}
        columns={columns.map(({ sortingField, ...column }) => ({
          ...column,
          isRowHeader: column.id === NAME.id,
          ...(sorting && sortingField && { sortingField }),
        }))}
      />
    </div>
  );
}
