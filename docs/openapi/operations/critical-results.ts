import { criticalResult, criticalResultList } from '../../../core/api/critical-results/answer.ts';
import { examples } from '../examples.ts';
import { LISTED, type Operations } from './operation.ts';

export const criticalResultOperations = {
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
} satisfies Operations;
