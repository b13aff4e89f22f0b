import type { Order, Transaction } from '../../../dashboard/src/api/answers.ts';
import { type Entry, isOfOrder, lowLevel } from '../../../dashboard/src/transaction/entries.ts';
import { timeline } from '../../../dashboard/src/transaction/timeline.ts';
import { event, order } from './sample-transaction.ts';

/** The time at which the samples are shown. */
export const NOW = Date.parse('2026-03-20T12:00:00Z');

/** The entries of a timeline, one per line. */
export function lines(story: Transaction, orders: readonly Order[] = [], now = NOW): string[] {
  return timeline(story, orders, now).map(({ entry }) => line(entry));
}

/** What an entry says: its order, and its event or kind. */
export function line(entry: Entry): string {
  const what = entry.kind === 'event' ? lowLevel(entry.status) : entry.kind;
  return isOfOrder(entry) ? `${entry.orderId} ${what}` : what;
}

/** An order whose redraw became available. */
export const initial = order('first', {
  events: [event(1, '03-01 08:00', 'ordered'), event(2, '03-07 09:00', 'redraw_available')],
});
/** The redraw order that follows it. */
export const redraw = order('second', {
  events: [event(3, '03-07 09:30', 'ordered'), event(4, '03-09 10:00', 'requisition_created')],
});
