/** Whether a quiet table has the oracle's state for all facts. */
import { stateOf } from '../convergence/product.ts';
import { differences } from '../convergence/verdict.ts';
import type { Attributes } from '../memory/expressions.ts';
import { type ExpectedState, expectedStates } from '../oracle/oracle.ts';
import type { Registration } from '../oracle/reading/facts.ts';
import { canonical } from '../oracle/reading/spelling.ts';
import type { Task } from './world.ts';

type Shown = Pick<ExpectedState, 'orders' | 'transactions'>;

/** Returns a check of a quiet table: null if it is correct, otherwise what is wrong. */
export function quietCheck(tasks: readonly Task[]): (items: readonly Attributes[]) => string | null {
  const told = tasks.flatMap(({ delivery }) => delivery ?? []);
  const found = tasks.flatMap(({ finds }) => finds ?? []);
  const right = new Map<string, Set<string>>();
  return (items) => {
    const registered = items.filter((item) => item.registered !== undefined);
    const state = stateOf(items) as Shown;
    const held = new Set(items.map(({ rank }) => rank));
    // Nobody has to have asked at the right moment.
    const answers = found.flatMap(({ answer, rank }) => (held.has(rank) ? [answer] : []));
    const also = [...answers, ...registered.map(asRegistration)];
    const key = JSON.stringify(also);
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

/** What an order's item holds of a registration: the accepted one that was the last. */
export function asRegistration({ pk, registered }: Attributes): Registration {
  const { transaction_id, user_id, client_user_id, at } = registered as { [name: string]: string | null };
  return {
    orderId: String(pk).slice('ORDER#'.length),
    transactionId: transaction_id ?? '',
    userId: user_id ?? null,
    clientUserId: client_user_id ?? null,
    at: at ?? '',
  };
}

function comparable({ orders, transactions }: Shown) {
  const unrevised = [...transactions].map(([id, shown]) => [id, { ...shown, revision: undefined }]);
  return { orders: Object.fromEntries(orders), transactions: Object.fromEntries(unrevised) };
}
