import { useSearchParams } from 'wouter';
import type { TransactionSortKey } from '../../../core/domain/list-order.ts';
import type { TransactionFilter } from '../api/list-queries.ts';
import { withFilter } from '../table/with-filter.ts';

/** How the API sorts a list. The key and the order are in the URL. */
export interface ListSorting {
  /** The keys by which the list can be sorted. */
  readonly keys: readonly TransactionSortKey[];
  readonly key: TransactionSortKey;
  readonly descending: boolean;
  readonly choose: (key: string, descending: boolean) => void;
}

/** `keys`: the first is the default, with the latest first. */
export function useListSorting(keys: readonly [TransactionSortKey, ...TransactionSortKey[]]): ListSorting {
  const [params, setParams] = useSearchParams();
  const key = keys.find((one) => one === params.get('sort')) ?? keys[0];
  return {
    keys,
    key,
    descending: params.get('order') !== 'asc',
    choose: (chosen, descending) =>
      setParams((now) =>
        withFilter(
          withFilter(now, 'sort', chosen === keys[0] ? '' : chosen),
          'order',
          descending ? '' : 'asc',
        ),
      ),
  };
}

/** The part of a request that sorts. */
export function sortOf({ key, descending }: ListSorting): Pick<TransactionFilter, 'sort' | 'order'> {
  return { sort: key, order: descending ? 'desc' : 'asc' };
}
