/** Whether a quiet table has the oracle's state for all facts. */

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
    if (texts.has(canonical(shown))) return null;
    const [expected = {}] = [...texts].map((text) => JSON.parse(text) as object);
    return differences(expected, shown).slice(0, 12).join('\n');
  };
}

function comparable({ orders, transactions }: Shown) {
  const unrevised = [...transactions].map(([id, shown]) => [id, { ...shown, revision: undefined }]);
  return { orders: Object.fromEntries(orders), transactions: Object.fromEntries(unrevised) };
}
