import { useSearchParams } from 'wouter';
import { withFilter } from '../table/with-filter.ts';

/** The direction of a list of transactions, by creation. It is in the URL. */
export interface ListSorting {
  readonly descending: boolean;
  readonly choose: (descending: boolean) => void;
}

export function useListSorting(): ListSorting {
  const [params, setParams] = useSearchParams();
  return {
    descending: params.get('order') !== 'asc',
    choose: (descending) => setParams((now) => withFilter(now, 'order', descending ? '' : 'asc')),
  };
}
