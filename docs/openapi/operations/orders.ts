import { order } from '../../../core/api/orders/answer.ts';
import { examples } from '../examples/examples.ts';
import { INTERPRETATION, type Operations } from './operation.ts';

export const orderOperations = {
  'GET /v1/orders/{id}': {
    tag: 'orders',
    summary: 'Get an order',
    description: `Shows only what the payloads of the order itself contain. ${INTERPRETATION}`,
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
} satisfies Operations;
