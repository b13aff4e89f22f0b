import { useSearchParams } from 'wouter';
import { usePageTitle } from '../screen/page-title.ts';
import { withFilter } from '../table/with-filter.ts';
import { AGE, LAB_TEST, ORDERS, userColumn } from '../transaction-list/columns.tsx';
import { filterIn, isFiltered, ListFilter } from '../transaction-list/list-filter.tsx';
import { sortOf, useListSorting } from '../transaction-list/list-sorting.ts';
import { TransactionListView } from '../transaction-list/transaction-list.tsx';

/** Every transaction with its orders, newest first. */
export default function OrdersPage() {
  usePageTitle('Orders');
  const [params, setParams] = useSearchParams();
  const sorting = useListSorting(['created_at']);
  return (
    <TransactionListView
      title="Orders"
      description="Orders grouped by transaction"
      what="orders"
      columns={[ORDERS, LAB_TEST, userColumn((id) => `/orders?${withFilter(params, 'user', id)}`), AGE]}
      filter={{ ...filterIn(params), ...sortOf(sorting) }}
      sorting={sorting}
      unfiltered={!isFiltered(params)}
      showAll={() => setParams({})}
      nothingYet="Orders appear when Junction sends the first webhook, or when your system registers an order."
      controls={<ListFilter of="orders" />}
    />
  );
}
