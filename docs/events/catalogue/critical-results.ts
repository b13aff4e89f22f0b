import type { DocumentedEvents } from './documented-event.ts';
import { INITIAL, LAB_OPS, LAB_TEST, TRANSACTION } from './example-scene.ts';

const criticalResult = {
  correlation_id: 'msg_2f5f0f8b7c119a534b59',
  order_id: INITIAL,
  transaction_id: TRANSACTION,
  team_id: '6353bcab-3526-4838-8c92-063fa760fb6b',
  user_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  client_user_id: 'clinic-7/1234',
  lab_test: LAB_TEST,
};

export const criticalResultEvents: DocumentedEvents<
  'Critical Result Reported' | 'Critical Result Acknowledged'
> = {
  'Critical Result Reported': {
    when: 'Junction reported a critical result of an order with the webhook `labtest.result.critical`, or with the `interpretation` of the order. Published immediately for each report, unless an acknowledgement already covers it or the order repeats what is open. The event contains no value. Authorized people can read the value on the Results page.',
    example: {
      ...criticalResult,
      id: `critical-result:${INITIAL}:2026-03-04T08:30:00.000000Z:final`,
      time: '2026-03-04T08:30:00.000000Z',
      report: { status: 'final', updated_at: '2026-03-04T08:30:00.000000Z' },
    },
  },
  'Critical Result Acknowledged': {
    when: 'Someone acknowledged the critical result of an order, including all reports so far, and told somebody who can act on it. Whom is in the API only. A later report reopens it.',
    example: {
      ...criticalResult,
      id: `critical-result:${INITIAL}:acknowledged:2026-03-04T08:41:00.000000Z`,
      time: '2026-03-04T08:41:00.000000Z',
      opened_at: '2026-03-04T08:30:02.000000Z',
      acknowledgement: {
        by: LAB_OPS.name,
        at: '2026-03-04T08:41:00.000000Z',
        caller: LAB_OPS,
        channel: 'phone',
        read_back: true,
      },
    },
  },
};
