/** Runs the history of one seed and compares its final state with the oracle's. The same seed gives the same history. */
import { transactionEvents } from '../../../core/domain/events/transaction-events.ts';
import { type ItemKey, isOfKind, itemName } from '../../../core/store/table-layout.ts';
import { readHeldItem } from '../../../core/store/transactions/transaction-item.ts';
import { stateOf } from '../convergence/product.ts';
import { differences, judge } from '../convergence/verdict.ts';
import type { Change } from '../memory-table/memory-table.ts';
import { checkChange, checkTable } from '../model/invariants.ts';
import { asRegistration } from '../model/stated-facts.ts';
import type { Delivery, Fact } from '../oracle/reading/facts.ts';
import { readDelivery } from '../oracle/reading/payload.ts';
import { type Bundles, deployedBundles } from './bundles.ts';
import { FalsePublications } from './false-publications.ts';
import { handlersAlone } from './handlers-alone.ts';
import { History } from './history.ts';
import { SEARCHES } from './lost.ts';
import { takenAnswers } from './taken-answers.ts';

export interface Simulated {
  /** Requests and pauses that occurred. */
  readonly steps: number;
  /** The faults; none if all is correct. */
  readonly faults: readonly string[];
}

export interface Simulation {
  readonly bundles: Bundles;
  /** The option of the replay command for this kind of simulation. */
  readonly option: string;
}

const asDeployed = await deployedBundles();

/** The functions as they are deployed. */
export const deployed: Simulation = { bundles: asDeployed, option: '' };

/** Their handlers with commands that are not sent over a wire, which is much faster. */
export const handlers: Simulation = { bundles: await handlersAlone(asDeployed), option: ' --without-sdk' };

/** The command that replays one seed, showing every step. */
export const replayOf = (seed: number, { option }: Simulation) =>
  `npm run simulate -- --seed ${seed}${option}`;

export async function simulate(
  seed: number,
  { bundles }: Simulation,
  trace: ((line: string) => void) | null = null,
): Promise<Simulated> {
  const { stackTraceLimit } = Error;
  // Errors are frequent here. Their stacks take longer than the rest, so they are recorded for a replay only.
  if (!trace) Error.stackTraceLimit = 0;
  try {
    return await told(new History(seed, bundles, trace));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function told(history: History): Promise<Simulated> {
  watch(history);
  await history.storm();
  const restless = [...(await history.calm()), ...(await history.search())];
  const judged = judgeOf(history);
  const inTheCalm = judged('when everything was done');
  await history.latecomers();
  restless.push(...(await history.calm()));
  const afterwards = judged('after late requests');
  return {
    steps: history.chance.steps,
    faults: [
      ...history.broken,
      ...restless,
      ...inTheCalm,
      ...afterwards,
      ...unpublished(history),
      ...putAside(history),
    ],
  };
}

/** Returns a check of the table against the oracle. */
function judgeOf(history: History): (when: string) => string[] {
  const { deliveries, memory, quarantine } = history;
  const items = [...memory.items.values()];
  const registered = items.filter(({ sk, registered }) => isOfKind('ORDER', sk) && registered !== undefined);
  const facts: Fact[] = [...deliveries, ...takenAnswers(history), ...registered.map(asRegistration)];
  const check = judge(facts, { hasKey: history.hasApiKey, sweptAt: SEARCHES.at(-1) ?? '' });
  const quarantined = quarantinedOf(deliveries);
  return (when) => {
    const held = [...memory.items.values()];
    const verdict = check(stateOf(held));
    const found = verdict ? differences(verdict.expected, verdict.actual).slice(0, 8) : [];
    const kept = [...quarantine.items.values()].filter(({ sk }) => sk === 'QUARANTINE').length;
    if (kept !== quarantined) found.push(`${kept} in quarantine instead of ${quarantined}`);
    return found.map((line) => `${when}: ${line}`);
  };
}

/** The number of different bodies that cannot be read. */
function quarantinedOf(deliveries: readonly Delivery[]): number {
  const kept = deliveries.filter((delivery) => readDelivery(delivery).kind === 'quarantined');
  return new Set(kept.map(({ body }) => body)).size;
}

/** Checks the invariants of every change, of the table after it, and what it publishes. */
function watch(history: History): void {
  const { memory, stream, chance, broken } = history;
  const publications = new FalsePublications(history);
  const note = (fault: string | null) => {
    if (fault) broken.push(`at step ${chance.steps}: ${fault}`);
  };
  memory.onChange = (change) => {
    const key = itemName((change.after ?? change.before) as ItemKey);
    note(checkChange(key, change.before, change.after));
    stream.add(change);
    for (const fault of publications.after(change)) note(fault);
    // A write of several items is atomic: the table is checked after all of them.
    if (key.startsWith('TX#')) queueMicrotask(() => note(checkTable(memory.items.values())));
  };
}

/** Only the unreadable change was discarded, and unchanged. */
function putAside({ stream: { givenUp }, poison }: History): string[] {
  const faults = givenUp
    .filter((change) => change !== poison)
    .map(({ after }) => `${itemName(after as ItemKey)} was discarded`);
  return poison && !givenUp.includes(poison)
    ? [...faults, 'the unreadable change was not discarded']
    : faults;
}

/** Every event of every change reached the bus, and nothing else did. */
function unpublished({ stream, bus, poison }: History): string[] {
  const { expected, faults } = eventsIn(stream.shards.flat().filter((change) => change !== poison));
  const came = new Set(bus.received.map(({ detail }) => (JSON.parse(detail) as { id: string }).id));
  for (const id of expected) if (!came.has(id)) faults.push(`the bus never got ${id}`);
  for (const id of came) if (!expected.has(id)) faults.push(`the bus got ${id}, which no change has`);
  return faults;
}

/** The expected event ids of the changes. An id always has the same content. */
function eventsIn(changes: readonly Change[]): { expected: Set<string>; faults: string[] } {
  const told = new Map<string, string>();
  const faults: string[] = [];
  for (const change of changes) {
    for (const { type, detail } of eventsOf(change)) {
      const telling = JSON.stringify([type, detail]);
      if ((told.get(detail.id) ?? telling) !== telling) faults.push(`two events have the id ${detail.id}`);
      told.set(detail.id, telling);
    }
  }
  return { expected: new Set(told.keys()), faults };
}

function eventsOf({ before, after }: Change) {
  const held = after && isOfKind('TX', after.sk) ? readHeldItem(after) : null;
  return held ? transactionEvents(before && readHeldItem(before), held) : [];
}
