import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Transaction } from '../api/answers.ts';
import { ApiProblem } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { type TransactionFilter, transactionsQuestion } from '../api/queries.ts';
import { useAnswer } from '../api/use-query-with-last-error.ts';
import { Fault } from '../messages/error-alert.tsx';
import { Outdated } from '../messages/outdated-alert.tsx';
import { Pager } from '../table/cursor-pager.tsx';
import { type Place, usePlace } from '../table/use-cursor.ts';
import type { Column } from './columns.tsx';
import { ExportButton } from './export-button.tsx';
import { Rows } from './transaction-table.tsx';

interface ListingProps {
  readonly title: string;
  readonly description: ReactNode;
  /** What the list holds, as in "the orders". */
  readonly what: string;
  readonly columns: readonly Column[];
  /** What stands below the status of each. */
  readonly below?: ((transaction: Transaction) => ReactNode) | undefined;
  readonly filter: TransactionFilter;
  /** Where the filter is chosen. */
  readonly controls: ReactNode;
  /** Nothing is narrowed down, so an empty list means that there is nothing at all. */
  readonly unfiltered: boolean;
  readonly showAll: () => void;
  /** Why there may be nothing at all. */
  readonly nothingYet: string;
}

/** A list of transactions, newest first, page by page: what Orders and Results have in common. */
export function Listing(listing: ListingProps) {
  const { title, description, what, columns, below, filter, controls } = listing;
  const place = usePlace();
  const question = transactionsQuestion(useApi(), filter, place.cursor);
  const { data, error, isPlaceholderData, dataUpdatedAt, refetch } = useAnswer({
    ...question,
    // On the way to another page of the same list the one before stays.
    placeholderData: (before, asked) => (asked?.queryKey[1] === question.queryKey[1] ? before : undefined),
  });
  if (error && !data) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1" description={description}>
          {title}
        </Header>
        {controls}
        {isLost(error, place) ? (
          <LostPlace first={place.first} />
        ) : (
          <Fault error={error} what={`the list of ${what}`} retry={() => void refetch()} />
        )}
      </SpaceBetween>
    );
  }
  const transactions = data?.transactions ?? [];
  const next = data?.next_cursor ?? null;
  const pages = { place, next, loading: isPlaceholderData };
  return (
    <SpaceBetween size="s">
      {error && <Outdated since={dataUpdatedAt} />}
      <Rows
        label={what}
        transactions={transactions}
        columns={columns}
        below={below}
        loading={!data}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={description}
            actions={
              <ExportButton filter={filter} name={what} empty={transactions.length === 0 && next === null} />
            }
          >
            {title}
          </Header>
        }
        filter={controls}
        pagination={<Pager {...pages} />}
        footer={
          transactions.length > 10 && (
            <Box float="right">
              <Pager {...pages} at="bottom" />
            </Box>
          )
        }
        empty={<Empty {...listing} place={place} next={next} />}
      />
    </SpaceBetween>
  );
}

/** A cursor that the API did not give out, or no longer takes: the address was cut off, or its list changed. */
function isLost(error: Error, { cursor }: Place): boolean {
  return cursor !== undefined && error instanceof ApiProblem && error.status === 400;
}

function LostPlace({ first }: { first: () => void }) {
  return (
    <Alert
      type="warning"
      header="This place in the list is no longer there"
      action={<Button onClick={first}>Go to the newest</Button>}
    >
      The address may be cut off, or belong to a list with another filter.
    </Alert>
  );
}

function Empty({
  what,
  nothingYet,
  unfiltered,
  showAll,
  place,
  next,
}: ListingProps & { place: Place; next: string | null }) {
  if (next !== null)
    return (
      <Said header={`None of the ${what} looked at so far fits`}>
        <Button onClick={() => place.next(next)}>Look further back</Button>
      </Said>
    );
  if (place.cursor !== undefined)
    return (
      <Said header={`There are no older ${what}`}>
        <Button onClick={place.first}>Go to the newest</Button>
      </Said>
    );
  if (unfiltered) return <Said header={`There are no ${what} yet`}>{nothingYet}</Said>;
  return (
    <Said header={`No ${what} fit the filter`}>
      <Button onClick={showAll}>Show all</Button>
    </Said>
  );
}

function Said({ header, children }: { header: string; children: ReactNode }) {
  return (
    <Box textAlign="center" padding={{ vertical: 'l' }}>
      <SpaceBetween size="xs">
        <Box variant="strong">{header}</Box>
        <Box color="text-body-secondary">{children}</Box>
      </SpaceBetween>
    </Box>
  );
}
