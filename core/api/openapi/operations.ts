import type * as z from 'zod/mini';
import type { RouteKey } from '../../http/scopes.ts';
import {
  junctionTransaction,
  order,
  quarantineList,
  reconciliation,
  replayAnswer,
  searchAnswer,
  summary,
  transaction,
  transactionList,
} from '../answers.ts';
import { summaryHistory } from '../history/answer.ts';
import { examples } from './examples.ts';

/** What the document says of a route beside what its schemas say. */
export interface Operation {
  readonly tag: 'transactions' | 'orders' | 'redraws' | 'results' | 'quarantine' | 'service';
  readonly summary: string;
  readonly description?: string;
  /** What 200 means, and what it holds. */
  readonly answer: string;
  readonly content: z.core.$ZodType | { readonly type: string; readonly schema: object };
  readonly example?: unknown;
  readonly bodyExample?: unknown;
  /** What else can be answered, beside 400, 401, 403, 413, 429, 500 and API Gateway's own 503. */
  readonly problems?: Readonly<Record<number, string>>;
}

const NO_TRANSACTION = 'There is no such transaction.';
const FROM_JUNCTION = {
  404: 'There is no such transaction, it stands under its order alone yet, or Junction has no results of it.',
  502: 'Junction refuses our key or answers something else than documented.',
  503: 'No key for Junction is configured, or it answers no more requests for now; see Retry-After.',
  504: 'Junction did not answer in time.',
};
const LISTED =
  'A page can hold less than its limit although another follows: go on until next_cursor is null. A cursor belongs to the list and the filter it came from, and holds for as long as the deployment keeps its cursor secret.';
const FILTERED = `A status, outcomes (one or more, by commas or repeated) and redraw=any, which is any transaction with a redraw, open or over, narrow it down together. One request looks at some five hundred transactions at most for what they let through. ${LISTED}`;

export const operations: Readonly<Record<RouteKey, Operation>> = {
  'GET /v1/transactions': {
    tag: 'transactions',
    summary: 'Transactions, newest first',
    description: FILTERED,
    answer: 'A page of transactions.',
    content: transactionList,
    example: examples.transactionList,
  },
  'GET /v1/transactions/{id}': {
    tag: 'transactions',
    summary: 'One transaction',
    description:
      'With explain=true also why it stands as it does: the newest fact of each order and where it comes from, what lost and why, the rule, Junction’s own word, and the events no webhook told of.',
    answer: 'The transaction.',
    content: transaction,
    example: examples.transaction,
    problems: { 404: NO_TRANSACTION },
  },
  'GET /v1/transactions/{id}/results': {
    tag: 'results',
    summary: 'The combined results of a transaction, from Junction',
    description: 'Passed through as Junction answers them; nothing of them is stored or logged here.',
    answer: 'Junction’s LabResultsRaw.',
    content: {
      type: 'application/json',
      schema: {
        type: 'object',
        required: ['metadata', 'results'],
        description: 'As Junction documents GET /v3/order_transaction/{id}/result.',
      },
    },
    problems: FROM_JUNCTION,
  },
  'GET /v1/transactions/{id}/results.pdf': {
    tag: 'results',
    summary: 'The combined results of a transaction as PDF, from Junction',
    description: 'Passed through as Junction answers them; nothing of them is stored or logged here.',
    answer: 'The report.',
    content: { type: 'application/pdf', schema: { type: 'string', format: 'binary' } },
    problems: FROM_JUNCTION,
  },
  'POST /v1/transactions/{id}/reconcile': {
    tag: 'transactions',
    summary: 'Have Junction asked about a transaction at once',
    description:
      'What Junction says of its orders is joined as its webhooks would have been, so that a lost one is made up for now and not by the next sweep. Again and again does no harm. A few a second for all callers together.',
    answer:
      'Whether Junction told of anything that no webhook had, and the transaction as it stands now. An order that stood alone may have found the transaction it belongs to: then it is that one.',
    content: reconciliation,
    example: examples.reconciliation,
    problems: {
      404: NO_TRANSACTION,
      502: FROM_JUNCTION[502],
      503: FROM_JUNCTION[503],
      504: FROM_JUNCTION[504],
    },
  },
  'GET /v1/users/{user_id}/transactions': {
    tag: 'transactions',
    summary: 'The transactions of one of Junction’s users, newest first',
    description: FILTERED,
    answer: 'A page of transactions; none for a user nobody has heard of.',
    content: transactionList,
    example: examples.transactionList,
  },
  'GET /v1/orders/{id}': {
    tag: 'orders',
    summary: 'One order, from its own payloads',
    answer: 'The order.',
    content: order,
    example: examples.order,
    problems: { 404: 'There is no such order.' },
  },
  'PUT /v1/orders/{id}': {
    tag: 'orders',
    summary: 'Register an order when placing it',
    description:
      'So that later webhooks link, and an order of which no webhook ever comes is found and asked about. The same said again changes nothing.',
    answer: 'The order as it is known now.',
    content: order,
    example: examples.registeredOrder,
    bodyExample: examples.registration,
    problems: {
      404: 'The order, or the transaction, is another team’s.',
      409: 'It contradicts what is known of the order; nothing was changed.',
    },
  },
  'GET /v1/redraws': {
    tag: 'redraws',
    summary: 'Open redraws, most overdue first',
    description: LISTED,
    answer: 'A page of transactions with an open redraw.',
    content: transactionList,
    example: examples.transactionList,
  },
  'PUT /v1/redraws/{transaction_id}/acknowledgement': {
    tag: 'redraws',
    summary: 'Say that somebody takes care of an open redraw',
    description:
      'Progress of the redraw clears it. The same said again changes nothing. With replaces, the at of the acknowledgement it is to stand instead of, or null for none, it does so only if that is what stands; without it, it stands instead of whichever does. By is one line that can be read. Write no patient data into the note: it is stored, shown and told on the event bus.',
    answer: 'The transaction.',
    content: transaction,
    example: examples.acknowledgedTransaction,
    bodyExample: examples.acknowledgement,
    problems: {
      404: NO_TRANSACTION,
      409: 'It has no open redraw, has just moved, or something else stands than what replaces says; nothing was changed.',
    },
  },
  'DELETE /v1/redraws/{transaction_id}/acknowledgement': {
    tag: 'redraws',
    summary: 'Take the acknowledgement of an open redraw back',
    description:
      'The redraw stands as if it had not been acknowledged; a flag stays. With acknowledged_at only the acknowledgement of that time is taken back, and no other that came since. Where none stands, nothing changes.',
    answer: 'The transaction.',
    content: transaction,
    example: examples.withdrawnTransaction,
    problems: {
      404: NO_TRANSACTION,
      409: 'It has no open redraw, has just moved, or another acknowledgement stands than that of acknowledged_at; nothing was changed.',
    },
  },
  'GET /v1/search': {
    tag: 'transactions',
    summary: 'Transactions by an id of theirs, of an order, of a user or of a client user',
    description:
      'The whole id, space around it left out; UUIDs and client user ids in any case. At most 25, the newest first, and whether there are more. None for an id nobody has heard of.',
    answer: 'The transactions, and by which of their ids each was found.',
    content: searchAnswer,
    example: examples.search,
  },
  'GET /v1/summary': {
    tag: 'service',
    summary: 'How many transactions there are, and how far behind the newest webhook is',
    description: 'Exact, and as cheap to read for a hundred million transactions as for none.',
    answer: 'Counts by status, outcome and redraw state; each adds up to the total.',
    content: summary,
    example: examples.summary,
  },
  'GET /v1/summary/history': {
    tag: 'service',
    summary: 'How webhooks, redraws and the lag behind them went over the last days',
    description:
      'From the metrics of CloudWatch: no more exact than those are, a minute or two behind, and read at most once a minute. Webhooks are those of every team. Each list holds one value for each of times, the beginnings of periods of equal length, aligned in UTC: null where nothing was counted or measured. The last period is not over yet. Of redraws and lag it is the greatest of the period; redraws are counted by each sweep. The example is of 13 days.',
    answer: 'At most 300 periods: of 5 minutes for a day, 15 for three, an hour for twelve, six beyond.',
    content: summaryHistory,
    example: examples.history,
    problems: { 503: 'The metrics can not be read now; see Retry-After.' },
  },
  'GET /v3/order_transaction/{id}': {
    tag: 'transactions',
    summary: 'One transaction in Junction’s own shape',
    description:
      'For Junction’s official SDK with this API as its base URL. Our status, not Junction’s report of it. What Junction always says and is not known here, what is nearest stands in for.',
    answer: 'The transaction as Junction’s GetOrderTransactionResponse.',
    content: junctionTransaction,
    example: examples.junctionTransaction,
    problems: { 404: NO_TRANSACTION },
  },
  'GET /v1/quarantine': {
    tag: 'quarantine',
    summary: 'Signed webhooks that were not understood, newest first',
    description: `No bodies. ${LISTED}`,
    answer: 'A page of what is in quarantine.',
    content: quarantineList,
    example: examples.quarantineList,
  },
  'POST /v1/quarantine/{id}/replay': {
    tag: 'quarantine',
    summary: 'Take a quarantined webhook in again',
    description: 'By the code that takes webhooks. Again and again does no harm.',
    answer: 'What came of it.',
    content: replayAnswer,
    example: examples.replay,
    problems: { 404: 'There is nothing in quarantine with this id; it may have expired.' },
  },
  'GET /openapi.json': {
    tag: 'service',
    summary: 'This document',
    answer: 'An OpenAPI 3.1 document.',
    content: { type: 'application/json', schema: { type: 'object' } },
  },
};
