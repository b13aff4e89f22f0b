/** Depth-first search through everything that can happen in a world, each state once. */
import { checkChange } from './invariants.ts';
import { quietCheck } from './verdict.ts';
import { type State, type Step, Violation, World, type WorldPlan } from './world.ts';

export interface Explored {
  readonly states: number;
  readonly steps: number;
  /** States in which nothing was left to do, and how many different tables they held. */
  readonly quiet: number;
  readonly tables: number;
  /** The shortest way to something that must not be, step by step; null where there is none. */
  readonly fault: readonly string[] | null;
}

/** Throws when a world has more than this many states: it is larger than meant. */
const DEFAULT_LIMIT = 50_000_000;

export async function explore(plan: WorldPlan, limit = DEFAULT_LIMIT): Promise<Explored> {
  const world = new World(plan, checkChange);
  const check = quietCheck(plan.tasks);
  const seen = new Seen();
  const judged = new Map<string, string | null>();
  const waiting: State[] = [];
  const found = { steps: 0, quiet: 0 };
  const meet = (state: State) => {
    const key = world.keyOf(state);
    if (!seen.add(key)) return;
    if (seen.size > limit) throw new RangeError(`${plan.name} has more than ${limit} states`);
    waiting.push(state);
    if (!world.isQuiet(state)) return;
    found.quiet += 1;
    const wrong = judgeOnce(world, state, judged, check);
    if (wrong) throw new Violation(wrong);
  };
  try {
    meet(world.start);
    for (let state = waiting.pop(); state; state = waiting.pop()) {
      const steps = await world.stepsFrom(state);
      if (steps.length === 0 && !world.isQuiet(state))
        throw new Violation('nothing can go on, and not all is done');
      found.steps += steps.length;
      for (const { next } of steps) meet(next);
    }
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return { ...found, states: seen.size, tables: judged.size, fault: await shortestFault(plan) };
  }
  return { ...found, states: seen.size, tables: judged.size, fault: null };
}

function judgeOnce(
  world: World,
  state: State,
  judged: Map<string, string | null>,
  check: ReturnType<typeof quietCheck>,
): string | null {
  const table = state.table.join();
  const known = judged.get(table);
  if (known !== undefined) return known;
  const wrong = check(world.itemsOf(state));
  judged.set(table, wrong);
  return wrong;
}

/** The states that were met: more than a single set of JavaScript can hold. */
class Seen {
  readonly #parts = Array.from({ length: 64 }, () => new Set<string>());
  size = 0;

  /** False for one that was met before. */
  add(key: string): boolean {
    let place = 0;
    for (let at = 0; at < key.length; at += 1) place = (place * 31 + key.charCodeAt(at)) | 0;
    const part = this.#parts[place & 63];
    if (!part || part.has(key)) return false;
    part.add(key);
    this.size += 1;
    return true;
  }
}

interface Visit {
  readonly state: State;
  readonly step: Step | null;
  readonly from: Visit | null;
}

/** Breadth first, so that whoever reads the fault has the fewest steps to follow. */
async function shortestFault(plan: WorldPlan): Promise<string[]> {
  const world = new World(plan, checkChange);
  const check = quietCheck(plan.tasks);
  const judged = new Map<string, string | null>();
  const seen = new Set<string>();
  let ring: Visit[] = [{ state: world.start, step: null, from: null }];
  while (ring.length > 0) {
    const following: Visit[] = [];
    for (const visit of ring) {
      const wrong = world.isQuiet(visit.state) && judgeOnce(world, visit.state, judged, check);
      if (wrong) return [...pathTo(world, visit), wrong];
      const next = await newVisits(world, visit, seen);
      if (typeof next === 'string') return [...pathTo(world, visit), `then: ${next}`];
      following.push(...next);
    }
    ring = following;
  }
  throw new Error('the fault was not met again: the world is not deterministic');
}

/** Where a visit leads that nobody has been; what went wrong on the way, if anything did. */
async function newVisits(world: World, from: Visit, seen: Set<string>): Promise<Visit[] | string> {
  try {
    const visits: Visit[] = [];
    for (const step of await world.stepsFrom(from.state)) {
      const key = world.keyOf(step.next);
      if (!seen.has(key)) visits.push({ state: step.next, step, from });
      seen.add(key);
    }
    return visits;
  } catch (error) {
    if (error instanceof Violation) return error.message;
    throw error;
  }
}

function pathTo(world: World, visit: Visit): string[] {
  const path: string[] = [];
  for (let at: Visit | null = visit; at; at = at.from) if (at.step) path.unshift(world.describe(at.step));
  return path;
}
