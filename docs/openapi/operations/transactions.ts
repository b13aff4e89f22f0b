import { reconciliation } from '../../../core/api/reconcile/answer.ts';
import { searchAnswer } from '../../../core/api/search/answer.ts';
import { transaction, transactionList } from '../../../core/api/transactions/answer.ts';
import { junctionTransaction } from '../../../core/api/transactions/junction-shape.ts';
import { examples } from '../examples/examples.ts';
import { FILTERED, INTERPRETATION, type Operations } from './operation.ts';
import { NO_TRANSACTION, OF_JUNCTION } from './problems.ts';

export const transactionOperations = {
  'GET /v1/transactions': {
    id: 'listTransactions',
    tag: 'transactions',
    summary: 'List transactions, newest first',
    description: `${FILTERED} ${INTERPRETATION}`,
    answer: 'A page of transactions.',
    content: transactionList,
    example: examples.transactionList,
  },
  'GET /v1/transactions/{id}': {
    id: 'getTransaction',
    tag: 'transactions',
    summary: 'Get a transaction',
    description: `With \`explain=true\`, the response also explains the status: for each order, the newest fact and its source, and the facts that did not count and why; the rule that decided; the status that Junction reported; the events whose webhooks were missed; and what the open redraw or the open order is waiting for. ${INTERPRETATION}`,
    answer: 'The transaction.',
    content: transaction,
    example: examples.transaction,
    problems: { 404: NO_TRANSACTION },
  },
  'POST /v1/transactions/{id}/reconcile': {
    id: 'reconcileTransaction',
    tag: 'transactions',
    summary: 'Reconcile a transaction with Junction now',
    description:
      'Queries Junction about all orders of the transaction and applies the responses as if they were webhooks. This recovers lost webhooks without waiting for the next sweep. You can repeat a request safely. All callers together can make a few requests per second.',
    answer:
      'The current transaction. `healed` is true if Junction reported something that no webhook had reported. If the ID is that of an order that turns out to belong to another transaction, the response contains that transaction.',
    content: reconciliation,
    example: examples.reconciliation,
    problems: {
      404: NO_TRANSACTION,
      ...OF_JUNCTION,
    },
  },
  'GET /v1/users/{user_id}/transactions': {
    id: 'listUserTransactions',
    tag: 'transactions',
    summary: 'List the transactions of a Junction user, newest first',
    description: `${FILTERED} ${INTERPRETATION}`,
    answer: 'A page of transactions. The list of an unknown user is empty.',
    content: transactionList,
    example: examples.transactionList,
  },
  'GET /v1/search': {
    id: 'searchTransactions',
    tag: 'transactions',
    summary: 'Search transactions by ID',
    description:
      'Finds transactions by the ID of the transaction, one of its orders, its user or its client user. If no ID equals the text, finds IDs that begin with it. In this case, the text must have at least eight characters, and `match_kind` is `start` instead of `whole`. Surrounding spaces and the case of UUIDs and client user IDs are ignored. Returns at most 25 matches, the newest first; `more` is true if there are others. The result for an unknown ID is empty. `hint` says if the text is too short to be the beginning of an ID.',
    answer: 'The transactions, and the type of ID by which each was found.',
    content: searchAnswer,
    example: examples.search,
  },
  'GET /v3/order_transaction/{id}': {
    id: 'getJunctionTransaction',
    tag: 'transactions',
    summary: 'Get a transaction in Junction’s own format',
    description:
      'For use with Junction’s SDK, with this API as its base URL. `status` is the status that this API determines, not the one that Junction reported. If a field that Junction always sends is not known here, it has the closest known value.',
    answer: 'The transaction, as Junction’s `GetOrderTransactionResponse`.',
    content: junctionTransaction,
    example: examples.junctionTransaction,
    problems: { 404: NO_TRANSACTION },
  },
} satisfies Operations;
