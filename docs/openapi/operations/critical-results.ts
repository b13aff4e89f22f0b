import { criticalResult, criticalResultList } from '../../../core/api/critical-results/answer.ts';
import { examples } from '../examples/examples.ts';
import type { Operations } from './operation.ts';
import { NOT_THAT_PERSON } from './problems.ts';

export const criticalResultOperations = {
  'GET /v1/critical-results': {
    id: 'listCriticalResults',
    tag: 'critical-results',
    summary: 'List orders with a critical result',
    description:
      'Lists orders for which Junction reported a critical result, by its webhook or by the `interpretation` of the order, with IDs and times but no value. Open results, which nobody has acknowledged, are listed longest open first, and the others most recently acknowledged first.',
    answer: 'A page of critical results.',
    content: criticalResultList,
    example: examples.criticalResultList,
  },
  'PUT /v1/orders/{id}/critical-result/acknowledgement': {
    id: 'acknowledgeCriticalResult',
    tag: 'critical-results',
    summary: 'Acknowledge the critical result of an order',
    description:
      'Records that a person has seen the critical result, and told somebody who can act on it: whom (`told`, one line of visible text), how (`channel`), and whether that person read it back. The acknowledgement covers everything that Junction has reported so far; a later report reopens the critical result. Send the `latest_at` that the person has seen, so that a later report is not acknowledged unseen. Repeating a request changes nothing. `by` is one line of visible text. The identity in the token is stored with it as `caller`. If the token is that of a person, `by` must be the verified email address in it; otherwise the response is 403. There is no note, because it could contain a value; do not write one into `told`.',
    answer: 'The critical result.',
    content: criticalResult,
    example: examples.acknowledgedCriticalResult,
    bodyExample: examples.criticalAcknowledgement,
    problems: {
      403: NOT_THAT_PERSON,
      404: {
        description: 'The order does not exist, or it has no critical result.',
        detail: 'There is no order with this ID that has a critical result.',
      },
      409: {
        description:
          'The critical result is acknowledged already, by someone else or as told to someone else; or Junction has reported a later result than `latest_at`. Nothing was changed.',
        detail:
          'Junction reported a later critical result at 2026-03-09T08:00:00.000000Z. Nothing was changed.',
      },
    },
  },
} satisfies Operations;
