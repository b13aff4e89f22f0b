/** Runs one seed's history and holds what it left to the oracle; the same seed, the same history. */
import { eventsBetween } from '../../functions/domain/transaction-changes.ts';
import { readTransactionItem } from '../../functions/store/transaction-item.ts';
import { stateOf } from '../convergence/product.ts';
import { differences, judge } from '../convergence/verdict.ts';
import type { Attributes } from '../memory/expressions.ts';
import type { Change } from '../memory/memory-table.ts';
import { checkChange } from '../model/invariants.ts';
import { miscount } from '../model/verdict.ts';
import { History } from './history.ts';

export interface Simulated {
  /** Requests and waits that took place. */
  readonly steps: number;
  /** What is wrong; none where all is right. */
  readonly faults: readonly string[];
}

/** The command that replays one seed, showing every step. */
export const replayOf = (seed: number) => `npm run simulate -- --seed ${seed}`;

export async function simulate(
  seed: number,
  trace: ((line: string) => void) | null = null,
): Promise<Simulated> {
  const history = new History(seed, trace);
  const broken = watched(history);
  const check = judge(history.deliveries);
  const wrong = (when: string) => {
    const verdict = check(stateOf(history.memory.items.values()));
    const found = verdict ? differences(verdict.expected, verdict.actual).slice(0, 8) : [];
    return [...found, miscount([...history.memory.items.values()]) ?? []]
      .flat()
      .map((line) => `${when}: ${line}`);
  };
  await history.storm();
  await history.calm();
  const inTheCalm = wrong('when all was done');
  await history.latecomers();
  await history.calm();
  const afterwards = wrong('after the latecomers');
  return {
    steps: history.chance.steps,
    faults: [...broken, ...inTheCalm, ...afterwards, ...unpublished(history)],
  };
}

/** Holds every change to what must always hold, and collects what does not. */
function watched({ memory, stream, chance }: History): string[] {
  const broken: string[] = [];
  const orderItem = (id: string): Attributes | null => memory.items.get(`ORDER#${id} ORDER`) ?? null;
  memory.onChange = (change) => {
    const key = String((change.after ?? change.before)?.pk);
    const fault = checkChange(key, change.before, change.after, orderItem);
    if (fault) broken.push(`at step ${chance.steps}: ${fault}`);
    stream.add(change);
  };
  return broken;
}

/** Every event of every change came to the bus, and nothing else; under one id always the same. */
function unpublished({ stream, bus }: History): string[] {
  const expected = new Map<string, string>();
  const faults: string[] = [];
  for (const { type, detail } of stream.shards.flat().flatMap(eventsOf)) {
    const told = JSON.stringify([type, detail]);
    const known = expected.get(detail.id) ?? told;
    if (known !== told) faults.push(`two events have the id ${detail.id}`);
    expected.set(detail.id, told);
  }
  const came = new Set(bus.received.map(({ detail }) => (JSON.parse(detail) as { id: string }).id));
  for (const id of expected.keys()) if (!came.has(id)) faults.push(`the bus never got ${id}`);
  for (const id of came) if (!expected.has(id)) faults.push(`the bus got ${id}, which no change tells of`);
  return faults;
}

function eventsOf({ before, after }: Change) {
  if (after?.sk !== 'TX') return [];
  return eventsBetween(before && readTransactionItem(before), readTransactionItem(after));
}
