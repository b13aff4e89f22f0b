import { placedOrder } from '../../../core/api/ordering/answer.ts';
import { examples } from '../examples.ts';
import type { Operations } from './operation.ts';

const WITH_JUNCTION = {
  502: 'Junction refuses the configured API key, or gives no usable answer. `detail` says if it may have done it nevertheless.',
  503: 'No API key for Junction is configured, Junction limits the rate of requests, or the store is not available. See `Retry-After`.',
  504: 'Junction did not answer in time. `detail` says if it may have done it nevertheless.',
};

/** The routes of deployments with ordering. */
export const orderingOperations = {
  'POST /v1/orders': {
    tag: 'ordering',
    summary: 'Place an order',
    description:
      "Only if the deployment has ordering. Passes Junction's own request on, after refusing what can be known to be wrong, and stores the ids of the order and of its transaction in the same request. Repeat a request that got no answer with the same `Idempotency-Key`: the order is placed once. A key is kept for 30 days. The order in the answer is Junction's, with patient data; nothing of it but ids and states is stored.",
    status: 201,
    answer: "Junction's order, and our transaction of it.",
    content: placedOrder,
    example: examples.placedOrder,
    bodyExample: examples.orderRequest,
    problems: {
      400: 'The order, the header or a parameter is invalid, or Junction refuses the order. `errors` lists every fault.',
      409: 'A request with this key is in progress, or was begun more than 23 hours ago and its outcome is not known.',
      422: 'The key was used with another body.',
      ...WITH_JUNCTION,
    },
  },
} satisfies Operations;
