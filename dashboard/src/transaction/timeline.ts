import type { JunctionCheck, Note, Order, PatientMessage, Transaction } from '../api/answers.ts';
import { hasOpenRedraw } from '../redraw/open-redraw.ts';
import { type Entry, lowLevel, type Mark, type OrderEntry } from './entries.ts';
import { orderEntries } from './order-entries.ts';

/** A timeline entry. `gap` is the time since the previous entry (ms), if it is a day or more. */
export interface Row {
  readonly entry: Entry;
  readonly gap: number | null;
  /** In the future. */
  readonly ahead: boolean;
}

const DAY = 86_400_000;

/** The messages and the entries of people. */
export interface People {
  readonly messages?: readonly PatientMessage[];
  readonly notes?: readonly Note[];
}

/**
 * The events and appointments of all orders, the milestones of the redraw, the messages to the patient and what people did, in
 * order of time. `orders` are the records that exist; `now` is in ms since 1970.
 */
export function timeline(
  transaction: Transaction,
  orders: readonly Order[],
  now: number,
  { messages = [], notes = [] }: People = {},
): Row[] {
  const happened = transaction.orders.flatMap(({ id }) =>
    orderEntries(transaction, id, orders.find((order) => order.id === id) ?? null),
  );
  const checks = transaction.junction_checks.map(checkMark);
  const marks = [
    ...redrawMarks(transaction, happened),
    ...checks,
    ...messages.map(messageMark),
    ...notesBeside(transaction, notes).map(noteMark),
  ];
  const entries: Entry[] = [...happened, ...marks];
  const present = presentOf(entries, now);
  const continues = transaction.status === 'active' || entries.some(({ at }) => Date.parse(at) > present);
  if (continues) entries.push({ kind: 'now', key: 'now', at: asTheApi(present) });
  return rowsOf(inOrder(entries), present);
}

/** Kinds that can be in the future; all others have happened. */
const PLANNED: ReadonlySet<Entry['kind']> = new Set(['appointment', 'due', 'planned_message']);

/** The user's clock may be behind: an entry that has happened is never in the future. */
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
  const { available_at, stale_since, acknowledgement, withdrawal, due_at, stage } = redraw;
  const marks: Mark[] = [];
  // If the event is known, it is the entry.
  if (available_at && !happened.some((entry) => saysAvailable(entry, available_at))) {
    marks.push({ kind: 'redraw_available', key: 'redraw available', at: available_at });
  }
  if (stale_since) marks.push({ kind: 'stale', key: 'stale', at: stale_since });
  if (acknowledgement) {
    const { at } = acknowledgement;
    const decided = isDecision(redraw, at);
    marks.push({ kind: 'acknowledged', key: 'acknowledged', at, acknowledgement, decided });
  }
  if (withdrawal) {
    const { at } = withdrawal;
    marks.push({ kind: 'released', key: 'released', at, withdrawal, decided: isDecision(redraw, at) });
  }
  if (due_at && hasOpenRedraw(transaction)) marks.push({ kind: 'due', key: 'due', at: due_at, stage });
  return marks;
}

/** Whether what happened at this time was about the decision and not about the open redraw. */
function isDecision({ decision }: NonNullable<Transaction['redraw']>, at: string): boolean {
  return decision !== null && Date.parse(at) >= Date.parse(decision.since ?? at);
}

/** The notes, except those that duplicate the redraw's acknowledgement and release. */
function notesBeside({ redraw }: Transaction, notes: readonly Note[]): readonly Note[] {
  const shown = { acknowledged: redraw?.acknowledgement?.at, released: redraw?.withdrawal?.at };
  return notes.filter(
    ({ kind, at }) => !((kind === 'acknowledged' || kind === 'released') && shown[kind] === at),
  );
}

function noteMark(note: Note): Mark {
  return { kind: 'noted', key: `note ${note.id}`, at: note.at, note };
}

function checkMark(check: JunctionCheck): Mark {
  return { kind: 'checked', key: `check ${check.at}`, at: check.at, check };
}

function messageMark(message: PatientMessage): Mark {
  const { id, state, due_at, sent_at, updated_at } = message;
  const key = `message ${id}`;
  if (state === 'planned') return { kind: 'planned_message', key, at: due_at ?? updated_at, message };
  return { kind: 'message', key, at: sent_at ?? updated_at, message };
}

function saysAvailable(entry: OrderEntry, at: string): boolean {
  return entry.kind === 'event' && entry.at === at && lowLevel(entry.status) === 'redraw_available';
}

/** Order of entries at the same time: a registration before its order, redraw milestones last. */
const AT_ONCE: Readonly<Record<Entry['kind'], number>> = {
  registered: 0,
  created: 1,
  event: 1,
  critical_result: 2,
  match_review: 2,
  appointment: 3,
  redraw_available: 4,
  checked: 5,
  noted: 7,
  message: 5,
  planned_message: 5,
  due: 6,
  stale: 7,
  released: 8,
  acknowledged: 9,
  now: 10,
};

/** By time, then by kind, then as given: orders by creation, events as the API ordered them. */
function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || finer(a, b));
}

function finer(a: Entry, b: Entry): number {
  // The API's times have microseconds; a Date doesn't.
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
