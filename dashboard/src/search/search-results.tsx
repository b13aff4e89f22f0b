import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { SearchAnswer } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { searchQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { PageLink } from '../components/page-link.tsx';
import { PageLoading } from '../components/page-loading.tsx';
import { Freshness } from '../time/freshness.tsx';
import {
  AGE,
  type Column,
  LAB_TEST,
  NAME,
  ORDERS,
  OUTCOME,
  userColumn,
} from '../transaction-list/columns.tsx';
import { TransactionTable } from '../transaction-list/transaction-table.tsx';
import { commonUser, foundBy, matchesOf, onlyResult } from './matches.ts';
import { SearchHint } from './search-hint.tsx';

/** Search results; redirects to the transaction if there is only one. */
export function SearchResults({ searchedId }: { searchedId: string }) {
  const asked = useQueryWithLastError(searchQuery(useApi(), searchedId));
  const { data, error, refetch } = asked;
  const leading = useRedirectToOnlyResult(data);
  if (!data && error)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Search</Header>
        <ErrorAlert error={error} what="the search results" retry={() => void refetch()} />
      </SpaceBetween>
    );
  if (!data || leading) return <PageLoading />;
  if (data.transactions.length === 0)
    return (
      <SearchHint header="No match" hint={data.hint}>
        <Box variant="p">
          <span className="identifier">{searchedId}</span>
        </Box>
      </SearchHint>
    );
  return (
    <SpaceBetween size="s">
      {data.more && <More answer={data} />}
      <TransactionTable
        label="search results"
        transactions={data.transactions}
        columns={columnsOf(data)}
        loading={false}
        empty={null}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={`(${data.transactions.length}${data.more ? '+' : ''})`}
            description={<>{matchesOf(data, searchedId)}, newest first</>}
            actions={<Freshness of={[asked]} />}
          >
            Search
          </Header>
        }
      />
    </SpaceBetween>
  );
}

/**
 * Replaces the search in the history, so that Back leads to where the user was. Redirects on the first answer only: a
 * later one must not take the user away from the list.
 */
function useRedirectToOnlyResult(answer: SearchAnswer | undefined): boolean {
  const [, navigate] = useLocation();
  const [stays, setStays] = useState(false);
  const only = answer && onlyResult(answer);
  const answered = answer !== undefined;
  useEffect(() => {
    if (!answered || stays) return;
    if (only) navigate(`/transactions/${only.id}`, { replace: true });
    else setStays(true);
  }, [answered, stays, only, navigate]);
  return Boolean(only) && !stays;
}

function More({ answer }: { answer: SearchAnswer }) {
  const user = commonUser(answer);
  const count = answer.transactions.length;
  const byStart = answer.match_kind === 'start';
  return (
    <Alert type="info" header={byStart ? `Showing ${count} matches` : `Showing the newest ${count}`}>
      There are more matches. {byStart && 'Enter more characters of the ID. '}
      {user !== null && (
        <PageLink href={`/orders?${new URLSearchParams({ user })}`}>See all orders for this user</PageLink>
      )}
    </Alert>
  );
}

function columnsOf(answer: SearchAnswer): Column[] {
  const by: Column = {
    id: 'by',
    header: 'Matched',
    minWidth: 120,
    cell: (transaction) => foundBy(answer, transaction),
    half: true,
  };
  return [
    NAME,
    OUTCOME,
    by,
    ORDERS,
    LAB_TEST,
    userColumn((user) => `/orders?${new URLSearchParams({ user })}`),
    AGE,
  ];
}
