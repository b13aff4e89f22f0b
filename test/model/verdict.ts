/** Whether a quiet table has the oracle's state for all facts. */

import { isOfKind } from '../../core/store/table-layout.ts';
import { stateOf } from '../convergence/product.ts';
import { differences } from '../convergence/verdict.ts';
import type { Attributes } from '../memory-table/expressions.ts';
import { type ExpectedState, expectedStates } from '../oracle/oracle.ts';
import { canonical } from '../oracle/reading/spelling.ts';
import { factsIn } from './stated-facts.ts';
import type { Task } from './world-plan.ts';

type Shown = Pick<ExpectedState, 'orders' | 'transactions'>;

/** Returns a check of a quiet table: null if it is correct, otherwise what is wrong. */
export function quietCheck(tasks: readonly Task[]): (items: readonly Attributes[]) => string | null {
  const told = tasks.flatMap(({ delivery }) => delivery ?? []);
  const found = tasks.flatMap(({ finds }) => finds ?? []);
  const right = new Map<string, Set<string>>();
  return (items) => {
    const state = stateOf(items) as Shown;
    const also = factsIn(items, found);
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

/** Each transaction says as what it is counted, and the counters and insights add up to just that. */
export function miscount(items: readonly Attributes[]): string | null {
  const counts = new Map<string, number>();
  const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count);
  for (const item of items) {
    for (const name of countedAs(item)) add(name, 1);
    for (const [name, count] of countsIn(item)) add(name, -count);
  }
  const wrong = [...counts].filter(([, count]) => count !== 0);
  return wrong.length === 0 ? null : `counted wrong: ${JSON.stringify(wrong)}`;
}

/** A name for each count that a transaction says it is in. */
function countedAs({ sk, counted, insight }: Attributes): string[] {
  if (!isOfKind('TX', sk)) return [];
  const counter = typeof counted === 'string' ? [counted] : [];
  if (typeof insight !== 'string') return counter;
  const [, month, team, lab, test, counts, redraws = []] = JSON.parse(insight) as InsightText;
  const named = (part: string) => (count: string) => JSON.stringify([month, part, team, lab, test, count]);
  return [...counter, ...counts.map(named('all')), ...redraws.map(named('redraws'))];
}

type InsightText = [number, string, unknown, unknown, unknown, string[], string[]?];

/** What an item counts, by the same names. The shards do not matter. */
function countsIn({ pk, sk, writes: _, ...attributes }: Attributes): [name: string, count: number][] {
  if (sk === 'COUNTERS') return numbers(attributes, (name) => name);
  if (!String(pk).startsWith('INSIGHTS#')) return [];
  const place = String(sk);
  const start = place.indexOf('#');
  const [part, , ...group] = JSON.parse(place.slice(start + 1)) as unknown[];
  return numbers(attributes, (name) => JSON.stringify([place.slice(0, start), part, ...group, name]));
}

const numbers = (attributes: object, nameOf: (name: string) => string): [string, number][] =>
  Object.entries(attributes).map(([name, count]) => [nameOf(name), Number(count)]);

function comparable({ orders, transactions }: Shown) {
  const unrevised = [...transactions].map(([id, shown]) => [id, { ...shown, revision: undefined }]);
  return { orders: Object.fromEntries(orders), transactions: Object.fromEntries(unrevised) };
}
