import { stalledOrder, stalledOrderList } from '../../../core/api/stalled-orders/answer.ts';
import { examples } from '../examples/examples.ts';
import type { Operations } from './operation.ts';
import { NO_ORDER, NOT_THAT_PERSON } from './problems.ts';

export const stalledOrderOperations = {
  'GET /v1/orders': {
    id: 'listStalledOrders',
    tag: 'orders',
    summary: 'List stalled orders, most overdue first',
    description:
      'Lists orders that are not redraws and are overdue at their stage: the requisition was never made or never used, there is no sign of a draw after an appointment, or there is no result long after the worst-case date.',
    answer: 'A page of stalled orders.',
    content: stalledOrderList,
    example: examples.stalledOrderList,
  },
  'PUT /v1/orders/{id}/acknowledgement': {
    id: 'acknowledgeStalledOrder',
    tag: 'orders',
    summary: 'Acknowledge a stalled order',
    description:
      'Records that someone is handling the stalled order. The acknowledgement is cleared when the order makes progress. The same rules for `by`, `note` and `replaces` apply as for a redraw. Do not put patient data into `note`: it is stored and shown.',
    answer: 'The stalled order.',
    content: stalledOrder,
    example: examples.acknowledgedOrder,
    bodyExample: examples.acknowledgement,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_ORDER,
      409: {
        description:
          'The order is not stalled, it has just moved to another transaction, or the existing acknowledgement is not the one in `replaces`. Nothing was changed.',
        detail: 'The order is not stalled. To acknowledge a redraw, use the ID of its transaction.',
      },
    },
  },
  'DELETE /v1/orders/{id}/acknowledgement': {
    id: 'withdrawStalledOrderAcknowledgement',
    tag: 'orders',
    summary: 'Withdraw the acknowledgement of a stalled order',
    description:
      'The order stays stalled. To withdraw only a known acknowledgement, set `acknowledged_at` to its `at`. If there is no acknowledgement, nothing changes. The same rules for `by` apply as for a redraw.',
    answer: 'The stalled order.',
    content: stalledOrder,
    example: examples.withdrawnOrder,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_ORDER,
      409: {
        description:
          'The order is not stalled, it has just moved to another transaction, or the existing acknowledgement is not the one in `acknowledged_at`. Nothing was changed.',
        detail: 'The order is not stalled. To acknowledge a redraw, use the ID of its transaction.',
      },
    },
  },
} satisfies Operations;
