import { order } from '../../../core/api/orders/answer.ts';
import { examples } from '../examples/examples.ts';
import { INTERPRETATION, type Operations } from './operation.ts';
import { NO_ORDER } from './problems.ts';

export const orderOperations = {
  'GET /v1/orders/{id}': {
    id: 'getOrder',
    tag: 'orders',
    summary: 'Get an order',
    description: `Shows only what the payloads of the order itself contain. ${INTERPRETATION}`,
    answer: 'The order.',
    content: order,
    example: examples.order,
    problems: { 404: NO_ORDER },
  },
  'PUT /v1/orders/{id}': {
    id: 'registerOrder',
    tag: 'orders',
    summary: 'Register an order when placing it',
    description:
      'Links the order to its transaction before the first webhook arrives. If no webhook ever arrives, the order can still be found and is checked with Junction. Repeating a registration changes nothing; a different one replaces it.',
    answer: 'The order.',
    content: order,
    example: examples.registeredOrder,
    bodyExample: examples.registration,
    problems: {
      404: {
        description: 'The order or the transaction belongs to another team.',
        detail: 'There is no order with this ID.',
      },
      409: {
        description:
          'The registration contradicts what is known about the order or the transaction. Nothing was changed.',
        detail: 'Junction reports that the order belongs to a different transaction.',
      },
    },
  },
} satisfies Operations;
