/** Junction's API: tells now and then what its webhooks tell as well, at other times nothing. */
import { parseInstant } from '../../functions/domain/instant.ts';
import type { OrderFacts } from '../../functions/domain/order-record.ts';
import type { JunctionApi } from '../../functions/junction/api.ts';
import { digest } from '../../functions/junction/digest.ts';
import { JunctionUnavailable } from '../../functions/junction/unavailable.ts';
import { readWebhook } from '../../functions/junction/webhook-message.ts';
import type { Delivery } from '../oracle/facts.ts';
import type { Invocation, Scheduler } from './scheduler.ts';

/** The facts that these deliveries tell of orders. */
export function factsIn(deliveries: readonly Delivery[]): OrderFacts[] {
  return deliveries.flatMap(({ body, receivedAt }): OrderFacts[] => {
    const message = readWebhook(body, parseInstant(receivedAt) ?? '', digest);
    return message.kind === 'order' ? [message.facts] : [];
  });
}

/** An API that answers out of deliveries' facts, so that whatever it tells is among what the oracle knows. */
export function junctionOver(
  facts: readonly OrderFacts[],
  chance: Scheduler,
  invocation: Invocation,
  fails: () => boolean,
): JunctionApi {
  const asked = async (what: string) => {
    await chance.turn(invocation, `asks Junction for ${what}`);
    if (fails()) throw new JunctionUnavailable('simulated', 'failed');
  };
  const api = {
    order: async (id: string) => {
      await asked('an order');
      const known = facts.filter((one) => one.id === id);
      return known.length === 0 ? null : chance.one(known);
    },
    transactionOrders: async (id: string) => {
      await asked('a transaction');
      const inside = facts.filter(({ transactionIds }) => transactionIds.includes(id));
      return inside.map((one) => ({
        id: one.id,
        status: 'completed',
        status_at: one.events[0]?.created_at ?? null,
      }));
    },
    appointment: async () => null,
    missingResults: async () => null,
  };
  return api as unknown as JunctionApi;
}
