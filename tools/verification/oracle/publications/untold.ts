/** The orders that a list names and that have not told it themselves. */
import type { OrderPayload } from '../reading/facts.ts';

/**
 * By transaction, whether a payload names an order in its list that has no payload of its own yet, or none as new as what the
 * list says of it. Whatever is said of the transaction until then, that order can refute.
 */
export function untoldIn(payloads: readonly OrderPayload[]): Set<string> {
  const toldUntil = new Map<string, string>();
  for (const { orderId, counted } of payloads) {
    const times = [toldUntil.get(orderId) ?? '', ...counted.map(({ at }) => at)].sort();
    toldUntil.set(orderId, times.at(-1) ?? '');
  }
  const untold = payloads.filter(({ entries }) =>
    entries.some(({ id, at }) => !toldUntil.has(id) || (toldUntil.get(id) ?? '') < (at ?? '')),
  );
  return new Set(untold.map(({ transactionId, orderId }) => transactionId ?? orderId));
}
