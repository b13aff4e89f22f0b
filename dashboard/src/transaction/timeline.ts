import type { JunctionCheck, Note, Order, PatientMessage, Transaction } from '../api/answers.ts';
import { hasOpenRedraw } from '../redraw/open-redraw.ts';
import { type Entry, lowLevel, type Mark, type OrderEntry } from './entries.ts';
import { orderEntries } from './order-entries.ts';

/** An entry of the activity. */
export interface Row {
  readonly entry: Entry;
  /** In the future. */
  readonly ahead: boolean;
}

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
    ...byTemplate(messages).flatMap(messageMark),
    ...notesBeside(transaction, notes).map((note) => noteMark(note, notes)),
  ];
  const entries: Entry[] = [...happened, ...marks];
  const present = presentOf(entries, now);
  const continues = transaction.status === 'active' || entries.some(({ at }) => Date.parse(at) > present);
  if (continues) entries.push({ kind: 'now', key: 'now', at: asTheApi(present) });
  return inOrder(entries).map((entry) => ({ entry, ahead: Date.parse(entry.at) > present }));
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
    ({ kind, at }) =>
      kind !== 'withdrawn' && !((kind === 'acknowledged' || kind === 'released') && shown[kind] === at),
  );
}

function noteMark(note: Note, all: readonly Note[]): Mark {
  const withdrawn = all.some(({ withdraws }) => withdraws === note.id);
  return { kind: 'noted', key: `note ${note.id}`, at: note.at, note, withdrawn };
}

function checkMark(check: JunctionCheck): Mark {
  return { kind: 'checked', key: `check ${check.at}`, at: check.at, check };
}

function messageMark([message, ...others]: readonly PatientMessage[]): Mark[] {
  if (!message) return [];
  const kind = message.state === 'planned' ? 'planned_message' : 'message';
  const channels = [message, ...others].map(({ channel }) => channel);
  return [{ kind, key: `message ${message.id}`, at: timeOf(message), message, channels }];
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

/** Messages of one template by several channels are sent within this time (ms). */
const TOGETHER = 10 * 60_000;

/** One message for each template and time, with the channels that had the same outcome. */
function byTemplate(messages: readonly PatientMessage[]): readonly (readonly PatientMessage[])[] {
  const groups: PatientMessage[][] = [];
  for (const message of messages) {
    const same = groups.find(([one]) => one && isTogether(one, message));
    if (same) same.push(message);
    else groups.push([message]);
  }
  return groups;
}

function isTogether(one: PatientMessage, other: PatientMessage): boolean {
  return (
    one.template === other.template &&
    one.channel !== other.channel &&
    one.state === other.state &&
    one.reason === other.reason &&
    Math.abs(Date.parse(timeOf(one)) - Date.parse(timeOf(other))) < TOGETHER
  );
}

function timeOf({ state, due_at, sent_at, updated_at }: PatientMessage): string {
  return (state === 'planned' ? due_at : sent_at) ?? updated_at;
}

/** Who or what an entry is about. */
export function groupOf(entry: Entry): 'people' | 'messages' | 'junction' {
  switch (entry.kind) {
    case 'noted':
    case 'acknowledged':
    case 'released':
      return 'people';
    case 'message':
    case 'planned_message':
      return 'messages';
    default:
      return 'junction';
  }
}
