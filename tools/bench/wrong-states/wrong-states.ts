import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../../local/database/embedded-engine.ts';
import { type JunctionAtTime, startJunctionAt } from '../junction-clock.ts';
import type { Options, Sizes } from '../options.ts';
import { availablePeers } from '../peers/catalogue.ts';
import {
  NotAccepted,
  type Peer,
  type RunningPeer,
  type SeenTransaction,
  type SentWebhook,
} from '../peers/peer.ts';
import { Progress } from '../progress.ts';
import type { Tools } from '../tools.ts';
import { isSame, KINDS, type Kind, type RightState, wrongOnes } from './kinds.ts';
import { type Composition, misinformed, type Scenario, scenarioOf } from './scenario.ts';

/** How the transactions of a scenario ended with a peer. */
export interface WrongStates extends Composition {
  readonly peer: string;
  readonly title: string;
  readonly transactions: number;
  /** Transactions that are wrong by the webhooks that arrived. */
  readonly wrong: number;
  readonly kinds: Readonly<Record<Kind, number>>;
  /** A few of the wrong ones: journey, transaction and kind. */
  readonly examples: readonly string[];
  readonly webhooks: number;
  readonly lostWebhooks: number;
  /** Transactions whose state is wrong due to a lost webhook. */
  readonly misinformed: number;
  /** The ones among them that end up right. */
  readonly noticed: number;
}

/** In order means that a webhook is answered before the next one is sent. */
const IN_FLIGHT: Readonly<Record<Composition['course'], number>> = { 'in order': 1, 'in disorder': 8 };
const ATTEMPTS = 8;
const EXAMPLES = 12;

const SEED = 1;

/** Every scenario with every peer that can run here. */
export async function allWrongStates(tools: Tools, options: Options): Promise<WrongStates[]> {
  const states: WrongStates[] = [];
  for (const [composition, count] of scenariosOf(options)) {
    if (count === 0) continue;
    const scenario = scenarioOf(SEED, count, composition);
    for (const peer of availablePeers(options.peers)) states.push(await wrongStates(peer, scenario, tools));
  }
  return states;
}

function scenariosOf({ states, statesMixedUp, statesInOrder, mixedSpelling }: Sizes) {
  const spellings = mixedSpelling ? (['documented', 'mixed'] as const) : (['documented'] as const);
  return spellings.flatMap((spelling): [Composition, count: number][] => [
    [{ of: 'every kind', spelling, course: 'in disorder' }, states],
    [{ of: 'mixed up', spelling, course: 'in disorder' }, statesMixedUp],
    [{ of: 'every kind', spelling, course: 'in order' }, statesInOrder],
  ]);
}

/** Feeds a scenario to a peer on an empty engine of its own. */
async function wrongStates(peer: Peer, scenario: Scenario, tools: Tools): Promise<WrongStates> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-bench-'));
  // A file: the engine indexes the stream only there, and slows down without that.
  const engine = await startEngine({ dbPath: join(place, 'database.sqlite') });
  const junction = await startJunctionAt(scenario.journeys);
  const junctionUrl = junction.url;
  const running = await peer.start({ ...tools, engine, database: engine.endpoint, junctionUrl, place });
  try {
    const [begin, end] = periodOf(scenario);
    // What looks for lost webhooks has been running before, so that it knows from when on to look.
    junction.setClock(begin);
    await running.findLost?.(junctionUrl, begin.toISOString());
    await deliverAll(running, scenario, { junction, what: `${peer.title}, ${scenario.course}` });
    await running.settled();
    junction.setClock(end);
    const seen = await running.transactions();
    await running.findLost?.(junctionUrl, end.toISOString());
    const inTheEnd = running.findLost ? await running.transactions() : seen;
    return {
      peer: peer.name,
      title: peer.title,
      ...countsOf(peer, scenario, seen),
      ...noticedIn(scenario, inTheEnd),
    };
  } finally {
    await running.stop();
    await junction.close();
    await engine.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

/** A month before the first webhook, and an hour after the last one. */
function periodOf({ journeys }: Scenario): [begin: Date, end: Date] {
  const times = journeys.flatMap(({ snapshots }) => snapshots.map(({ at }) => Date.parse(at)));
  const [first, last] = times.reduce(
    ([least, most], at) => [Math.min(least, at), Math.max(most, at)],
    [Number.POSITIVE_INFINITY, 0],
  );
  return [new Date(first - 30 * 86_400_000), new Date(last + 3_600_000)];
}

async function deliverAll(
  running: RunningPeer,
  { deliveries, course }: Scenario,
  { junction, what }: { junction: JunctionAtTime; what: string },
): Promise<void> {
  const progress = new Progress(what, deliveries.length);
  const waiting = deliveries.values();
  const worker = async () => {
    for (const delivery of waiting) {
      junction.reach(delivery.knownAt);
      for (let sent = 0; sent <= (delivery.unheardAnswers ?? 0); sent += 1)
        await untilAccepted(running, delivery);
      progress.step();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT[course] }, worker));
}

async function untilAccepted(running: RunningPeer, webhook: SentWebhook): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await running.deliver(webhook);
      return;
    } catch (error) {
      if (!(error instanceof NotAccepted) || attempt === ATTEMPTS) throw error;
      await sleep(10 * 2 ** attempt);
    }
  }
}

function countsOf(peer: Peer, scenario: Scenario, seen: ReadonlyMap<string, SeenTransaction>) {
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  const examples: string[] = [];
  const ownerOf = new Map<string, string>();
  let transactions = 0;
  for (const { journey, byArrived, byAll } of scenario.cases) {
    transactions += rightFor(peer, byArrived)[0]?.size ?? 0;
    for (const id of [...byArrived, ...byAll].flatMap((state) => [...state.keys()])) ownerOf.set(id, journey);
  }
  const seenBy = Map.groupBy(seen, ([id]) => ownerOf.get(id));
  for (const { journey, byArrived, byAll } of scenario.cases) {
    // Who asks Junction may know what only a lost webhook said.
    const right = rightFor(peer, peer.asksJunction ? [...byArrived, ...byAll] : byArrived);
    for (const [id, kind] of wrongOnes(right, new Map(seenBy.get(journey) ?? []))) {
      kinds[kind] += 1;
      if (examples.length < EXAMPLES) examples.push(`${journey} ${id}: ${kind}`);
    }
  }
  kinds.other += seenBy.get(undefined)?.length ?? 0;
  const { of, spelling, course, deliveries, lost } = scenario;
  const wrong = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  return {
    of,
    spelling,
    course,
    transactions,
    wrong,
    kinds,
    examples,
    webhooks: deliveries.length,
    lostWebhooks: lost,
  };
}

/** What the peer has to show. */
function rightFor({ showsRedrawsOnly }: Peer, states: readonly RightState[]): readonly RightState[] {
  if (!showsRedrawsOnly) return states;
  return states.map((state) => new Map([...state].filter(([, { redraw }]) => redraw !== null)));
}

function noticedIn(scenario: Scenario, seen: ReadonlyMap<string, SeenTransaction>) {
  const affected = scenario.cases.flatMap((one) => misinformed(one).map((id) => ({ one, id })));
  const noticed = affected.filter(({ one, id }) =>
    one.byAll.some((state) => {
      const right = state.get(id);
      return right !== undefined && isSame(right, seen.get(id));
    }),
  );
  return { misinformed: affected.length, noticed: noticed.length };
}
