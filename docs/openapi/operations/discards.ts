import { discarded } from '../../../core/api/reconcile/answer.ts';
import { examples } from '../examples/examples.ts';
import type { Operations } from './operation.ts';
import {
  NO_MATCH_REVIEW,
  NO_ORDER,
  NO_TRANSACTION,
  NOT_THAT_PERSON,
  OF_JUNCTION,
  type ProblemAnswer,
} from './problems.ts';

const WHEN =
  'Possible only if Junction answers 404 for it, and for every order of it, and if the configured API key is one for your orders. It leaves every list, count and follow-up, and comes back when Junction speaks of it again, in a webhook or in an answer of its API. The audit trail says who discarded it; `note` says why. Repeating the request changes nothing. Without `by`, the verified email address of the person in the token, or the ID of the program, is stored. Do not put patient data into `note`.';

const problems = (missing: ProblemAnswer) => ({
  403: NOT_THAT_PERSON,
  404: missing,
  409: {
    name: 'NotDiscardable',
    description:
      'Junction still knows it, or has just spoken of it, or the configured API key may belong to another team or environment. Nothing was discarded.',
    detail: 'Junction still knows it, so it cannot be discarded.',
  },
  ...OF_JUNCTION,
});

export const discardOperations = {
  'POST /v1/orders/{id}/discard': {
    id: 'discardOrder',
    tag: 'orders',
    summary: 'Discard an order that Junction does not know',
    description: `Takes an example, or an order that does not exist any more, out of its transaction. ${WHEN}`,
    answer: 'The order that was discarded.',
    content: discarded,
    example: examples.discardedOrder,
    bodyExample: examples.discard,
    problems: problems(NO_ORDER),
  },
  'POST /v1/transactions/{id}/discard': {
    id: 'discardTransaction',
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
    id: 'discardMatchReview',
    tag: 'match-reviews',
    summary: 'Discard a match review that Junction does not know',
    description: WHEN,
    answer: 'No orders.',
    content: discarded,
    example: examples.discardedReview,
    bodyExample: examples.discard,
    problems: problems(NO_MATCH_REVIEW),
  },
} satisfies Operations;
