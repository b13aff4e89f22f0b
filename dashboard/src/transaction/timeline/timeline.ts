import type { Order, Transaction } from '../../api/answers.ts';
import { hasOpenRedraw } from '../../redraw/open-redraw.ts';
import { type Entry, lowLevel, type Mark, type OrderEntry } from './entries.ts';
import { orderEntries } from './order-entries.ts';

/** An entry on its place, with how long after the one before it (ms) where that is worth saying. */
export interface Row {
  readonly entry: Entry;
  readonly gap: number | null;
  /** It has not happened yet. */
  readonly ahead: boolean;
}

const DAY = 86_400_000;

/**
 * Events and appointments of all the orders and the marks of the redraw, in the order they happened. `orders` are the
 * records there are; `now` is in ms since 1970.
 */
export function timeline(transaction: Transaction, orders: readonly Order[], now: number): Row[] {
  const happened = transaction.orders.flatMap(({ id }) =>
    orderEntries(transaction, id, orders.find((order) => order.id === id) ?? null),
  );
  const entries: Entry[] = [...happened, ...redrawMarks(transaction, happened)];
  const present = presentOf(entries, now);
  const goesOn = transaction.status === 'active' || entries.some(({ at }) => Date.parse(at) > present);
  if (goesOn) entries.push({ kind: 'now', key: 'now', at: asTheApi(present) });
  return rowsOf(inOrder(entries), present);
}

/** What can lie ahead; all else has happened. */
const PLANNED: ReadonlySet<Entry['kind']> = new Set(['appointment', 'due']);

/** The reader's clock may be behind those of the API and of Junction: what has happened is not ahead for that. */
function presentOf(entries: readonly Entry[], now: number): number {
  const happened = entries.filter(({ kind }) => !PLANNED.has(kind)).map(({ at }) => Date.parse(at));
  return Math.max(now, ...happened);
}

/** RFC 3339 in UTC with microseconds, so that times compare as text. */
function asTheApi(time: number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}

function redrawMarks(transaction: Transaction, happened: readonly OrderEntry[]): Mark[] {
  const { redraw } = transaction;
  if (!redraw) return [];
  const { available_at, stale_since, acknowledgement, due_at, stage } = redraw;
  const marks: Mark[] = [];
  // The event itself says it, where it is known.
  if (available_at && !happened.some((entry) => saysAvailable(entry, available_at))) {
    marks.push({ kind: 'redraw_available', key: 'redraw available', at: available_at });
  }
  if (stale_since) marks.push({ kind: 'stale', key: 'stale', at: stale_since });
  if (acknowledgement) {
    marks.push({ kind: 'acknowledged', key: 'acknowledged', at: acknowledgement.at, acknowledgement });
  }
  if (due_at && hasOpenRedraw(transaction)) marks.push({ kind: 'due', key: 'due', at: due_at, stage });
  return marks;
}

function saysAvailable(entry: OrderEntry, at: string): boolean {
  return entry.kind === 'event' && entry.at === at && lowLevel(entry.status) === 'redraw_available';
}

/** What comes first of things at the same time: a registration precedes what it is of, a mark follows. */
const AT_ONCE: Readonly<Record<Entry['kind'], number>> = {
  registered: 0,
  created: 1,
  event: 1,
  critical_result: 2,
  appointment: 3,
  redraw_available: 4,
  due: 5,
  stale: 6,
  acknowledged: 7,
  now: 8,
};

/**
 * By time. At the same time: by kind, then as they came, which is by creation of the orders, and within an order as
 * the API ordered its events.
 */
function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || finer(a, b));
}

function finer(a: Entry, b: Entry): number {
  // The API's times have microseconds, which a date has not.
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return AT_ONCE[a.kind] - AT_ONCE[b.kind];
}

function rowsOf(entries: readonly Entry[], present: number): Row[] {
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    const time = Date.parse(entry.at);
    const passed = before ? time - Date.parse(before.at) : 0;
    return { entry, gap: passed >= DAY ? passed : null, ahead: time > present };
  });
}
