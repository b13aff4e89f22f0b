/** Depth-first search through all states of a world, each visited once. */
import { textOf } from './interner.ts';
import { isQuiet, keyOf, type State } from './state.ts';
import { quietCheck } from './verdict.ts';
import { type Step, Violation, World } from './world.ts';
import type { WorldPlan } from './world-plan.ts';

export interface Explored {
  readonly states: number;
  readonly steps: number;
  /** States in which nothing was left to do. */
  readonly quiet: number;
  /** The shortest path to a fault, step by step; null if there is none. */
  readonly fault: readonly string[] | null;
}

interface Exploring {
  /** Throws if a world has more states than this, because it is larger than intended. */
  readonly limit?: number;
  /** Called now and then with the number of visited states. */
  readonly onProgress?: (states: number) => void;
}

const DEFAULT_LIMIT = 200_000_000;
const PROGRESS_EVERY = 1 << 17;

export async function explore(
  plan: WorldPlan,
  { limit = DEFAULT_LIMIT, onProgress = () => undefined }: Exploring = {},
): Promise<Explored> {
  const world = new World(plan);
  const check = quietCheck(plan.tasks);
  const seen = new Seen();
  const judged = new Map<string, string | null>();
  const waiting: State[] = [];
  const found = { steps: 0, quiet: 0 };
  const meet = (state: State) => {
    if (!seen.add(keyOf(state))) return;
    if (seen.size > limit) throw new RangeError(`${plan.name} has more than ${limit} states`);
    if (seen.size % PROGRESS_EVERY === 0) onProgress(seen.size);
    waiting.push(state);
    if (!isQuiet(state)) return;
    found.quiet += 1;
    const wrong = judgeOnce(world, state, judged, check);
    if (wrong) throw new Violation(wrong);
  };
  const explored = (fault: readonly string[] | null) => ({ ...found, states: seen.size, fault });
  try {
    meet(world.start);
    for (let state = waiting.pop(); state; state = waiting.pop()) {
      const steps = await world.stepsFrom(state);
      if (steps.length === 0 && !isQuiet(state))
        throw new Violation('nothing can continue, and not everything is done');
      found.steps += steps.length;
      for (const { next } of steps) meet(next);
    }
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return explored(await shortestFault(plan));
  }
  return explored(null);
}

function judgeOnce(
  world: World,
  state: State,
  judged: Map<string, string | null>,
  check: ReturnType<typeof quietCheck>,
): string | null {
  const items = world.itemsOf(state);
  const table = textOf(items);
  const known = judged.get(table);
  if (known !== undefined) return known;
  const wrong = check(items);
  judged.set(table, wrong);
  return wrong;
}

/** The maximum size of a JavaScript set. */
const MAX_SET_SIZE = 16_000_000;

/** The visited states: more than a single set can hold. */
class Seen {
  #newest = new Set<string>();
  readonly #full: Set<string>[] = [];

  get size(): number {
    return this.#newest.size + this.#full.length * MAX_SET_SIZE;
  }

  /** False if it was added before. */
  add(key: string): boolean {
    if (this.#full.some((part) => part.has(key))) return false;
    const { size } = this.#newest;
    this.#newest.add(key);
    if (this.#newest.size === size) return false;
    if (this.#newest.size === MAX_SET_SIZE) {
      this.#full.push(this.#newest);
      this.#newest = new Set();
    }
    return true;
  }
}

interface Visit {
  readonly state: State;
  readonly step: Step | null;
  readonly from: Visit | null;
}

/** Breadth first, so that the path to the fault has as few steps as possible. */
async function shortestFault(plan: WorldPlan): Promise<string[]> {
  const world = new World(plan);
  const check = quietCheck(plan.tasks);
  const judged = new Map<string, string | null>();
  const seen = new Set<string>();
  let ring: Visit[] = [{ state: world.start, step: null, from: null }];
  while (ring.length > 0) {
    const following: Visit[] = [];
    for (const visit of ring) {
      const wrong = isQuiet(visit.state) && judgeOnce(world, visit.state, judged, check);
      if (wrong) return [...pathTo(world, visit), wrong];
      const next = await newVisits(world, visit, seen);
      if (typeof next === 'string') return [...pathTo(world, visit), `then: ${next}`];
      following.push(...next);
    }
    ring = following;
  }
  throw new Error('the fault did not occur again: the world is not deterministic');
}

/** The unvisited states that a visit leads to, or the fault that occurred. */
async function newVisits(world: World, from: Visit, seen: Set<string>): Promise<Visit[] | string> {
  try {
    const visits: Visit[] = [];
    for (const step of await world.stepsFrom(from.state)) {
      const key = keyOf(step.next);
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
