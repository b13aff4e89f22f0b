import { useSearchParams } from 'wouter';
import type { ListOrder } from '../../../core/domain/list-order.ts';
import type { ListColumn } from './list-table.tsx';
import { withFilter } from './with-filter.ts';

interface SortedBy {
  /** The ID of the column by which the API sorts the list. */
  readonly column: string;
  /** The direction without a choice in the URL. */
  readonly descending?: boolean;
}

/** The direction of a list that the API sorts by one key, from the URL, and what makes the column's header change it. */
export function useOrder({ column, descending: usual = false }: SortedBy) {
  const [params, setParams] = useSearchParams();
  const chosen = params.get('order');
  const order: ListOrder | undefined = chosen === 'asc' || chosen === 'desc' ? chosen : undefined;
  const descending = order === undefined ? usual : order === 'desc';
  return {
    /** Undefined for the default order. */
    order,
    sorting: {
      sortingColumn: { sortingField: column },
      sortingDescending: descending,
      onSortingChange: () =>
        setParams((now) => withFilter(now, 'order', descending === usual ? opposite(usual) : '')),
    },
    sortable: <Item>(one: ListColumn<Item>): ListColumn<Item> =>
      one.id === column ? { ...one, sortingField: column } : one,
  };
}

function opposite(descending: boolean): ListOrder {
  return descending ? 'asc' : 'desc';
}
