/** Whether a quiet table holds what the oracle makes of everything that was told. */
import { stateOf } from '../convergence/product.ts';
import { differences } from '../convergence/verdict.ts';
import type { Attributes } from '../memory/expressions.ts';
import type { Delivery } from '../oracle/facts.ts';
import { type ExpectedState, expectedStates } from '../oracle/oracle.ts';
import { canonical } from '../oracle/spelling.ts';
import type { Task } from './world.ts';

type Shown = Pick<ExpectedState, 'orders' | 'transactions'>;

/** Gives a check of a quiet table: null where it is right, else what is wrong. */
export function quietCheck(tasks: readonly Task[]): (items: readonly Attributes[]) => string | null {
  const told = tasks.flatMap(({ delivery }) => delivery ?? []);
  const found = tasks.flatMap(({ finds }) => finds ?? []);
  const right = new Map<string, Set<string>>();
  return (items) => {
    const registered = items.filter((item) => item.registered !== undefined);
    const state = stateOf(items) as Shown;
    const also = [...found.filter((delivery) => isKnown(state, delivery)), ...registered.map(asDelivery)];
    const key = also.map(({ body }) => body).join();
    let texts = right.get(key);
    if (!texts) {
      const states = expectedStates([...told, ...also]);
      texts = new Set([...states].map((expected) => canonical(comparable(expected))));
      right.set(key, texts);
    }
    const shown = comparable(state);
    if (texts.has(canonical(shown))) return miscount(items);
    const [expected = {}] = [...texts].map((text) => JSON.parse(text) as object);
    return differences(expected, shown).slice(0, 12).join('\n');
  };
}

/** Whether what could be found out was: nobody has to have asked at the right moment. */
function isKnown({ orders }: Shown, { body }: Delivery): boolean {
  const { id, events } = JSON.parse(body) as { id: string; events: { id: number }[] };
  return orders.get(id)?.events.some((event) => event.id === events.at(-1)?.id) ?? false;
}

/** Each transaction says as what it is counted, and the counters add up to just that. */
export function miscount(items: readonly Attributes[]): string | null {
  const counts = new Map<string, number>();
  const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count);
  for (const { pk, sk, ...attributes } of items) {
    if (sk === 'TX' && typeof attributes.counted === 'string') add(attributes.counted, 1);
    if (sk !== 'COUNTERS') continue;
    const counters = Object.entries(attributes).filter(([name]) => name.includes('['));
    for (const [name, count] of counters) add(name, -Number(count));
  }
  const wrong = [...counts].filter(([, count]) => count !== 0);
  return wrong.length === 0 ? null : `counted wrong: ${JSON.stringify(wrong)}`;
}

/**
 * A registration tells which transaction an order belongs to, and so does an appointment: that is how the oracle, which
 * knows of no registration, is told of it. The appointment itself is then left out.
 */
function asDelivery({ pk, transaction_ids }: Attributes): Delivery {
  const [order_transaction_id] = [...(transaction_ids as Set<string>)].sort().reverse();
  const id = 'a9900000-0000-4000-8000-00000000ffff';
  const data = { id, order_id: String(pk).slice('ORDER#'.length), order_transaction_id, events: [] };
  return {
    body: JSON.stringify({ event_type: 'labtest.appointment.created', data }),
    receivedAt: '2026-06-01T00:00:00Z',
  };
}

function comparable({ orders, transactions }: Shown) {
  const plain = (held: Map<string, object>, more: object) =>
    Object.fromEntries([...held].map(([id, shown]) => [id, { ...shown, ...more }]));
  return {
    orders: plain(orders, { appointments: [] }),
    transactions: plain(transactions, { revision: undefined }),
  };
}
