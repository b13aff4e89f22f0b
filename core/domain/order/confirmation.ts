import type { Instant } from '../instant.ts';
import type { OrderRecord } from './order-record.ts';
import { classOfStatus } from './status.ts';

/**
 * Since when an end waits for Junction's confirmation: a webhook alone ended a redraw, or took an order out of what a person
 * has to decide. Null if there is nothing to confirm. A false end moves nothing at Junction, so no poll would find it.
 */
export function unconfirmedEnd(record: OrderRecord): Instant | null {
  const { events, snapshot, unansweredSince } = record;
  const classes = events.map(({ status }) => classOfStatus(status));
  const last = classes.at(-1) ?? 'P';
  if (last === 'P' || last === 'R') return null;
  const wasOpen = classes.slice(0, -1).some((one) => one === 'R' || one === 'F');
  return snapshot?.origin === 'redraw' || wasOpen ? unansweredSince : null;
}
