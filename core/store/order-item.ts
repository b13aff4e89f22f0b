import { parseInstant } from '../domain/instant.ts';
import type { Arrival } from '../domain/order/arrivals.ts';
import type { OrderEvent } from '../domain/order/order-event.ts';
import type {
  Appointment,
  ClientUser,
  CriticalResult,
  OrderFacts,
  OrderRecord,
  OrderSnapshot,
  Registration,
  SiblingFact,
  ToldMarkers,
} from '../domain/order/order-record.ts';
import type { Item } from './table.ts';

/** The grow-only sets of an order item: DynamoDB string sets, which `ADD` unions without reading. */
export type OrderSets = Readonly<Partial<Record<SetName, ReadonlySet<string>>>>;

type SetName =
  | 'events'
  | 'future_events'
  | 'siblings'
  | 'transaction_ids'
  | 'client_users'
  | 'critical_results';

const APPOINTMENT_PREFIX = 'appointment#';

/** The attribute that holds one appointment of the order. */
export const appointmentAttribute = (id: string) => `${APPOINTMENT_PREFIX}${id}`;

/** `@<event>`, `?<event>`: when such a state first was sent or fetched. Short: every write pays for the whole item. */
const ARRIVAL = /^([@?])(.*)$/s;
const SIGNS = { webhook: '@', api: '?' } as const;

/** The attribute that holds when an order's state arrived. */
export const arrivalAttribute = ({ by, newest }: Arrival) => `${SIGNS[by]}${newest}`;

/** What that attribute holds: whole seconds since 1970. */
export const arrivalTime = ({ at }: Arrival) => Math.floor(Date.parse(at) / 1_000);

/** Counts the writes of an order's item that no webhook made: what was asked for, worked out or registered. */
export const UNHEARD = 'unheard';

/** Whether a webhook made the change of an order's item from one image (null: none) to the next. */
export function isOfWebhook(before: Item | null, after: Item): boolean {
  return (before?.[UNHEARD] ?? 0) === (after[UNHEARD] ?? 0);
}

const encodeEvent = (e: OrderEvent) => JSON.stringify([e.created_at, e.position, e.id, e.status]);

const encodeSibling = (s: SiblingFact) =>
  JSON.stringify([s.order_id, s.status_at, s.status, s.origin, s.parent_id, s.created_at]);

export const encodeClientUser = (pair: ClientUser) => JSON.stringify([pair.user_id, pair.client_user_id]);

export const encodeCriticalResult = (r: CriticalResult) => JSON.stringify([r.updated_at, r.status]);

/** What is not said is not stored, and read back as this. */
const SAYS_NOTHING: OrderSnapshot = {
  status: null,
  origin: null,
  parent_id: null,
  modality: null,
  lab_test: null,
  user_id: null,
  team_id: null,
  has_missing_results: null,
  expected_result_by_date: null,
  worst_case_result_by_date: null,
  activate_by: null,
  created_at: null,
  updated_at: null,
  missing_results: [],
  report: null,
};

/** A snapshot as it is stored. Every write pays for the whole item, and most payloads leave much out. */
export function encodeSnapshot(snapshot: OrderSnapshot): Partial<OrderSnapshot> {
  const said = Object.entries(snapshot).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said);
}

/** The sets an order's facts add to; empty ones are left out, as DynamoDB has none. */
export function setsOf(facts: OrderFacts): OrderSets {
  const sets = {
    events: facts.events.map(encodeEvent),
    future_events: facts.futureEvents.map(encodeEvent),
    siblings: facts.siblings.map(encodeSibling),
    transaction_ids: facts.transactionIds,
    client_users: facts.clientUsers.map(encodeClientUser),
  };
  return Object.fromEntries(
    Object.entries(sets).flatMap(([name, values]) => (values.length > 0 ? [[name, new Set(values)]] : [])),
  );
}

/** Those elements of `brought` that the stored item lacks. */
export function lacking(item: Item, brought: OrderSets): OrderSets {
  return Object.fromEntries(
    Object.entries(brought).flatMap(([name, values]) => {
      const held = setAt(item, name);
      const missing = [...values].filter((value) => !held.has(value));
      return missing.length > 0 ? [[name, new Set(missing)]] : [];
    }),
  );
}

function setAt(item: Item, name: string): ReadonlySet<string> {
  const value = item[name];
  return value instanceof Set ? (value as Set<string>) : new Set();
}

function tuples(item: Item, name: string): unknown[][] {
  return [...setAt(item, name)].map((text) => JSON.parse(text) as unknown[]);
}

/** Reads an order item. Throws where it is not one: then something else wrote it, and a person has to look. */
export function readOrderItem(item: Item): OrderRecord {
  const { pk, version } = item;
  if (typeof pk !== 'string' || !pk.startsWith('ORDER#') || typeof version !== 'number') {
    throw new TypeError(`not an order item: ${String(pk)}`);
  }
  return {
    id: pk.slice('ORDER#'.length),
    version,
    snapshot: item.snapshot ? { ...SAYS_NOTHING, ...(item.snapshot as Partial<OrderSnapshot>) } : null,
    events: tuples(item, 'events').map(decodeEvent),
    futureEvents: tuples(item, 'future_events').map(decodeEvent),
    siblings: tuples(item, 'siblings').map(decodeSibling).sort(byText),
    transactionIds: [...setAt(item, 'transaction_ids')].sort(),
    clientUsers: tuples(item, 'client_users').map(decodeClientUser),
    appointments: Object.entries(item)
      .filter(([name]) => name.startsWith(APPOINTMENT_PREFIX))
      .map(([, value]) => (value as { appointment: Appointment }).appointment),
    criticalResults: tuples(item, 'critical_results').map(decodeCriticalResult),
    toldMarkers: (item.told_markers as ToldMarkers | undefined) ?? null,
    arrivals: Object.entries(item).flatMap(readArrival),
    registered: (item.registered as Registration | undefined) ?? null,
  };
}

function readArrival([name, time]: [string, unknown]): Arrival[] {
  const [, sign, newest] = ARRIVAL.exec(name) ?? [];
  if (newest === undefined || typeof time !== 'number') return [];
  const at = parseInstant(new Date(time * 1_000).toISOString()) ?? '';
  return [{ by: sign === SIGNS.webhook ? 'webhook' : 'api', newest, at }];
}

const byText = (a: SiblingFact, b: SiblingFact) => (encodeSibling(a) < encodeSibling(b) ? -1 : 1);

// What follows reads back what the encoders above wrote, position by position.

function decodeEvent([created_at, position, id, status]: unknown[]): OrderEvent {
  return { created_at, position, id, status } as OrderEvent;
}

function decodeSibling([order_id, status_at, status, origin, parent_id, created_at]: unknown[]): SiblingFact {
  return { order_id, status_at, status, origin, parent_id, created_at } as SiblingFact;
}

function decodeClientUser([user_id, client_user_id]: unknown[]): ClientUser {
  return { user_id, client_user_id } as ClientUser;
}

function decodeCriticalResult([updated_at, status]: unknown[]): CriticalResult {
  return { updated_at, status } as CriticalResult;
}
