import type * as z from 'zod/mini';
import { criticalResult, criticalResultList } from '../../core/api/critical-results/answer.ts';
import { summaryHistory } from '../../core/api/history/answer.ts';
import { matchReview, matchReviewList } from '../../core/api/match-reviews/answer.ts';
import { order } from '../../core/api/orders/answer.ts';
import { quarantineList, replayAnswer } from '../../core/api/quarantine/answer.ts';
import { reconciliation } from '../../core/api/reconcile/answer.ts';
import { searchAnswer } from '../../core/api/search/answer.ts';
import { stalledOrder, stalledOrderList } from '../../core/api/stalled-orders/answer.ts';
import { summary } from '../../core/api/summary/answer.ts';
import { transaction, transactionList } from '../../core/api/transactions/answer.ts';
import { junctionTransaction } from '../../core/api/transactions/junction-shape.ts';
import type { RouteKey } from '../../core/http/scopes.ts';
import { examples } from './examples.ts';

/** The parts of a route's description that do not follow from its schemas. */
export interface Operation {
  readonly tag:
    | 'transactions'
    | 'orders'
    | 'redraws'
    | 'match-reviews'
    | 'critical-results'
    | 'results'
    | 'quarantine'
    | 'service';
  readonly summary: string;
  readonly description?: string;
  /** The description of the 200 answer. */
  readonly answer: string;
  readonly content: z.core.$ZodType | { readonly type: string; readonly schema: object };
  readonly example?: unknown;
  readonly bodyExample?: unknown;
  /** Errors other than 400, 401, 403, 413, 429, 500 and 503. */
  readonly problems?: Readonly<Record<number, string>>;
}

const NO_TRANSACTION = 'The transaction does not exist.';
const FROM_JUNCTION = {
  404: 'The transaction does not exist, Junction has not yet reported the transaction of this order, or Junction has no results for it.',
  502: 'Junction refuses the configured API key, or gives no usable answer.',
  503: 'No API key for Junction is configured, Junction limits the rate of requests, or the store is not available. See `Retry-After`.',
  504: 'Junction did not answer in time.',
};
const OF_ORDER = { ...FROM_JUNCTION, 404: 'The order does not exist, or Junction does not have it yet.' };
const PASSED_THROUGH =
  'The results are passed through from Junction unchanged. They are neither stored nor logged.';
const PDF = { type: 'application/pdf', schema: { type: 'string', format: 'binary' } };
const LAB_RESULTS = {
  type: 'object',
  required: ['metadata', 'results'],
  description: 'See `GET /v3/order_transaction/{id}/result` in Junction’s API reference.',
};
const LISTED =
  'A page can hold fewer entries than `limit` although more pages follow: continue until `next_cursor` is null. A cursor is valid only for the list and the filter that it came from. It does not expire, but becomes invalid if the cursor secret of the deployment is replaced.';
const FILTERED = `Filters are combined: \`status\`, one or more \`outcome\` values (separated by commas, or as a repeated parameter), \`redraw=any\` for transactions with a redraw, whether it is open or finished, \`redraw=available\` for those of them in which a redraw became available for an order, and \`results=reported\` for transactions with results, partial or final. One request examines at most about 500 transactions. ${LISTED}`;

export const operations: Readonly<Record<RouteKey, Operation>> = {
  'GET /v1/transactions': {
    tag: 'transactions',
    summary: 'List transactions, newest first',
    description: FILTERED,
    answer: 'A page of transactions.',
    content: transactionList,
    example: examples.transactionList,
  },
  'GET /v1/transactions/{id}': {
    tag: 'transactions',
    summary: 'Get a transaction',
    description:
      'With `explain=true`, the answer also explains the status: for each order the newest fact and its source, the facts that lost and why; the rule that decided; the status that Junction reported; the events whose webhook was missed; and what the open redraw or the open order is waiting for.',
    answer: 'The transaction.',
    content: transaction,
    example: examples.transaction,
    problems: { 404: NO_TRANSACTION },
  },
  'GET /v1/transactions/{id}/results': {
    tag: 'results',
    summary: 'Get the combined results of a transaction from Junction',
    description: PASSED_THROUGH,
    answer: 'The results, as Junction’s `LabResultsRaw`.',
    content: { type: 'application/json', schema: LAB_RESULTS },
    problems: FROM_JUNCTION,
  },
  'GET /v1/transactions/{id}/results.pdf': {
    tag: 'results',
    summary: 'Get the combined results of a transaction from Junction as a PDF',
    description: PASSED_THROUGH,
    answer: 'The report as a PDF.',
    content: PDF,
    problems: FROM_JUNCTION,
  },
  'POST /v1/transactions/{id}/reconcile': {
    tag: 'transactions',
    summary: 'Reconcile a transaction with Junction now',
    description:
      'Asks Junction about all orders of the transaction and applies the answers as if they were webhooks. This makes up for lost webhooks without waiting for the next sweep. Requests can be repeated safely. All callers together can make a few requests per second.',
    answer:
      'The current transaction. `healed` is true if Junction reported something that no webhook had. If the id is that of an order that turns out to belong to a transaction, the answer is that transaction.',
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
    summary: 'List the transactions of a Junction user, newest first',
    description: FILTERED,
    answer: 'A page of transactions. The list of an unknown user is empty.',
    content: transactionList,
    example: examples.transactionList,
  },
  'GET /v1/orders/{id}': {
    tag: 'orders',
    summary: 'Get an order',
    description: 'Shows only what the payloads of the order itself contain.',
    answer: 'The order.',
    content: order,
    example: examples.order,
    problems: { 404: 'The order does not exist.' },
  },
  'PUT /v1/orders/{id}': {
    tag: 'orders',
    summary: 'Register an order when placing it',
    description:
      'Links the order to its transaction before the first webhook arrives. If no webhook ever arrives, the order can still be found and is checked with Junction. Repeating a registration changes nothing; a different one replaces it.',
    answer: 'The order.',
    content: order,
    example: examples.registeredOrder,
    bodyExample: examples.registration,
    problems: {
      404: 'The order or the transaction belongs to another team.',
      409: 'The registration contradicts what is known about the order or the transaction. Nothing was changed.',
    },
  },
  'GET /v1/redraws': {
    tag: 'redraws',
    summary: 'List open redraws, most overdue first',
    description: LISTED,
    answer: 'A page of transactions with an open redraw.',
    content: transactionList,
    example: examples.transactionList,
  },
  'PUT /v1/redraws/{transaction_id}/acknowledgement': {
    tag: 'redraws',
    summary: 'Acknowledge an open redraw',
    description:
      'Records that someone is handling the redraw. The acknowledgement is cleared when the redraw makes progress. Repeating a request changes nothing. An acknowledgement replaces the existing one. To replace only a known one, set `replaces` to its `at`, or to null if there must be none. `by` is one line of visible text. The identity in the token is stored beside it, as `caller`. If the token has a name of the caller, `by` must be that name, or the answer is 403. Do not put patient data into `note`: it is stored, shown and sent to the event bus.',
    answer: 'The transaction.',
    content: transaction,
    example: examples.acknowledgedTransaction,
    bodyExample: examples.acknowledgement,
    problems: {
      403: 'The token does not have the required scope or does not identify the caller, or `by` is not a name of the person in the token.',
      404: NO_TRANSACTION,
      409: 'The transaction has no open redraw, its order has just moved to another transaction, or the existing acknowledgement is not the one in `replaces`. Nothing was changed.',
    },
  },
  'DELETE /v1/redraws/{transaction_id}/acknowledgement': {
    tag: 'redraws',
    summary: 'Withdraw the acknowledgement of an open redraw',
    description:
      'The redraw is unacknowledged again; a stale redraw stays stale. To withdraw only a known acknowledgement, set `acknowledged_at` to its `at`. If there is no acknowledgement, nothing changes. Anyone with the scope can withdraw the acknowledgement of anyone. The identity in the token is stored as `caller` of `withdrawal`, and `by` must be a name in the token, if it has one.',
    answer: 'The transaction.',
    content: transaction,
    example: examples.withdrawnTransaction,
    problems: {
      403: 'The token does not have the required scope or does not identify the caller, or `by` is not a name of the person in the token.',
      404: NO_TRANSACTION,
      409: 'The transaction has no open redraw, its order has just moved to another transaction, or the existing acknowledgement is not the one in `acknowledged_at`. Nothing was changed.',
    },
  },
  'GET /v1/orders': {
    tag: 'orders',
    summary: 'List stalled orders, most overdue first',
    description: `Orders that are not redraws and are overdue at their stage: a requisition that is never made or never used, no sign of a draw after an appointment, or no result long after its worst case. ${LISTED}`,
    answer: 'A page of stalled orders.',
    content: stalledOrderList,
    example: examples.stalledOrderList,
  },
  'PUT /v1/orders/{id}/acknowledgement': {
    tag: 'orders',
    summary: 'Acknowledge a stalled order',
    description:
      'Records that someone is handling the stalled order. The acknowledgement is cleared when the order makes progress. The rules for `by`, `note` and `replaces` are those of a redraw. Do not put patient data into `note`: it is stored, shown and sent to the event bus.',
    answer: 'The stalled order.',
    content: stalledOrder,
    example: examples.acknowledgedOrder,
    bodyExample: examples.acknowledgement,
    problems: {
      403: 'The token does not have the required scope or does not identify the caller, or `by` is not a name of the person in the token.',
      404: 'The order does not exist.',
      409: 'The order is not stalled, it has just moved to another transaction, or the existing acknowledgement is not the one in `replaces`. Nothing was changed.',
    },
  },
  'DELETE /v1/orders/{id}/acknowledgement': {
    tag: 'orders',
    summary: 'Withdraw the acknowledgement of a stalled order',
    description:
      'The order stays stalled. To withdraw only a known acknowledgement, set `acknowledged_at` to its `at`. If there is no acknowledgement, nothing changes. The rules for `by` are those of a redraw.',
    answer: 'The stalled order.',
    content: stalledOrder,
    example: examples.withdrawnOrder,
    problems: {
      403: 'The token does not have the required scope or does not identify the caller, or `by` is not a name of the person in the token.',
      404: 'The order does not exist.',
      409: 'The order is not stalled, it has just moved to another transaction, or the existing acknowledgement is not the one in `acknowledged_at`. Nothing was changed.',
    },
  },
  'GET /v1/search': {
    tag: 'transactions',
    summary: 'Search transactions by id',
    description:
      'Finds transactions by the complete id of the transaction, of one of its orders, of its user, or of its client user. Surrounding spaces, and the case of UUIDs and client user ids, do not matter. Returns the 25 newest matches; `more` is true if there are others. The result for an unknown id is empty.',
    answer: 'The transactions, and the kinds of id by which each was found.',
    content: searchAnswer,
    example: examples.search,
  },
  'GET /v1/summary': {
    tag: 'service',
    summary: 'Get the number of transactions, and the age of the newest processed webhook',
    description:
      'The counts are exact. They come from counters, so the request takes the same time for any number of transactions.',
    answer: 'The counts by status, by outcome and by redraw state. Each group adds up to `total`.',
    content: summary,
    example: examples.summary,
  },
  'GET /v1/summary/history': {
    tag: 'service',
    summary: 'Get the history of webhooks, open redraws and processing lag',
    description:
      'The data comes from CloudWatch metrics. It is one or two minutes old and is refreshed at most once a minute. Webhooks of all teams are counted. `times` holds the starts of periods of equal length, aligned in UTC; the last period is still running. Every other list holds one value per period, or null if nothing was measured. Redraws and lag are the maximum of the period; redraws are counted at the end of each sweep. The example covers 13 days.',
    answer:
      'At most 300 periods: of 5 minutes for 1 day, 15 minutes for up to 3 days, 1 hour for up to 12 days, and 6 hours for more.',
    content: summaryHistory,
    example: examples.history,
    problems: { 503: 'The metrics cannot be read. See `Retry-After`.' },
  },
  'GET /v3/order_transaction/{id}': {
    tag: 'transactions',
    summary: 'Get a transaction in Junction’s own format',
    description:
      'For Junction’s SDK with this API as its base URL. `status` is the status that this API determines, not the one that Junction reported. Fields that Junction always sends and that are not known here have the nearest known value.',
    answer: 'The transaction, as Junction’s `GetOrderTransactionResponse`.',
    content: junctionTransaction,
    example: examples.junctionTransaction,
    problems: { 404: NO_TRANSACTION },
  },
  'GET /v1/match-reviews': {
    tag: 'match-reviews',
    summary: 'List match reviews',
    description: `Results that Junction could not match to an order with certainty, and that a person has to decide on in Junction’s dashboard. Open reviews are listed longest open first, closed ones last closed first. A review is closed when Junction reports it as \`resolved\` or \`matched\`. ${LISTED}`,
    answer: 'A page of match reviews.',
    content: matchReviewList,
    example: examples.matchReviewList,
  },
  'GET /v1/match-reviews/{id}': {
    tag: 'match-reviews',
    summary: 'Get a match review',
    answer: 'The match review.',
    content: matchReview,
    example: examples.matchReview,
    problems: { 404: 'The match review does not exist.' },
  },
  'GET /v1/critical-results': {
    tag: 'critical-results',
    summary: 'List orders with a critical result',
    description: `Orders for which Junction reported a critical result: ids and times, and no value. Open ones, which nobody has acknowledged, are listed longest open first, the others last acknowledged first. ${LISTED}`,
    answer: 'A page of critical results.',
    content: criticalResultList,
    example: examples.criticalResultList,
  },
  'PUT /v1/orders/{id}/critical-result/acknowledgement': {
    tag: 'critical-results',
    summary: 'Acknowledge the critical result of an order',
    description:
      'Records that a person has seen the critical result. Covers everything that Junction has reported up to now; a later report opens the critical result again. Send the `latest_at` that the person has seen, so that a later report is not acknowledged unseen. Repeating a request changes nothing. `by` is one line of visible text. The identity in the token is stored beside it, as `caller`. If the token has a name of the caller, `by` must be that name, or the answer is 403. There is no note, because it could hold a value.',
    answer: 'The critical result.',
    content: criticalResult,
    example: examples.acknowledgedCriticalResult,
    bodyExample: examples.criticalAcknowledgement,
    problems: {
      403: 'The token does not have the required scope or does not identify the caller, or `by` is not a name of the person in the token.',
      404: 'The order does not exist, or it has no critical result.',
      409: 'Somebody else has acknowledged the critical result, or Junction reported a later one than `latest_at`. Nothing was changed.',
    },
  },
  'GET /v1/orders/{id}/results': {
    tag: 'results',
    summary: 'Get the results of an order from Junction',
    description:
      'Before a transaction is completed, this is what Junction has: after `redraw_available`, the results of the initial order. They are passed through from Junction unchanged, and neither stored nor logged.',
    answer: 'The results, as Junction’s `LabResultsRaw`.',
    content: { type: 'application/json', schema: LAB_RESULTS },
    problems: OF_ORDER,
  },
  'GET /v1/orders/{id}/results.pdf': {
    tag: 'results',
    summary: 'Get the results of an order from Junction as a PDF',
    description: PASSED_THROUGH,
    answer: 'The report as a PDF.',
    content: PDF,
    problems: OF_ORDER,
  },
  'GET /v1/orders/{id}/requisition.pdf': {
    tag: 'results',
    summary: 'Get the requisition of an order from Junction as a PDF',
    description:
      'For a redraw, the patient takes the new requisition to the lab. It is passed through from Junction unchanged, and neither stored nor logged.',
    answer: 'The requisition as a PDF.',
    content: PDF,
    problems: OF_ORDER,
  },
  'GET /v1/quarantine': {
    tag: 'quarantine',
    summary: 'List quarantined webhooks, newest first',
    description: `Webhooks with a valid signature that could not be read. The list does not include their bodies. ${LISTED}`,
    answer: 'A page of quarantined webhooks.',
    content: quarantineList,
    example: examples.quarantineList,
  },
  'POST /v1/quarantine/{id}/replay': {
    tag: 'quarantine',
    summary: 'Replay a quarantined webhook',
    description: 'Processes the webhook as if it had just been delivered. Requests can be repeated safely.',
    answer: 'The outcome of the replay.',
    content: replayAnswer,
    example: examples.replay,
    problems: { 404: 'No webhook with this id is in quarantine. It may have expired.' },
  },
  'GET /openapi.json': {
    tag: 'service',
    summary: 'Get this document',
    answer: 'An OpenAPI 3.1 document.',
    content: { type: 'application/json', schema: { type: 'object' } },
  },
};
