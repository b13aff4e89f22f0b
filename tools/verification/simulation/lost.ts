/** Lost webhooks: sweeps must find their facts in Junction's list. */
import { march } from '../oracle/bodies.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import { readDelivery } from '../oracle/reading/payload.ts';
import { canTell } from './surroundings/junction-routes.ts';
import type { Scheduler } from './surroundings/scheduler.ts';

/** One in this many histories loses one, if possible. */
const LOSES_ONE = 4;

/**
 * When they are looked for: after all other sweeps, and twice, because a pass that one sweep began may have to end first.
 */
export const SEARCHES: readonly string[] = [march(31, '08:00:00'), march(31, '12:00:00')];

/** The webhook of an order that no other one mentions, in a form that Junction's API can give; null if there is none. */
export function lostForGood(deliveries: readonly Delivery[], chance: Scheduler): Delivery | null {
  if (!chance.oneIn(LOSES_ONE)) return null;
  const orderOf = (delivery: Delivery) => {
    const payload = readDelivery(delivery);
    return payload.kind === 'order' ? payload.orderId : null;
  };
  const orders = deliveries.map(orderOf);
  const canBeFound = deliveries.filter((delivery, index) => {
    const order = orders[index];
    const isOnly = order && orders.indexOf(order) === index && orders.lastIndexOf(order) === index;
    return isOnly && SEARCHES.every((at) => canTell(delivery, Date.parse(at)));
  });
  return canBeFound.length === 0 ? null : chance.one(canBeFound);
}
