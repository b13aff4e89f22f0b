/** What is history does not depend on the order of arrival, in small journeys and from every time since which the service may watch. */
import { expect, test } from 'vitest';
import type { DomainEvent } from '../../../core/domain/events/domain-events.ts';
import { factTime, isHistorical } from '../../../core/domain/events/history.ts';
import { transactionEvents } from '../../../core/domain/events/transaction-events.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { Tracker } from '../../../test/core/use-cases/sweep/scene/tracker.ts';
import { allSeeds } from '../../../test/one-seed.ts';
import { factorial, permutationAt } from '../oracle/orders-of-delivery.ts';
import { timesOf } from '../oracle/publications/history.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import { SMALL_JOURNEYS, webhooksOf } from './small-journeys.ts';

const ORDERS_OF_ARRIVAL = 12;

/** The same news, however and whenever it is told; null for what has no subject or no time of its own. */
function newsIn({ type, detail }: DomainEvent, { orders }: StoredTransaction): string | null {
  const news = (subject: unknown) => `${type} ${detail.id.split(':')[0]} ${JSON.stringify(subject)}`;
  switch (type) {
    case 'Redraw Available':
      return news(detail.redraw?.available_at);
    case 'Redraw Order Linked': {
      // The list of another order can state another creation than the order itself.
      const created = orders.find(({ id }) => id === detail.order_id)?.created_at;
      return created ? news([detail.order_id, created]) : null;
    }
    case 'Redraw Stale':
      return news(detail.redraw?.due_at);
    case 'Order Stalled':
      return news([detail.order_id, detail.due_at]);
    case 'Order Failed':
      return news(detail.decision);
    case 'Redraw Needs Decision':
      return detail.decision.reason === 'redraw_ended' ? news(detail.decision) : null;
    case 'Transaction Anomaly':
      return news(detail.anomaly);
    default:
      return null;
  }
}

interface Told {
  readonly news: string | null;
  readonly at: string | null;
}

async function toldIn(deliveries: readonly Delivery[]): Promise<Told[]> {
  const tracker = new Tracker();
  const told: Told[] = [];
  tracker.onTransaction = (before, after) => {
    if (!after) return;
    const events = transactionEvents(before, after);
    told.push(
      ...events.map((event) => ({ news: newsIn(event, after), at: factTime(event, { before, after }) })),
    );
  };
  for (const { body, receivedAt } of deliveries) await tracker.deliver(body, receivedAt);
  // Every clock has run out by then.
  await tracker.sweep('2026-09-01T00:00:00Z');
  return told;
}

test.each(SMALL_JOURNEYS.map((journey) => [journey.name, webhooksOf(journey)] as const))(
  '%s',
  allSeeds,
  async (_, deliveries) => {
    const orders = Array.from({ length: ORDERS_OF_ARRIVAL }, (_, n) =>
      permutationAt(deliveries, (n * 61) % factorial(deliveries.length)),
    );
    const cuts = [...new Set(timesOf(deliveries))].sort();
    const verdicts = new Map<string, boolean[]>();
    for (const order of orders) {
      for (const { news, at } of await toldIn(order)) {
        if (news === null) continue;
        const verdict = cuts.map((since) => isHistorical(at, since));
        expect(verdict, news).toEqual(verdicts.get(news) ?? verdict);
        verdicts.set(news, verdict);
      }
    }
  },
);
