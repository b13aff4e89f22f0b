/** How the parts of an order item are stored: short, because every write costs the size of the whole item. */
import { type Instant, instantOfStamp, NO_STAMP, stampOf } from '../../domain/instant.ts';
import type { CriticalResult } from '../../domain/order/critical-result.ts';
import type { Claim, Listing } from '../../domain/order/membership.ts';
import type { OrderEvent } from '../../domain/order/order-event.ts';
import {
  type Appointment,
  type ClientUser,
  EMPTY_SNAPSHOT,
  identityOf,
  type LabTest,
  type MissingResult,
  type OrderSnapshot,
  type SiblingFact,
  type TransactionReport,
} from '../../domain/order/order-record.ts';
import type { Ranked } from '../../domain/order/registers.ts';
import { longStatus, longWord, shortStatus, shortWord } from '../status-words.ts';
import type { Item } from '../table.ts';

const stampOrNull = (instant: Instant | null) => instant && stampOf(instant);
const instantOrNull = (stamp: unknown) => (typeof stamp === 'string' ? instantOfStamp(stamp) : null);

/** `<stamp><position>,<id>,<status>`, with `,1` if it is the last one of its payload. Unusual ids and statuses are quoted. */
export function encodeEvent({ created_at, position, id, status, last }: OrderEvent): string {
  const fields = [position, id, shortStatus(status), ...(last ? [1] : [])];
  const isPlain = [id, status].every((text) => PLAIN.test(text));
  return stampOf(created_at) + (isPlain ? fields.join(',') : JSON.stringify(fields).slice(1, -1));
}

const PLAIN = /^[\w.:-]+$/;
const QUOTED = /^\d+,"/;

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

/** Begins the name of an attribute with what the payloads of an order say about an order of its transaction: `+<id>`. */
const OTHER = '+';

/** The name of the attribute with what the payloads of the order `of` say about an order, itself or another. */
export const attributeAbout = (orderId: string, of: string) => OTHER + (orderId === of ? ITSELF : orderId);

/** The order that such an attribute is about; null for another attribute. */
export function orderAbout(name: string, of: string): string | null {
  if (!name.startsWith(OTHER)) return null;
  const id = name.slice(OTHER.length);
  return id === ITSELF ? of : id;
}

/** A fact without the id of its order, which the attribute's name has. A mere origin is stored alone: nearly every item has one. */
export function encodeSibling(fact: SiblingFact, of: string): string {
  const { order_id, status, origin, parent_id } = fact;
  const parent = parent_id === of ? ITSELF : parent_id;
  const fields = [stampOrNull(fact.status_at), status, origin, parent, stampOrNull(fact.created_at)];
  const isOrigin = order_id === of && fields.every((field, index) => index === ORIGIN || !field);
  if (isOrigin && origin !== null) return JSON.stringify(origin);
  // Nulls at the end are left out.
  return JSON.stringify(fields.slice(0, fields.findLastIndex((field) => field !== null) + 1));
}

const ORIGIN = 2;

/** A register is one text that begins with its rank, so that a condition can compare it as one value. */
const SEPARATOR = ' ';
/** @param home the order's first transaction, whose id the item holds anyway */
export const encodeClaim = ({ rank, transaction_id }: Claim, home: string | null) =>
  `${rank}${SEPARATOR}${transaction_id === home ? '' : transaction_id}`;

/** The claim of another order's list. Its rank, `<time>|<order>|<transaction>`, ends with the transaction. */
export function encodeListedClaim({ rank }: Claim): string {
  const [at = '', ...others] = rank.split(BESIDE);
  return [stampOf(at), ...others].join(BESIDE);
}

export function decodeListedClaim(register: unknown): Claim | null {
  if (typeof register !== 'string') return null;
  const [stamp = '', lister = '', ...named] = register.split(BESIDE);
  const transaction_id = named.join(BESIDE);
  return { rank: [instantOfStamp(stamp), lister, transaction_id].join(BESIDE), transaction_id };
}

const BESIDE = '|';

export const encodeClientUser = (rank: string, { user_id, client_user_id }: ClientUser) =>
  `${rank}${SEPARATOR}${JSON.stringify([user_id, client_user_id])}`;

/** A statement of the newest payload without its rank, which the item holds anyway. */
export const withoutRank = (register: string) => register.slice(register.indexOf(SEPARATOR));

/** The whole statement that is stored without its rank; another register as it is. */
export const withRank = (register: string, rank: string) =>
  register.startsWith(SEPARATOR) ? rank + register : register;

/** The register of a client user without the user that the newest payload names, which the item holds anyway. */
export function withoutUser(register: string, userId: string | null): string {
  const start = register.indexOf(SEPARATOR) + SEPARATOR.length;
  const user = userBefore(userId);
  return register.startsWith(user, start)
    ? register.slice(0, start) + register.slice(start + user.length)
    : register;
}

/** The whole register of a client user that is stored without its user; another one as it is. */
export const withUser = (register: string, userId: string | null) =>
  register.replace(OF_PAYLOAD, (before) => `${before.slice(0, -1)}${userBefore(userId)}"`);

/** The start of such a register. */
const OF_PAYLOAD = /^\S* "/;

/** How a client user of the user that the payload names begins. */
const userBefore = (userId: string | null) => `[${JSON.stringify(userId)},`;

export const encodeMissingResults = (rank: string, markers: readonly MissingResult[]) =>
  `${rank}${SEPARATOR}${JSON.stringify(markers)}`;

function decodeRegister(register: unknown): { rank: string; value: string } | null {
  if (typeof register !== 'string') return null;
  const end = register.indexOf(SEPARATOR);
  return { rank: register.slice(0, end), value: register.slice(end + 1) };
}

/** A listing without the id of the listed order, which the attribute's name has, and without the order's first transaction. */
export const encodeListing = ({ transaction_id, as_of }: Listing, home: string | null) =>
  (stampOrNull(as_of) ?? NO_STAMP) + (transaction_id === home ? '' : SEPARATOR + transaction_id);

export const encodeCriticalResult = (r: CriticalResult) =>
  JSON.stringify([r.updated_at, r.status, ...(r.inOrder ? [IN_ORDER] : [])]);
const IN_ORDER = 1;

/** The fields of a stored snapshot that conditions name. */
export const STORED_UPDATED_AT = 'updated';
export const STORED_USER = 'user';

/** The stored names of the fields of a snapshot that most payloads hold. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  modality: 'by',
  lab_test: 'test',
  user_id: STORED_USER,
  team_id: 'team',
  created_at: 'created',
  updated_at: STORED_UPDATED_AT,
  has_missing_results: 'missing',
  expected_result_by_date: 'exp',
  worst_case_result_by_date: 'worst',
  status_details: 'details',
};
const LONG_NAMES = Object.fromEntries(Object.entries(SHORT_NAMES).map(([long, short]) => [short, long]));

const renamed = (fields: Item, names: Readonly<Record<string, string>>): Item =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));

/** A snapshot in its stored form, without nulls and without the missing results, which are stored separately: a write costs the size of the item, and most payloads lack many fields. */
export function encodeSnapshot({ missing_results: _, ...snapshot }: OrderSnapshot, orderId: string): Item {
  const { origin, parent_id, ...others } = snapshot;
  const { status, modality, created_at, updated_at, report, lab_test, status_details } = others;
  const identity = identityOf(orderId, snapshot)[0];
  const compact = {
    ...others,
    [IDENTITY]: identity ? referenceTo(encodeSibling(identity, orderId)) : null,
    status: status && shortWord(status),
    modality: modality && shortWord(modality),
    lab_test: lab_test && [lab_test.id, lab_test.name, lab_test.slug, lab_test.lab],
    created_at: stampOrNull(created_at),
    updated_at: stampOrNull(updated_at),
    status_details: Object.keys(status_details).length > 0 ? status_details : null,
    report: report && encodeReport(report, orderId),
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

/** A report as its status, then the id and the time of each order. One with unusual words is stored with names. */
function encodeReport({ status, orders }: TransactionReport, orderId: string): string | Item {
  const entries = Object.entries(orders).map(([id, at]) => [
    id === orderId ? ITSELF : id,
    stampOrNull(at) ?? NO_STAMP,
  ]);
  const words = [status ?? NO_STATUS, ...entries.flat()];
  const isPlain = status !== NO_STATUS && words.every((word) => PLAIN.test(word));
  return isPlain ? words.join(SEPARATOR) : { status, orders: Object.fromEntries(entries) };
}

const NO_STATUS = '-';

function decodeReport(stored: unknown, orderId: string): TransactionReport {
  const { status, orders } = typeof stored === 'string' ? spelledOut(stored) : (stored as StoredReport);
  const entries = Object.entries(orders).map(([id, stamp]) => [
    id === ITSELF ? orderId : id,
    stamp === NO_STAMP ? null : instantOfStamp(stamp),
  ]);
  return { status, orders: Object.fromEntries(entries) };
}

interface StoredReport {
  readonly status: string | null;
  readonly orders: Readonly<Record<string, string>>;
}

function spelledOut(text: string): StoredReport {
  const [status = NO_STATUS, ...words] = text.split(SEPARATOR);
  const entries = words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1]]] : []));
  return { status: status === NO_STATUS ? null : status, orders: Object.fromEntries(entries) };
}

/** The field with the reference to the statement about the order itself that has its origin and parent: it is stored anyway. */
const IDENTITY = 'who';

/** What an order states about itself, by reference. */
export type Identities = ReadonlyMap<string, SiblingFact>;

export const identitiesIn = (elements: Iterable<string>, id: string): Identities =>
  new Map(
    [...elements].flatMap((text) =>
      IS_FACT.test(text) ? [[referenceTo(text), decodeSibling(text, id, id)] as const] : [],
    ),
  );

export function decodeSnapshot(held: Item, orderId: string, identities: Identities): OrderSnapshot {
  const { lab_test, [IDENTITY]: reference, ...others } = renamed(held, LONG_NAMES);
  const { origin = null, parent_id = null } = identities.get(String(reference)) ?? {};
  const fields: Partial<OrderSnapshot> = others;
  const { status = null, modality = null, created_at = null, updated_at = null, report = null } = fields;
  return {
    ...EMPTY_SNAPSHOT,
    ...fields,
    origin,
    parent_id,
    status: status && longWord(status),
    modality: modality && longWord(modality),
    lab_test: Array.isArray(lab_test) ? decodeLabTest(lab_test) : null,
    created_at: instantOrNull(created_at),
    updated_at: instantOrNull(updated_at),
    report: report && decodeReport(report, orderId),
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
  const fields = text.slice(NO_STAMP.length);
  const parts = QUOTED.test(fields) ? (JSON.parse(`[${fields}]`) as unknown[]) : fields.split(',');
  const [position, id, status = '', last] = parts.map(String);
  return {
    created_at,
    position: Number(position),
    id,
    status: longStatus(status),
    ...(last && { last: true }),
  } as OrderEvent;
}

function decodeSibling(text: string, order_id: string, of: string): SiblingFact {
  const stored = JSON.parse(text) as unknown[] | string;
  const fields = typeof stored === 'string' ? [null, null, stored] : stored;
  const [statusStamp, status = null, origin = null, parent = null, createdStamp] = fields;
  const status_at = instantOrNull(statusStamp);
  const created_at = instantOrNull(createdStamp);
  const parent_id = parent === ITSELF ? of : parent;
  return { order_id, status_at, status, origin, parent_id, created_at } as SiblingFact;
}

function decodeListing(text: string, order_id: string, home: string | null): Listing {
  const [stamp = NO_STAMP, transaction_id = home ?? ''] = text.split(SEPARATOR);
  return { order_id, transaction_id, as_of: stamp === NO_STAMP ? null : instantOfStamp(stamp) };
}

/** What the elements of an attribute about an order say. Facts are JSON, and listings begin with a stamp. */
export function decodeAbout(
  elements: Iterable<string>,
  order_id: string,
  { of, home }: { readonly of: string; readonly home: string | null },
): { readonly siblings: readonly SiblingFact[]; readonly listings: readonly Listing[] } {
  const [siblings, listings]: [SiblingFact[], Listing[]] = [[], []];
  for (const text of elements) {
    if (IS_FACT.test(text)) siblings.push(decodeSibling(text, order_id, of));
    else listings.push(decodeListing(text, order_id, home));
  }
  return { siblings, listings };
}

const IS_FACT = /^["[]/;

export function decodeCriticalResult([updated_at, status, source]: unknown[]): CriticalResult {
  return { updated_at, status, ...(source === IN_ORDER && { inOrder: true }) } as CriticalResult;
}
