import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { Transaction } from '../api/answers.ts';
import { ApiProblem } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { fetchTransactions, type TransactionFilter, transactionsQuery } from '../api/list-queries.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { PageLink } from '../components/page-link.tsx';
import { SetUpIfSilent } from '../components/set-up.tsx';
import { useCsvOptions, useTeamNames } from '../session/configuration-context.tsx';
import { ExportButton } from '../table/export-button.tsx';
import { PAGE_SIZE } from '../table/list-table.tsx';
import { type ListCursor, useCursor } from '../table/use-cursor.ts';
import { usePagers } from '../table/use-pagers.tsx';
import { Freshness } from '../time/freshness.tsx';
import { type Column, NAME, OUTCOME, teamColumn } from './columns.tsx';
import { csvRow } from './csv-row.ts';
import type { ListSorting } from './list-sorting.ts';
import { TransactionTable } from './transaction-table.tsx';

interface TransactionListViewProps {
  readonly title: string;
  readonly description: ReactNode;
  /** What the list contains, as in "the orders". */
  readonly what: string;
  readonly columns: readonly Column[];
  /** Content below each outcome. */
  readonly below?: ((transaction: Transaction) => ReactNode) | undefined;
  readonly filter: TransactionFilter;
  readonly sorting: ListSorting;
  /** The filter controls. */
  readonly controls: ReactNode;
  /** No filter is set, so an empty list means that there is no data at all. */
  readonly unfiltered: boolean;
  readonly showAll: () => void;
  /** When the first entries will appear. */
  readonly nothingYet: string;
}

/** A paged list of transactions: the common part of Orders and Results. */
export function TransactionListView(listing: TransactionListViewProps) {
  const { title, description, what, columns, below, filter, controls } = listing;
  const place = useCursor();
  const api = useApi();
  const csvOptions = useCsvOptions();
  const teams = useTeamNames();
  const query = transactionsQuery(api, filter, place.cursor, PAGE_SIZE);
  const asked = usePageQuery(query);
  const { data, error, isPlaceholderData, refetch } = asked;
  const transactions = data?.transactions ?? [];
  const next = data?.next_cursor ?? null;
  const pagers = usePagers(transactions.length, { place, next, loading: isPlaceholderData }, controls);
  if (error && !data) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1" description={description}>
          {title}
        </Header>
        {controls}
        {isLost(error, place) ? (
          <ExpiredPage first={place.first} />
        ) : (
          <ErrorAlert error={error} what={`the ${what}`} retry={() => void refetch()} />
        )}
      </SpaceBetween>
    );
  }
  return (
    <TransactionTable
      label={what}
      sorting={listing.sorting}
      transactions={transactions}
      columns={[NAME, OUTCOME, ...columns, ...(teams.size > 0 ? [teamColumn(teams)] : [])]}
      below={below}
      loading={!data}
      header={
        <Header
          variant="awsui-h1-sticky"
          description={description}
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
                name={what}
                empty={transactions.length === 0 && next === null}
              />
            </SpaceBetween>
          }
        >
          {title}
        </Header>
      }
      {...pagers}
      empty={<Empty {...listing} place={place} next={next} />}
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

function Empty({
  what,
  filter,
  nothingYet,
  unfiltered,
  showAll,
  place,
  next,
}: TransactionListViewProps & { place: ListCursor; next: string | null }) {
  if (next !== null)
    return (
      <EmptyState header={`No matching ${what} so far`}>
        <Button onClick={() => place.next(next)}>Search older</Button>
      </EmptyState>
    );
  if (place.cursor !== undefined)
    return (
      <EmptyState header={`No older ${what}`}>
        <Button onClick={place.first}>Go to newest</Button>
      </EmptyState>
    );
  if (unfiltered)
    return (
      <EmptyState header={`No ${what} yet`}>
        {nothingYet} <SetUpIfSilent />
      </EmptyState>
    );
  return (
    <EmptyState header={'No matches'}>
      {filter.user !== undefined && <SearchInstead user={filter.user} />}
      <Button onClick={showAll}>Show all</Button>
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
