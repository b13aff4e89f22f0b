/** Compares the product's state with the one that the oracle expects. */
import { isDeepStrictEqual } from 'node:util';
import { expectedStates } from '../oracle/oracle.ts';
import type { Fact } from '../oracle/reading/facts.ts';
import { canonical } from '../oracle/reading/spelling.ts';
import type { Circumstances } from '../oracle/rules.ts';
import type { Ended, ProductState } from './product.ts';

interface Comparable {
  orders: { [id: string]: unknown };
  transactions: { [id: string]: unknown };
}

export interface Verdict {
  expected: Comparable;
  actual: Comparable;
}

type States = Pick<ProductState, 'orders' | 'transactions'>;

/** Returns a check that answers null for a correct state and a verdict for a wrong one. */
export function judge(
  facts: readonly Fact[],
  circumstances: Circumstances = {},
): (actual: States) => Verdict | null {
  const right = [...expectedStates(facts, circumstances)].map((state) => comparable(state));
  const rightTexts = new Set(right.map(canonical));
  // With ties, several states are correct. But the product must choose the same one every time.
  let settled: { text: string; state: Comparable } | null = null;
  return (states) => {
    const actual = comparable(states);
    // Comparing is much cheaper than describing a difference, and nearly every state is correct.
    if (settled && isDeepStrictEqual(settled.state, actual)) return null;
    const text = canonical(actual);
    if (settled?.text === text) return null;
    if (!rightTexts.has(text)) return { expected: closest(right, actual), actual };
    if (settled) return { expected: settled.state, actual };
    settled = { text, state: actual };
    return null;
  };
}

/** The same for facts of which some are refused: which ones are accepted depends on the order of arrival. */
export function judgeEach(facts: readonly Fact[]): (ended: Ended) => Verdict | null {
  const deliveries = facts.filter((fact) => 'body' in fact);
  const checks = new Map<string, ReturnType<typeof judge>>();
  return ({ state, accepted }) => {
    const key = JSON.stringify(accepted);
    const check = checks.get(key) ?? judge([...deliveries, ...accepted]);
    checks.set(key, check);
    return check(state);
  };
}

function comparable({ orders, transactions }: States): Comparable {
  return { orders: sorted(orders, sortAppointments), transactions: sorted(transactions, withoutGivenUp) };
}

function sorted(held: Map<string, unknown>, shape: (answer: object) => object): { [id: string]: unknown } {
  const entries = [...held].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([id, answer]) => [id, shape({ ...(answer as object), revision: undefined })]),
  );
}

/** When a question to Junction is given up depends on the sweeps, not on the facts. */
function withoutGivenUp(transaction: { anomalies?: { code: string }[] }): object {
  const { anomalies } = transaction;
  return { ...transaction, anomalies: anomalies?.filter(({ code }) => code !== 'unconfirmed') };
}

function sortAppointments(order: { appointments?: { id: string }[] }): object {
  return { ...order, appointments: order.appointments?.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Of several correct states, the one most similar to the wrong one, so that the difference shows the fault. */
function closest(right: Comparable[], actual: Comparable): Comparable {
  const shared = (state: Comparable) => differences(state, actual).length;
  const [first = { orders: {}, transactions: {} }] = right.toSorted((a, b) => shared(a) - shared(b));
  return first;
}

/** One line per difference: `transactions.7a….status: expected "active", got "completed"`. */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (canonical(expected ?? null) === canonical(actual ?? null)) return [];
  if (!isObject(expected) || !isObject(actual)) {
    return [`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].flatMap((key) => differences(expected[key], actual[key], path ? `${path}.${key}` : key));
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
