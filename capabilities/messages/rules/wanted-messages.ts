import { earliest, type Instant, later } from '../../../core/domain/instant.ts';
import { activeAppointment } from '../../../core/domain/order/order-progress.ts';
import type { Appointment, OrderRecord } from '../../../core/domain/order/order-record.ts';
import { shownBy, showsVisit } from '../../../core/domain/order/status.ts';
import { progressKey, type Redraw } from '../../../core/domain/redraw/redraw.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { isReminder, reminderName, type TemplateName } from './message.ts';
import type { PlanSettings } from './message-settings.ts';
import { patientTask } from './patient-task.ts';
import { isCancelled, lastChanged } from './visits.ts';

/** A message that is true in the transaction's current state. */
interface TrueMessage {
  readonly template: TemplateName;
  /** The time from which it applies; null if that is unknown. */
  readonly at: Instant | null;
  /** The appointment that it is about, if it is about one and it is known. */
  readonly appointment_id: string | null;
}

/** A message that is due for the transaction's current state. */
export interface WantedMessage extends TrueMessage {
  readonly at: Instant;
  /** The progress of the redraw that it is about. */
  readonly basis: string;
}

/** What decides about the messages of a transaction. */
export interface MessageFacts {
  readonly transaction: Pick<
    StoredTransaction,
    | 'provisional'
    | 'decision'
    | 'redraw'
    | 'open_order'
    | 'marks'
    | 'outcome'
    | 'orders'
    | 'contributions'
    | 'missing_results'
  >;
  /** The redraw order; null while there is none. */
  readonly order: Pick<OrderRecord, 'events' | 'appointments'> | null;
}

/**
 * The messages that a transaction calls for, whether or not they have been sent (docs/patient-messages.md). It decides by the state
 * alone, so that events that are repeated, late or lost do not matter.
 */
export function wantedMessages(
  facts: MessageFacts,
  settings: Pick<PlanSettings, 'reminders' | 'off'>,
): WantedMessage[] {
  const { redraw, marks } = facts.transaction;
  if (!redraw || marks.acknowledgement?.stop_messages) return [];
  const basis = progressKey(redraw);
  const on = trueMessages(facts, settings.reminders).flatMap((one): WantedMessage[] => {
    const { at, template } = one;
    return at === null || settings.off.includes(template) ? [] : [{ ...one, at, basis }];
  });
  // The first news covers all others.
  const news = on.filter(({ template }) => !isReminder(template)).slice(0, 1);
  return [...news, ...on.filter(({ template }) => isReminder(template))];
}

/** The message with this template, if somebody may send it by hand now. The text of a reminder is true as soon as any reminder's is. */
export function messageByHand(facts: MessageFacts, template: TemplateName, now: Instant): TrueMessage | null {
  const found = trueMessages(facts, [0]).find((one) =>
    isReminder(template) ? isReminder(one.template) : one.template === template,
  );
  const isYetToCome = template === 'appointment_missed' && (startOfVisit(facts) ?? now) >= now;
  return found && !isYetToCome ? { ...found, template } : null;
}

/** What is true of a redraw now: first the news of its stage, latest first, then the reminders. */
function trueMessages(facts: MessageFacts, delays: PlanSettings['reminders']): TrueMessage[] {
  const { transaction } = facts;
  const { redraw, provisional } = transaction;
  if (provisional || !redraw) return [];
  switch (patientTask(transaction)) {
    case 'wait':
      return [about('redraw_available', redraw.available_at)];
    case 'visit':
      return isBooked(facts, redraw) ? [] : [...newsOfVisit(facts, redraw), ...remindersOf(redraw, delays)];
    case 'attend':
      return [about('appointment_missed', redraw.due_at, visitOf(facts))];
    default:
      return redraw.stage === null && transaction.outcome === 'results_complete'
        ? [about('results_complete', completedAt(transaction, redraw))]
        : [];
  }
}

function about(template: TemplateName, at: Instant | null, appointment?: Appointment): TrueMessage {
  return { template, at, appointment_id: appointment?.id ?? null };
}

function newsOfVisit(facts: MessageFacts, redraw: Redraw): TrueMessage[] {
  const cancelled = cancelledVisit(facts, redraw);
  return [...(cancelled ? [cancelled] : []), about('requisition_ready', requisitionAt(facts, redraw))];
}

function remindersOf({ since }: Redraw, delays: PlanSettings['reminders']): TrueMessage[] {
  if (since === null) return [];
  return delays.map((delay, index) => about(reminderName(index + 1), later(since, delay)));
}

const visitOf = ({ order }: MessageFacts) => (order ? activeAppointment(order) : undefined);

/** When the booked visit starts; null if that is unknown. */
function startOfVisit(facts: MessageFacts): Instant | null {
  return visitOf(facts)?.start_at ?? null;
}

/** Whether there is an appointment that has no start, or is known from the order's status only. */
function isBooked(facts: MessageFacts, { order_id }: Redraw): boolean {
  const low = facts.transaction.orders.find(({ id }) => id === order_id)?.low_level_status;
  return showsVisit(low ?? null) || visitOf(facts) !== undefined;
}

/** When the redraw completed with all results; null if they were corrected since. */
function completedAt({ orders }: MessageFacts['transaction'], redraw: Redraw): Instant | null {
  const order = redraw.single_order ? orders[0] : orders.find(({ id }) => id === redraw.order_id);
  return order?.low_level_status === 'completed' ? order.low_level_status_created_at : null;
}

function requisitionAt({ transaction }: MessageFacts, { order_id, since }: Redraw): Instant | null {
  const progress = order_id === null ? null : transaction.contributions[order_id]?.progress;
  return progress?.requisition_at ?? since;
}

/** The news of the appointment whose cancellation put the redraw back into its stage; null if there was none. */
function cancelledVisit(
  { transaction, order }: MessageFacts,
  { order_id, since }: Redraw,
): TrueMessage | null {
  const own = transaction.orders.find(({ id }) => id === order_id);
  const byStatus =
    shownBy(own?.low_level_status ?? null) === 'appointment_cancellation'
      ? (own?.low_level_status_created_at ?? null)
      : null;
  const cancelled = (order?.appointments ?? []).filter(isCancelled);
  // The booking may have changed again since.
  const recent = cancelled.filter(({ updated_at: at }) => at !== null && since !== null && at >= since);
  const at = earliest([byStatus, ...recent.map(({ updated_at }) => updated_at)]);
  if (at === null) return null;
  // If only the order's status says so, the appointment's own webhook is missing: it is the last one that was booked.
  const known = recent.length > 0 ? recent : (order?.appointments ?? []);
  return about('appointment_cancelled', at, lastChanged(known));
}
