/** Where a world stands: what its table holds, what has been done, and what is under way. */

/** What may go wrong, and how often. */
export interface Faults {
  /** Invocations that are given up: their work is done again, while they vanish or go on late. */
  readonly losses: number;
  /** Writes that took place and whose answer was lost: the SDK sends them again. */
  readonly lostAnswers: number;
  /** Webhooks that come once more after they were answered. */
  readonly repeats: number;
  /** Records of the stream that are given up for good: later their orders are looked at again. */
  readonly drops: number;
}

/** An invocation under way. */
export interface Running {
  /** A task; from -1 downwards the stream of an order; beyond the tasks the redrive of an order. */
  readonly of: number;
  readonly node: number;
  /** False for one that was given up: it may go on, but nobody waits for it. */
  readonly live: boolean;
}

export const WAITING = 0;
export const UNDER_WAY = 1;
export const DONE = 2;

export interface State {
  /** Items by key. */
  readonly table: readonly number[];
  readonly tasks: readonly number[];
  /** By order, the states of its item that are still to be brought into its transaction. */
  readonly streams: readonly (readonly number[])[];
  readonly running: readonly Running[];
  /** The orders that are owed a recompute, by their place. */
  readonly owed: readonly number[];
  readonly faults: Faults;
}

/** A world in which nothing has happened yet. */
export function beginning(orders: number, tasks: number, faults: Faults): State {
  return {
    table: Array.from({ length: orders }, () => 0),
    tasks: Array.from({ length: tasks }, () => WAITING),
    streams: Array.from({ length: orders }, () => []),
    running: [],
    owed: [],
    faults,
  };
}

/** Nothing is left that anybody waits for. What was given up may still be under way. */
export function isQuiet({ tasks, streams, running, owed }: State): boolean {
  return (
    tasks.every((state) => state === DONE) &&
    streams.every((changes) => changes.length === 0) &&
    owed.length === 0 &&
    running.every(({ live }) => !live)
  );
}

/** Short text that is equal for equal states. */
export function keyOf({ table, tasks, streams, running, owed, faults }: State): string {
  const units: number[] = [];
  put(units, table.length);
  for (const item of table) put(units, item);
  for (const task of tasks) put(units, task);
  for (const changes of streams) {
    put(units, changes.length);
    for (const change of changes) put(units, change);
  }
  for (const { of, node, live } of running.toSorted(byPlace)) {
    put(units, of + 64);
    put(units, node);
    put(units, live ? 1 : 0);
  }
  put(units, owed.length);
  for (const order of owed) put(units, order);
  put(units, faults.losses);
  put(units, faults.lostAnswers);
  put(units, faults.repeats);
  put(units, faults.drops);
  return String.fromCharCode(...units);
}

/** Most numbers are small: of a larger one, its upper half comes first, marked as such. */
function put(units: number[], number: number): void {
  if (number > 0x7fff) units.push(0x8000 | (number >> 15));
  units.push(number & 0x7fff);
}

/** Without zeros at the end, so that tables are alike although later ones have met more keys. */
export function replaced(table: readonly number[], key: number, item: number): readonly number[] {
  const next = [...table];
  while (next.length < key) next.push(0);
  next[key] = item;
  while (next.at(-1) === 0) next.pop();
  return next;
}

function byPlace(a: Running, b: Running): number {
  return a.of - b.of || a.node - b.node || Number(a.live) - Number(b.live);
}
