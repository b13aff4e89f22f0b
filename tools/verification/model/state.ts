/** The state of a world: the table, the finished tasks and the running invocations. */

/** The faults that can occur, and how often. */
export interface Faults {
  /** Interrupted invocations: their work is repeated, while they vanish or continue late. */
  readonly losses: number;
  /** Writes that took effect but whose answer was lost: the SDK sends them again. */
  readonly lostAnswers: number;
  /** Webhooks that are delivered again after they were answered. */
  readonly repeats: number;
  /** Records of the stream that are discarded: their orders are recomputed later. */
  readonly drops: number;
}

/** A running invocation. */
export interface Running {
  /** The number of a task; -1 and below for the stream of an order; above the tasks for the redrive of an order. */
  readonly of: number;
  readonly node: number;
  /** False if it was interrupted: it may continue, but nothing waits for it. */
  readonly live: boolean;
}

export const WAITING = 0;
export const UNDER_WAY = 1;
export const DONE = 2;

export interface State {
  /** Items by key. */
  readonly table: readonly number[];
  readonly tasks: readonly number[];
  /** By order, the states of its item that have not been recomputed yet. */
  readonly streams: readonly (readonly number[])[];
  readonly running: readonly Running[];
  /** The orders that need a recompute, by number. */
  readonly owed: readonly number[];
  readonly faults: Faults;
}

/** A world at its beginning. */
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

/** Nothing is left that must be done. An interrupted invocation may still be running. */
export function isQuiet({ tasks, streams, running, owed }: State): boolean {
  return (
    tasks.every((state) => state === DONE) &&
    streams.every((changes) => changes.length === 0) &&
    owed.length === 0 &&
    running.every(({ live }) => !live)
  );
}

/** A short text that is equal for equal states. */
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

/** Most numbers are small. For a larger one, its upper half comes first, with a mark. */
function put(units: number[], number: number): void {
  if (number > 0x7fff) units.push(0x8000 | (number >> 15));
  units.push(number & 0x7fff);
}

/** Without zeros at the end, so that tables are equal even if later ones have seen more keys. */
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
