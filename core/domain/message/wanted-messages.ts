import { type RedrawStage, STAGES_BEFORE_DRAW } from '../clocks/redraw-clocks.ts';
import { earliest, type Instant, later } from '../instant.ts';
import type { Appointment } from '../order/order-record.ts';
import { isOpen, progressKey, type Redraw } from '../redraw/redraw.ts';
import type { StoredTransaction } from '../transaction/stored-transaction.ts';
import { reminderName, type TemplateName } from './message.ts';
import type { PlanSettings } from './message-settings.ts';

/** A message that is due for the transaction's current state. */
export interface WantedMessage {
  readonly template: TemplateName;
  /** The progress of the redraw that it is about. */
  readonly basis: string;
  /** The time from which it applies. */
  readonly at: Instant;
}

/** The parts of a transaction that decide about its messages. */
export type MessagedTransaction = Pick<
  StoredTransaction,
  'provisional' | 'redraw' | 'marks' | 'outcome' | 'orders' | 'contributions'
>;

/**
 * The stages in which the patient has to act. Without a redraw order, the patient may return under the initial order. A redraw
 * order without a requisition waits for Junction.
 */
const PATIENT_ACTS: readonly RedrawStage[] = ['awaiting_order', 'awaiting_appointment'];

/**
 * The messages that a transaction calls for, whether or not they have been sent (docs/patient-messages.md). It decides by the state
 * alone, so that events that are repeated, late or lost do not matter.
 *
 * @param appointments those of the redraw order; none without one
 */
export function wantedMessages(
  transaction: MessagedTransaction,
  appointments: readonly Appointment[],
  settings: Pick<PlanSettings, 'reminders' | 'off'>,
): WantedMessage[] {
  const { provisional, redraw, marks } = transaction;
  if (provisional || !redraw || marks.acknowledgement?.stop_messages) return [];
  const basis = progressKey(redraw);
  const isOn = (template: TemplateName) => !settings.off.includes(template);
  const wanted = (template: TemplateName, at: Instant | null): WantedMessage[] =>
    at !== null && isOn(template) ? [{ template, basis, at }] : [];
  if (!isOpen(redraw)) return wanted('results_complete', completedAt(transaction, redraw));
  return [
    ...news(transaction, redraw, appointments)
      .flatMap(([template, at]) => wanted(template, at))
      .slice(0, 1),
    ...(redraw.stage === 'awaiting_draw' ? wanted('appointment_missed', redraw.due_at) : []),
    ...remindersOf(transaction, redraw, settings).flatMap(([template, at]) => wanted(template, at)),
  ];
}

type Dated = readonly [template: TemplateName, at: Instant | null];

/** What is new to the patient at this stage, latest first. The latest message covers all earlier ones. */
function news(
  transaction: MessagedTransaction,
  redraw: Redraw,
  appointments: readonly Appointment[],
): readonly Dated[] {
  const available: Dated = ['redraw_available', redraw.available_at];
  switch (redraw.stage) {
    case 'awaiting_order':
    case 'awaiting_requisition':
      return [available];
    case 'awaiting_appointment':
      if (hasBooked(transaction, redraw)) return [];
      return [
        ['appointment_cancelled', cancellationOf(transaction, redraw, appointments)],
        ['requisition_ready', requisitionAt(transaction, redraw)],
        available,
      ];
    default:
      return [];
  }
}

function remindersOf(
  transaction: MessagedTransaction,
  redraw: Redraw,
  { reminders }: Pick<PlanSettings, 'reminders'>,
): readonly Dated[] {
  const { stage, since } = redraw;
  if (stage === null || since === null || !PATIENT_ACTS.includes(stage)) return [];
  if (hasBooked(transaction, redraw)) return [];
  return reminders.map((delay, index) => [reminderName(index + 1), later(since, delay)]);
}

/** Whether the order's status shows a booked appointment that is otherwise unknown. */
function hasBooked({ orders }: MessagedTransaction, { order_id }: Redraw): boolean {
  const low = orders.find(({ id }) => id === order_id)?.low_level_status;
  return low === 'appointment_scheduled' || low === 'appointment_pending';
}

/** The stages in which a message applies. Reminders and templates not listed apply at every stage before the draw. */
const STAGES_OF: Partial<Record<TemplateName, readonly RedrawStage[]>> = {
  requisition_ready: ['awaiting_appointment'],
  appointment_cancelled: ['awaiting_appointment'],
  appointment_missed: ['awaiting_draw'],
};

/** Whether a manually requested message would apply. */
export function isTrue(
  template: TemplateName,
  { provisional, redraw, outcome }: Pick<MessagedTransaction, 'provisional' | 'redraw' | 'outcome'>,
): boolean {
  if (provisional || !redraw) return false;
  if (template === 'results_complete') return outcome === 'results_complete';
  return redraw.stage !== null && (STAGES_OF[template] ?? STAGES_BEFORE_DRAW).includes(redraw.stage);
}

/** When the redraw completed with all results; null if it did not, or if they were corrected since. */
function completedAt({ outcome, orders }: MessagedTransaction, redraw: Redraw): Instant | null {
  if (outcome !== 'results_complete') return null;
  const order = redraw.single_order ? orders[0] : orders.find(({ id }) => id === redraw.order_id);
  return order?.low_level_status === 'completed' ? order.low_level_status_created_at : null;
}

function requisitionAt({ contributions }: MessagedTransaction, { order_id, since }: Redraw): Instant | null {
  return (order_id === null ? null : contributions[order_id]?.progress?.requisition_at) ?? since;
}

/** When the appointment that put the redraw back into its stage was cancelled; null if none was. */
function cancellationOf(
  { orders }: MessagedTransaction,
  { order_id, since }: Redraw,
  appointments: readonly Appointment[],
): Instant | null {
  const order = orders.find(({ id }) => id === order_id);
  const byStatus =
    order?.low_level_status === 'appointment_cancelled' ? order.low_level_status_created_at : null;
  const byAppointment = appointments
    .filter(({ status, event_status }) => status === 'cancelled' || event_status === 'cancelled')
    .map(({ updated_at }) => updated_at)
    // The booking may have changed again since.
    .filter((at) => at !== null && since !== null && at >= since);
  return earliest([byStatus, ...byAppointment]);
}
