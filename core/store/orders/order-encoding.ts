/** How the parts of an order item are stored: short, because every write costs the size of the whole item. */
import { type Instant, instantOfStamp, NO_STAMP, stampOf } from '../../domain/instant.ts';
import type { CriticalResult } from '../../domain/order/critical-result.ts';
import type { Claim, Listing } from '../../domain/order/membership.ts';
import type { OrderEvent } from '../../domain/order/order-event.ts';
import {
  type Appointment,
  type ClientUser,
  EMPTY_SNAPSHOT,
  type LabTest,
  type MissingResult,
  type OrderSnapshot,
  type SiblingFact,
  type TransactionReport,
} from '../../domain/order/order-record.ts';
import type { Ranked } from '../../domain/order/registers.ts';
import type { Item } from '../table.ts';

const stampOrNull = (instant: Instant | null) => instant && stampOf(instant);
const instantOrNull = (stamp: unknown) => (typeof stamp === 'string' ? instantOfStamp(stamp) : null);

export const encodeEvent = (e: OrderEvent) =>
  stampOf(e.created_at) +
  JSON.stringify([e.position, e.id, shortStatus(e.status), ...(e.last ? [1] : [])]).slice(1, -1);

/** The beginnings of Junction's statuses (`received.testkit.ordered`), as each event of an order has one. */
const SHORT_WORDS: Readonly<Record<string, string>> = {
  received: 'r',
  collecting_sample: 'c',
  sample_with_lab: 's',
  completed: 'd',
  cancelled: 'x',
  failed: 'f',
  testkit: 't',
  walk_in_test: 'w',
  at_home_phlebotomy: 'p',
  on_site_collection: 'o',
};
const LONG_WORDS = Object.fromEntries(Object.entries(SHORT_WORDS).map(([long, short]) => [short, long]));
const AS_IT_IS = '=';

/** A status with its first two words as letters: `r.t.ordered`. One that would be read as another stays as it is. */
function shortStatus(status: string): string {
  const short = withWords(status, SHORT_WORDS);
  return longStatus(short) === status ? short : AS_IT_IS + status;
}

function longStatus(short: string): string {
  return short.startsWith(AS_IT_IS) ? short.slice(AS_IT_IS.length) : withWords(short, LONG_WORDS);
}

function withWords(status: string, words: Readonly<Record<string, string>>): string {
  const [high = '', method, ...low] = status.split('.');
  if (method === undefined || low.length === 0) return status;
  const known = (word: string) => (Object.hasOwn(words, word) ? words[word] : word);
  return [known(high), known(method), ...low].join('.');
}

const REFERENCE_LENGTH = 4;
const REFERENCE = /.{4}/g;

/** The events of a payload as references to the elements of the order's sets of events. */
export const encodeReferences = (events: readonly OrderEvent[]) =>
  events.map((event) => referenceTo(encodeEvent(event))).join('');

/** The events that the references name, in the order of the payload. */
export function decodeReferences(
  references: string,
  elements: ReadonlyMap<string, OrderEvent>,
): OrderEvent[] {
  const names = references.match(REFERENCE) ?? [];
  return names.flatMap((name) => elements.get(name) ?? []);
}

/** The elements of sets of events by their references. */
export function byReference(elements: Iterable<string>): Map<string, OrderEvent> {
  return new Map([...elements].map((text) => [referenceTo(text), decodeEvent(text)]));
}

/** A short name for an element: 20 bits of its FNV-1a hash. An order has some ten, so that two never share one in practice. */
function referenceTo(element: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < element.length; index += 1) {
    hash = Math.imul(hash ^ element.charCodeAt(index), 0x01000193);
  }
  return ((hash >>> 0) % 36 ** REFERENCE_LENGTH).toString(36).padStart(REFERENCE_LENGTH, '0');
}

/** An order's fact about itself is stored without its id, and a mere origin alone, because nearly every item has one. */
export function encodeSibling(s: SiblingFact, id: string): string {
  const { order_id, status, origin, parent_id } = s;
  const place = order_id === id ? '' : order_id;
  const fields = [place, stampOrNull(s.status_at), status, origin, parent_id, stampOrNull(s.created_at)];
  const isOrigin = place === '' && fields.every((field, index) => index === ORIGIN || !field);
  if (isOrigin && origin !== null) return JSON.stringify(origin);
  // Nulls at the end are left out.
  return JSON.stringify(fields.slice(0, fields.findLastIndex((field) => field !== null) + 1));
}

const ORIGIN = 3;

/** A register is one text that begins with its rank, so that a condition can compare it as one value. */
const SEPARATOR = ' ';
/** @param home the order's first transaction, whose id the item holds anyway */
export const encodeClaim = ({ rank, transaction_id }: Claim, home: string | null) =>
  `${rank}${SEPARATOR}${transaction_id === home ? '' : transaction_id}`;
export const encodeClientUser = (rank: string, { user_id, client_user_id }: ClientUser) =>
  `${rank}${SEPARATOR}${JSON.stringify([user_id, client_user_id])}`;

export const encodeMissingResults = (rank: string, markers: readonly MissingResult[]) =>
  `${rank}${SEPARATOR}${JSON.stringify(markers)}`;

function decodeRegister(register: unknown): { rank: string; value: string } | null {
  if (typeof register !== 'string') return null;
  const end = register.indexOf(SEPARATOR);
  return { rank: register.slice(0, end), value: register.slice(end + 1) };
}

export const encodeListing = (l: Listing) =>
  JSON.stringify([l.order_id, l.transaction_id, stampOrNull(l.as_of)]);

export const encodeCriticalResult = (r: CriticalResult) =>
  JSON.stringify([r.updated_at, r.status, ...(r.inOrder ? [IN_ORDER] : [])]);
const IN_ORDER = 1;

/** The stored names of the fields of a snapshot that most payloads hold. */
/** The field of a stored snapshot that holds its `updated_at`. */
export const STORED_UPDATED_AT = 'updated';

const SHORT_NAMES: Readonly<Record<string, string>> = {
  lab_test: 'test',
  user_id: 'user',
  team_id: 'team',
  created_at: 'created',
  updated_at: STORED_UPDATED_AT,
  has_missing_results: 'missing',
  expected_result_by_date: 'expected',
  worst_case_result_by_date: 'worst_case',
  status_details: 'details',
};
const LONG_NAMES = Object.fromEntries(Object.entries(SHORT_NAMES).map(([long, short]) => [short, long]));

const renamed = (fields: Item, names: Readonly<Record<string, string>>): Item =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));

/** A snapshot in its stored form, without nulls and without the missing results, which are stored separately: a write costs the size of the item, and most payloads lack many fields. */
export function encodeSnapshot({ missing_results: _, ...snapshot }: OrderSnapshot, orderId: string): Item {
  const { created_at, updated_at, report, lab_test, status_details } = snapshot;
  const compact = {
    ...snapshot,
    lab_test: lab_test && [lab_test.id, lab_test.name, lab_test.slug, lab_test.lab],
    created_at: stampOrNull(created_at),
    updated_at: stampOrNull(updated_at),
    status_details: Object.keys(status_details).length > 0 ? status_details : null,
    report: report && spelledReport(report, (id) => (id === orderId ? ITSELF : id), stampOrNull),
  };
  const present = Object.entries(compact).filter(([, value]) => value !== null);
  return renamed(Object.fromEntries(present), SHORT_NAMES);
}

/** The values of fields that are not stored. */
const EMPTY_APPOINTMENT: Omit<Appointment, 'id'> = {
  status: null,
  event_status: null,
  start_at: null,
  end_at: null,
  iana_timezone: null,
  provider: null,
  type: null,
  can_reschedule: null,
  updated_at: null,
};

/** An appointment in its stored form: without nulls, and without its id, which is part of the attribute's name. */
export function encodeAppointment({ id: _, question_at: __, ...appointment }: Appointment): Item {
  const { start_at, end_at, updated_at } = appointment;
  const times = {
    start_at: stampOrNull(start_at),
    end_at: stampOrNull(end_at),
    updated_at: stampOrNull(updated_at),
  };
  return Object.fromEntries(
    Object.entries({ ...appointment, ...times }).filter(([, value]) => value !== null),
  );
}

export function decodeAppointment(id: string, stored: Item, question: unknown): Appointment {
  const { start_at, end_at, updated_at, ...fields } = stored;
  return {
    id,
    ...EMPTY_APPOINTMENT,
    ...fields,
    start_at: instantOrNull(start_at),
    end_at: instantOrNull(end_at),
    updated_at: instantOrNull(updated_at),
    ...(typeof question === 'string' && { question_at: instantOfStamp(question) }),
  };
}

/** Replaces the order's own id in its report, because nearly every report lists it. DynamoDB accepts no empty name. */
const ITSELF = '.';

function spelledReport(
  { status, orders }: TransactionReport,
  spellId: (id: string) => string,
  spellTime: (time: string | null) => string | null,
): TransactionReport {
  const entries = Object.entries(orders).map(([id, time]) => [spellId(id), spellTime(time)]);
  return { status, orders: Object.fromEntries(entries) };
}

export function decodeSnapshot(held: Item, orderId: string): OrderSnapshot {
  const { lab_test, ...others } = renamed(held, LONG_NAMES);
  const fields: Partial<OrderSnapshot> = others;
  const { created_at = null, updated_at = null, report = null } = fields;
  return {
    ...EMPTY_SNAPSHOT,
    ...fields,
    lab_test: Array.isArray(lab_test) ? decodeLabTest(lab_test) : null,
    created_at: instantOrNull(created_at),
    updated_at: instantOrNull(updated_at),
    report: report && spelledReport(report, (id) => (id === ITSELF ? orderId : id), instantOrNull),
  };
}

function decodeLabTest([id, name, slug, lab]: unknown[]): LabTest {
  return { id, name, slug, lab } as LabTest;
}

export function decodeClaim(register: unknown, home: string | null): Claim | null {
  const decoded = decodeRegister(register);
  return decoded && { rank: decoded.rank, transaction_id: decoded.value || (home ?? '') };
}

/** A value with the rank of its payload; null if the attribute is absent. */
export function decodeRanked<Value>(register: unknown, read: (text: string) => Value): Ranked<Value> | null {
  const decoded = decodeRegister(register);
  return decoded && { rank: decoded.rank, value: read(decoded.value) };
}

export const readMissingResults = (text: string) => JSON.parse(text) as MissingResult[];

export function readClientUser(text: string): ClientUser {
  const [user_id, client_user_id] = JSON.parse(text) as [string | null, string];
  return { user_id, client_user_id };
}

// The decoders read the positions that the encoders above write.

function decodeEvent(text: string): OrderEvent {
  const created_at = instantOfStamp(text.slice(0, NO_STAMP.length));
  const parts = JSON.parse(`[${text.slice(NO_STAMP.length)}]`) as [number, string, string, 1?];
  const [position, id, status, last] = parts;
  return { created_at, position, id, status: longStatus(status), ...(last && { last: true }) };
}

export function decodeSibling(stored: unknown[] | string, id: string): SiblingFact {
  const [order_id, ...facts] = typeof stored === 'string' ? ['', null, null, stored] : stored;
  const [statusStamp, status = null, origin = null, parent_id = null, createdStamp] = facts;
  const status_at = instantOrNull(statusStamp);
  const created_at = instantOrNull(createdStamp);
  return { order_id: order_id || id, status_at, status, origin, parent_id, created_at } as SiblingFact;
}

export function decodeListing([order_id, transaction_id, stamp]: unknown[]): Listing {
  return { order_id, transaction_id, as_of: instantOrNull(stamp) } as Listing;
}

export function decodeCriticalResult([updated_at, status, source]: unknown[]): CriticalResult {
  return { updated_at, status, ...(source === IN_ORDER && { inOrder: true }) } as CriticalResult;
}
