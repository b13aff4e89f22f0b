import { discarded } from '../../../core/api/reconcile/answer.ts';
import { examples } from '../examples/examples.ts';
import { FROM_JUNCTION, NO_TRANSACTION, type Operations } from './operation.ts';

const WHEN =
  'Possible only if Junction answers 404 for it, and for every order of it, and if the configured API key is one for your orders. It leaves every list, count and follow-up, and comes back when Junction speaks of it again, in a webhook or in an answer of its API. The audit trail says who discarded it; `note` says why. Repeating the request changes nothing. Without `by`, the verified email address of the person in the token, or the ID of the program, is stored. Do not put patient data into `note`.';

const problems = (missing: string) => ({
  403: 'The token does not have the required scope or does not identify the caller, or is that of a person and has no verified email address, or has another one than `by`.',
  404: missing,
  409: 'Junction still knows it, or has just spoken of it, or the configured API key may belong to another team or environment. Nothing was discarded.',
  502: FROM_JUNCTION[502],
  503: FROM_JUNCTION[503],
  504: FROM_JUNCTION[504],
});

export const discardOperations = {
  'POST /v1/orders/{id}/discard': {
    tag: 'orders',
    summary: 'Discard an order that Junction does not know',
    description: `Takes an example, or an order that does not exist any more, out of its transaction. ${WHEN}`,
    answer: 'The order that was discarded.',
    content: discarded,
    example: examples.discardedOrder,
    bodyExample: examples.discard,
    problems: problems('The order does not exist.'),
  },
  'POST /v1/transactions/{id}/discard': {
    tag: 'transactions',
    summary: 'Discard a transaction that Junction does not know',
    description: `Discards all orders of the transaction. ${WHEN}`,
    answer: 'The orders that were discarded.',
    content: discarded,
    example: examples.discardedOrder,
    bodyExample: examples.discard,
    problems: problems(NO_TRANSACTION),
  },
  'POST /v1/match-reviews/{id}/discard': {
    tag: 'match-reviews',
    summary: 'Discard a match review that Junction does not know',
    description: WHEN,
    answer: 'No orders.',
    content: discarded,
    example: examples.discardedReview,
    bodyExample: examples.discard,
    problems: problems('The match review does not exist.'),
  },
} satisfies Operations;
