/** The stages of a redraw, the webhooks that lead to each, and the due times. */

import type { RedrawStage } from '../../../../../core/domain/clocks/redraw-clocks.ts';
import { later } from '../../../../../core/domain/instant.ts';
import {
  criticalResult,
  listed,
  march,
  transaction,
} from '../../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../../tools/verification/oracle/reading/spelling.ts';
import {
  AVAILABLE_AT,
  booking,
  INITIAL,
  initialAvailable,
  ORDERED,
  ORDERED_AT,
  REQUISITION,
  redrawAt,
} from './redraw-bodies.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface StageCase {
  readonly what: string;
  readonly webhooks: readonly Json[];
  readonly stage: RedrawStage;
  readonly dueAt: string;
}

export const REQUESTED_AT = REQUISITION[1];
export const START = march(9, '16:00:00');
export const booked = [redrawAt([ORDERED, REQUISITION]), booking(1, START, march(6))];
export const drawnWith = (fields: Json) =>
  redrawAt([ORDERED, REQUISITION], { updated_at: march(8), ...fields });
const heardOf = (low: string | null, at: string | null) => {
  const entries = [
    listed(1, 'redraw_available', AVAILABLE_AT, { created_at: march(1) }),
    listed(2, low, at, { origin: 'redraw', parent_id: INITIAL, created_at: ORDERED_AT }),
  ];
  return initialAvailable({ order_transaction: transaction(1, 'active', entries) });
};
const cancelledVisit = { status: 'cancelled', event_status: 'cancelled' };
const reservedVisit = { status: 'reserved', event_status: 'reserved' };
const pendingVisit = { status: 'pending', event_status: 'pending' };
const completedVisit = { status: 'completed', event_status: 'completed' };

export const STAGES: readonly StageCase[] = [
  {
    what: 'no redraw order: an hour after redraw_available',
    webhooks: [],
    stage: 'awaiting_order',
    dueAt: later(AVAILABLE_AT, HOUR),
  },
  {
    what: 'ordered: a day without a requisition',
    webhooks: [redrawAt([ORDERED])],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'ordered, reported by the initial order only',
    webhooks: [heardOf('ordered', ORDERED_AT)],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'reported without a status',
    webhooks: [heardOf(null, null)],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'to be activated later: a day after the end of that day in California',
    webhooks: [redrawAt([ORDERED], { activate_by: '2026-03-20' })],
    stage: 'awaiting_requisition',
    dueAt: later(march(21, '07:00:00'), DAY),
  },
  {
    what: 'to be activated at a time of day',
    webhooks: [redrawAt([ORDERED], { activate_by: '2026-03-20T05:30:00.000001-05:00' })],
    stage: 'awaiting_requisition',
    dueAt: '2026-03-21T10:30:00.000001Z',
  },
  {
    what: 'to be activated on a day in the past',
    webhooks: [redrawAt([ORDERED], { activate_by: '2026-03-02' })],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'with a requisition: seven days',
    webhooks: [redrawAt([ORDERED, REQUISITION])],
    stage: 'awaiting_appointment',
    dueAt: later(REQUESTED_AT, 7 * DAY),
  },
  {
    what: 'with a bypassed requisition, like an imported order',
    webhooks: [redrawAt([['requisition_bypassed', march(6)]])],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: 'with a requisition, reported by another order only',
    webhooks: [heardOf('requisition_created', march(6))],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: 'with a requisition, reported without a time: no older than the order',
    webhooks: [heardOf('requisition_created', null)],
    stage: 'awaiting_appointment',
    dueAt: later(ORDERED_AT, 7 * DAY),
  },
  {
    what: "a newer report by another order counts as well as the order's own record",
    webhooks: [redrawAt([ORDERED]), heardOf('requisition_created', march(6))],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: 'with a requisition, to be activated later',
    webhooks: [redrawAt([ORDERED, REQUISITION], { activate_by: '2026-03-20' })],
    stage: 'awaiting_appointment',
    dueAt: later(march(21, '07:00:00'), 7 * DAY),
  },
  {
    what: 'a booking without a start: seven days from it',
    webhooks: [redrawAt([ORDERED, REQUISITION]), booking(1, null, march(6))],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: "a booking known only from the order's status: seven days from it",
    webhooks: [redrawAt([ORDERED, REQUISITION, ['appointment_scheduled', march(7)]])],
    stage: 'awaiting_appointment',
    dueAt: later(march(7), 7 * DAY),
  },
  {
    what: 'booked: a day after the start',
    webhooks: booked,
    stage: 'awaiting_draw',
    dueAt: later(START, DAY),
  },
  {
    what: 'booked without a requisition',
    webhooks: [redrawAt([ORDERED]), booking(1, START, march(6))],
    stage: 'awaiting_draw',
    dueAt: later(START, DAY),
  },
  {
    what: 'reserved without a requisition: no booking',
    webhooks: [redrawAt([ORDERED]), booking(1, START, march(6), reservedVisit)],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'a reservation that Junction cancelled for lack of a requisition',
    webhooks: [
      redrawAt([ORDERED, ['appointment_pending', march(5, '11:00:00')], ['appointment_cancelled', march(6)]]),
      booking(1, START, march(6), cancelledVisit),
    ],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'requested and not confirmed: seven days from the request',
    webhooks: [redrawAt([ORDERED, REQUISITION]), booking(1, START, march(6), pendingVisit)],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: 'requested again: the confirmed appointment counts',
    webhooks: [...booked, booking(2, march(14), march(8), pendingVisit)],
    stage: 'awaiting_draw',
    dueAt: later(START, DAY),
  },
  {
    what: 'booked before its activation day: not overdue before that day',
    webhooks: [redrawAt([ORDERED, REQUISITION], { activate_by: '2026-03-20' }), booking(1, START, march(6))],
    stage: 'awaiting_draw',
    dueAt: later(march(21, '07:00:00'), DAY),
  },
  {
    what: 'moved to a later start',
    webhooks: [...booked, booking(1, march(12), march(8))],
    stage: 'awaiting_draw',
    dueAt: later(march(12), DAY),
  },
  {
    what: 'moved to an earlier start',
    webhooks: [...booked, booking(1, march(8), march(7))],
    stage: 'awaiting_draw',
    dueAt: later(march(8), DAY),
  },
  {
    what: 'cancelled: the previous stage again, seven days from the cancellation',
    webhooks: [...booked, booking(1, START, march(8), cancelledVisit)],
    stage: 'awaiting_appointment',
    dueAt: later(march(8), 7 * DAY),
  },
  {
    what: "cancelled, known only from the order's status",
    webhooks: [...booked, redrawAt([ORDERED, REQUISITION, ['appointment_cancelled', march(8)]])],
    stage: 'awaiting_appointment',
    dueAt: later(march(8), 7 * DAY),
  },
  {
    what: 'a second appointment with an earlier start is the active one',
    webhooks: [...booked, booking(2, march(8), march(7))],
    stage: 'awaiting_draw',
    dueAt: later(march(8), DAY),
  },
  {
    what: 'a second appointment without a start replaces the first',
    webhooks: [...booked, booking(2, null, march(11))],
    stage: 'awaiting_appointment',
    dueAt: later(march(11), 7 * DAY),
  },
  {
    what: 'the first appointment cancelled after the second was booked: the second stays active',
    webhooks: [...booked, booking(2, march(14), march(7)), booking(1, START, march(8), cancelledVisit)],
    stage: 'awaiting_draw',
    dueAt: later(march(14), DAY),
  },
  {
    what: 'a completed appointment is a sign of the draw, at its start',
    webhooks: [...booked, booking(1, START, march(10), completedVisit)],
    stage: 'awaiting_result',
    dueAt: later(START, 14 * DAY),
  },
  {
    what: 'a worst-case date is a sign of the draw; the result is due a day after the end of that day in California',
    webhooks: [drawnWith({ expected_result_by_date: '2026-03-10', worst_case_result_by_date: '2026-03-14' })],
    stage: 'awaiting_result',
    dueAt: later(march(15, '07:00:00'), DAY),
  },
  {
    what: 'a worst-case date that comes with a time',
    webhooks: [drawnWith({ worst_case_result_by_date: '2026-03-14T12:00:00Z' })],
    stage: 'awaiting_result',
    dueAt: later(march(14, '12:00:00'), DAY),
  },
  {
    what: 'a worst-case date written as midnight in UTC',
    webhooks: [drawnWith({ worst_case_result_by_date: '2026-03-14T00:00:00+0000' })],
    stage: 'awaiting_result',
    dueAt: later(march(15, '07:00:00'), DAY),
  },
  {
    what: 'an expected date after the worst case: not before the end of that day',
    webhooks: [drawnWith({ expected_result_by_date: '2026-03-20', worst_case_result_by_date: '2026-03-14' })],
    stage: 'awaiting_result',
    dueAt: march(21, '07:00:00'),
  },
  {
    what: 'an expected date after the fourteen days: not before the end of that day',
    webhooks: [drawnWith({ expected_result_by_date: '2026-03-25' })],
    stage: 'awaiting_result',
    dueAt: march(26, '07:00:00'),
  },
  {
    what: 'an expected date alone: fourteen days from the newest known time',
    webhooks: [drawnWith({ expected_result_by_date: '2026-03-10' })],
    stage: 'awaiting_result',
    dueAt: later(REQUESTED_AT, 14 * DAY),
  },
  {
    what: 'a partial result: fourteen days from it',
    webhooks: [redrawAt([ORDERED, REQUISITION, ['partial_results', march(9)]])],
    stage: 'awaiting_result',
    dueAt: later(march(9), 14 * DAY),
  },
  {
    what: 'a second partial result is not progress',
    webhooks: [redrawAt([ORDERED, ['partial_results', march(9)], ['partial_results', march(11)]])],
    stage: 'awaiting_result',
    dueAt: later(march(9), 14 * DAY),
  },
  {
    what: 'a partial result with a worst-case date',
    webhooks: [
      redrawAt([ORDERED, ['partial_results', march(9)]], { worst_case_result_by_date: '2026-03-14' }),
    ],
    stage: 'awaiting_result',
    dueAt: later(march(15, '07:00:00'), DAY),
  },
  {
    what: 'a partial result, reported by another order only',
    webhooks: [redrawAt([ORDERED]), heardOf('partial_results', march(9))],
    stage: 'awaiting_result',
    dueAt: later(march(9), 14 * DAY),
  },
  {
    what: 'a critical result implies a draw, even if the order does not report one',
    webhooks: [redrawAt([ORDERED, REQUISITION]), criticalResult(2, march(9))],
    stage: 'awaiting_result',
    dueAt: later(march(9), 14 * DAY),
  },
];
