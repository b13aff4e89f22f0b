import { activeAppointment } from '../../../core/domain/order/order-progress.ts';
import { shownBy, showsVisit } from '../../../core/domain/order/status.ts';
import type { Order, Redraw, Transaction } from '../../../dashboard/src/api/answers.ts';
import { awaitsDecision, hasOpenRedraw, type WithRedraw } from '../../../dashboard/src/redraw/open-redraw.ts';
import { isCancelled } from '../rules/visits.ts';

/** What decides which messages can be sent, besides the transaction. */
export interface SendingFacts {
  /** How many reminders are sent by themselves; each can have a text of its own. One can always be sent by hand. */
  readonly reminders: number;
  /** The redraw order; undefined while it is not loaded, or if there is none. */
  readonly order: Pick<Order, 'events' | 'appointments'> | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The templates that apply to a transaction now, the one that its patient needs next first; none while the patient has nothing to do
 * or a person has to decide first. The API rejects others.
 */
export function sendableTemplates(transaction: Transaction, facts: SendingFacts): readonly string[] {
  const { redraw, outcome } = transaction;
  if (!redraw || awaitsDecision(transaction)) return [];
  if (outcome === 'results_complete') return ['results_complete'];
  return hasOpenRedraw(transaction) ? ofStage(transaction, transaction.redraw, facts) : [];
}

function ofStage(transaction: WithRedraw, { stage }: Redraw, facts: SendingFacts): readonly string[] {
  switch (stage) {
    case 'awaiting_order':
    case 'awaiting_requisition':
      return ['redraw_available'];
    case 'awaiting_appointment':
      return aboutVisit(transaction, facts);
    case 'awaiting_draw':
      return isVisitOver(facts) ? ['appointment_missed'] : [];
    default:
      return [];
  }
}

/** Before a visit: the news that the patient has not got yet, otherwise the next reminder, and then the rest. */
function aboutVisit({ told, redraw, orders }: WithRedraw, { reminders, order }: SendingFacts) {
  const low = orders.find(({ id }) => id === redraw.order_id)?.low_level_status ?? null;
  if (showsVisit(low) || (order && activeAppointment(order))) return [];
  const isOff = shownBy(low) === 'appointment_cancellation' || order?.appointments.some(isCancelled);
  const news = [...(isOff ? ['appointment_cancelled'] : []), 'requisition_ready'];
  const all = Array.from({ length: Math.max(1, reminders) }, (_, index) => `reminder_${index + 1}`);
  const last = told?.reached ? told.template : '';
  if (last !== news[0] && !all.includes(last)) return [...news, ...all];
  const next = all[Math.min(all.indexOf(last) + 1, all.length - 1)] ?? '';
  return [next, ...news, ...all.filter((name) => name !== next)];
}

function isVisitOver({ order, now }: SendingFacts): boolean {
  const start = order && activeAppointment(order)?.start_at;
  return start != null && Date.parse(start) < now;
}
