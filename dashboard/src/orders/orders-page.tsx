import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSearchParams } from 'wouter';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import { ApiProblem } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { fetchTransactions, type TransactionFilter, transactionsQuery } from '../api/list-queries.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { PageLink } from '../components/page-link.tsx';
import { SetUpIfSilent } from '../components/set-up.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { useCsvOptions, useTeamNames } from '../session/configuration-context.tsx';
import { ExportButton } from '../table/export-button.tsx';
import { PAGE_SIZE } from '../table/list-table.tsx';
import { type ListCursor, useCursor } from '../table/use-cursor.ts';
import { usePagers } from '../table/use-pagers.tsx';
import { withFilter } from '../table/with-filter.ts';
import { Freshness } from '../time/freshness.tsx';
import {
  AGE,
  LAB_TEST,
  NAME,
  ORDERS,
  OUTCOME,
  teamColumn,
  userColumn,
} from '../transaction-list/columns.tsx';
import { csvRow } from '../transaction-list/csv-row.ts';
import { filterIn, isFiltered, ListFilter } from '../transaction-list/list-filter.tsx';
import { useListSorting } from '../transaction-list/list-sorting.ts';
import { TransactionTable } from '../transaction-list/transaction-table.tsx';

/** Every transaction with its orders, newest first. */
export default function OrdersPage() {
  usePageTitle('Orders');
  const [params] = useSearchParams();
  const sorting = useListSorting();
  const filter: TransactionFilter = {
    ...filterIn(params),
    sort: 'created_at',
    order: sorting.descending ? 'desc' : 'asc',
  };
  const place = useCursor();
  const api = useApi();
  const csvOptions = useCsvOptions();
  const teams = useTeamNames();
  const asked = usePageQuery(transactionsQuery(api, filter, place.cursor, PAGE_SIZE));
  const { data, error, isPlaceholderData, refetch } = asked;
  const transactions = data?.transactions ?? [];
  const next = data?.next_cursor ?? null;
  const controls = <ListFilter />;
  const pagers = usePagers(transactions.length, { place, next, loading: isPlaceholderData }, controls);
  if (error && !data) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Orders</Header>
        {controls}
        {isLost(error, place) ? (
          <ExpiredPage first={place.first} />
        ) : (
          <ErrorAlert error={error} what="the orders" retry={() => void refetch()} />
        )}
      </SpaceBetween>
    );
  }
  return (
    <TransactionTable
      label="orders"
      sorting={sorting}
      transactions={transactions}
      columns={[
        NAME,
        OUTCOME,
        ORDERS,
        LAB_TEST,
        userColumn((id) => `/orders?${withFilter(params, 'user', id)}`),
        AGE,
        ...(teams.size > 0 ? [teamColumn(teams)] : []),
      ]}
      loading={!data}
      header={
        <Header
          variant="awsui-h1-sticky"
          description="Orders grouped by transaction"
          actions={
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              <Freshness of={[asked]} />
              <ExportButton
                list={JSON.stringify(filter)}
                fetchItems={(signal) => async (limit, cursor) => {
                  const page = await fetchTransactions(api, filter, signal)(limit, cursor);
                  return { items: page.transactions, next_cursor: page.next_cursor };
                }}
                rowOf={(one) => csvRow(one, csvOptions)}
                name="orders"
                empty={transactions.length === 0 && next === null}
              />
            </SpaceBetween>
          }
        >
          Orders
        </Header>
      }
      {...pagers}
      empty={<Empty place={place} next={next} />}
    />
  );
}

/** An invalid cursor: an incomplete URL, or a cursor of another list. */
function isLost(error: Error, { cursor }: ListCursor): boolean {
  return cursor !== undefined && error instanceof ApiProblem && error.status === 400;
}

function ExpiredPage({ first }: { first: () => void }) {
  return (
    <Alert
      type="warning"
      header="This page of the list is no longer available"
      action={<Button onClick={first}>Go to newest</Button>}
    >
      The link may be incomplete or belong to a list with other filters.
    </Alert>
  );
}

function Empty({ place, next }: { place: ListCursor; next: string | null }) {
  const [params, setParams] = useSearchParams();
  const user = params.get('user');
  if (next !== null)
    return (
      <EmptyState header="No matching orders so far">
        <Button onClick={() => place.next(next)}>Search older</Button>
      </EmptyState>
    );
  if (place.cursor !== undefined)
    return (
      <EmptyState header="No older orders">
        <Button onClick={place.first}>Go to newest</Button>
      </EmptyState>
    );
  if (!isFiltered(params))
    return (
      <EmptyState header="No orders yet">
        Orders appear when Junction sends the first webhook, or when your system registers an order.{' '}
        <SetUpIfSilent />
      </EmptyState>
    );
  return (
    <EmptyState header="No matches">
      {user && <SearchInstead user={user} />}
      <Button onClick={() => setParams({})}>Show all</Button>
    </EmptyState>
  );
}

/** The columns show the client's own ID of the user first, but the filter takes Junction's. */
function SearchInstead({ user }: { user: string }) {
  return (
    <Box padding={{ bottom: 's' }}>
      The user filter takes Junction’s user ID in full. For a client user ID,{' '}
      <PageLink href={`/search?q=${encodeURIComponent(user)}`}>search for {user}</PageLink>.
    </Box>
  );
}
