import { DAY, type Instant, spellDay, spellTime } from '../time.ts';
import type { Appointment } from './appointment.ts';
import { isOver } from './lifecycle.ts';
import { newestEvent, type Order, type Transaction } from './order.ts';

/** What an open redraw is waiting for. */
type RedrawStage =
  | 'awaiting_order'
  | 'awaiting_requisition'
  | 'awaiting_appointment'
  | 'awaiting_draw'
  | 'awaiting_result';

/** A period that a redraw spent in a stage: what really happened, independent of what was reported. */
export interface StageSpan {
  stage: RedrawStage;
  transactionId: string;
  /** The redraw order; null if there is none yet. */
  orderId: string | null;
  /** When it entered this stage. */
  entered: string;
  /**
   * The start of the stage's clock: redraw_available; the redraw order or its activation day; the requisition, or the
   * last change of an appointment without a start; the start of the appointment; the draw.
   */
  since: string;
  /** When it left this stage; null if it never did. */
  until: string | null;
  /** The latest day that the lab promised results for, after the sample was taken. */
  worstCaseResultBy: string | null;
  /** The day to activate the redraw order by, while that applies. */
  activateBy: string | null;
}

type Standing = Pick<StageSpan, 'stage' | 'orderId' | 'worstCaseResultBy' | 'activateBy'> & {
  since: Instant;
};

/** Watches a story and records every period in which its redraw waits. */
export class StageWatch {
  readonly spans: StageSpan[] = [];

  /** Call it after every change; `now` is the time of the change. */
  look(now: Instant, transaction: Transaction, appointments: readonly Appointment[]): void {
    const standing = standingOf(transaction, appointments);
    const open = this.open;
    const since = standing && spellTime(standing.since);
    const { stage, orderId } = standing ?? {};
    if (open?.stage === stage && open?.orderId === orderId && open?.since === (since ?? undefined)) return;
    if (open) open.until = spellTime(now);
    if (!standing || !since) return;
    const { id: transactionId } = transaction;
    this.spans.push({ ...standing, transactionId, entered: spellTime(now), since, until: null });
  }

  get open(): StageSpan | null {
    const last = this.spans.at(-1);
    return last && last.until === null ? last : null;
  }
}

function standingOf(transaction: Transaction, appointments: readonly Appointment[]): Standing | null {
  const redraw = countingRedraw(transaction.orders);
  if (redraw) return isOver(newestEvent(redraw).low) ? null : progressOf(redraw, appointments);
  const available = transaction.orders.map(newestEvent).find(({ low }) => low === 'redraw_available');
  if (!available) return null;
  return {
    stage: 'awaiting_order',
    orderId: null,
    since: available.at,
    worstCaseResultBy: null,
    activateBy: null,
  };
}

/** The last redraw order, or the order that replaced it. */
function countingRedraw(orders: readonly Order[]): Order | undefined {
  let redraw = orders.findLast(({ origin }) => origin === 'redraw');
  for (let again = redraw; again; ) {
    redraw = again;
    again = orders.find(({ origin, parentId }) => origin === 'recreation' && parentId === redraw?.id);
  }
  return redraw;
}

function progressOf(order: Order, appointments: readonly Appointment[]): Standing {
  const activateBy = order.activateBy === null ? null : spellDay(order.activateBy);
  const common = { orderId: order.id, worstCaseResultBy: null, activateBy };
  if (order.drawnAt !== null) {
    const worstCaseResultBy = order.resultsWorstCaseAt === null ? null : spellDay(order.resultsWorstCaseAt);
    return { ...common, stage: 'awaiting_result', since: order.drawnAt, worstCaseResultBy };
  }
  const booked = appointments.filter((one) => one.orderId === order.id).at(-1);
  if (booked?.startAt && booked.status !== 'cancelled') {
    return { ...common, stage: 'awaiting_draw', since: booked.startAt };
  }
  const activated = order.activateBy === null ? 0 : Math.floor(order.activateBy / DAY) * DAY;
  const requested = order.events.findLast(({ low }) => low.startsWith('requisition'));
  if (!requested) {
    return { ...common, stage: 'awaiting_requisition', since: Math.max(order.createdAt, activated) };
  }
  const rebooked = booked?.events.at(-1)?.at ?? 0;
  const since = Math.max(requested.at, rebooked, activated);
  return { ...common, stage: 'awaiting_appointment', since };
}
