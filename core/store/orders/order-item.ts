import { type Instant, latest, parseInstant } from '../../domain/instant.ts';
import type { Arrival } from '../../domain/order/arrivals.ts';
import { correctedFacts } from '../../domain/order/corrections.ts';
import type {
  CriticalAcknowledgement,
  CriticalRecord,
  CriticalResult,
} from '../../domain/order/critical-result.ts';
import type { Discard } from '../../domain/order/discard.ts';
import type { Claim } from '../../domain/order/membership.ts';
import type {
  Appointment,
  OrderFacts,
  OrderRecord,
  Registration,
  ReportedMarkers,
} from '../../domain/order/order-record.ts';
import { byKey } from '../../domain/sort-keys.ts';
import { readAttributes } from '../damaged-items.ts';
import type { Item } from '../table.ts';
import { idIn, isOfKind, itemName } from '../table-layout.ts';
import {
  attributeAbout,
  decodeAbout,
  decodeAppointment,
  decodeCriticalResult,
  decodeListedClaim,
  encodeEvent,
  encodeListing,
  encodeSibling,
  orderAbout,
} from './order-encoding.ts';
import { firstHomeOf, registersIn, setAt, tuples } from './order-registers.ts';

/** The grow-only sets of an order item: DynamoDB string sets, which `ADD` unions without reading. */
export type OrderSets = Readonly<Record<string, ReadonlySet<string>>>;

const APPOINTMENT_PREFIX = 'appointment#';

/** The attribute that holds one appointment of the order. */
export const appointmentAttribute = (id: string) => `${APPOINTMENT_PREFIX}${id}`;

/** The attribute that is set if the order's first fact named no transaction, so that it was once unclaimed. */
export const WAS_PROVISIONAL = 'alone';

/** The attribute that holds when Junction first reported the order, in whole seconds since 1970. */
export const HEARD_AT = 'heard';

/** The attributes about the order's critical result: the time it was opened, and its last acknowledgement. */
export const CRITICAL_OPENED = 'critical_opened';
export const CRITICAL_ACKNOWLEDGEMENT = 'critical_acknowledgement';

/** `@<event>`, `?<event>`: the first arrival of a state by webhook or API. Short, because a write costs the size of the item. */
const ARRIVAL = /^([@?])(.*)$/s;
const SIGNS = { webhook: '@', api: '?' } as const;

/** The attribute that holds when an order's state arrived. */
export const arrivalAttribute = ({ by, newest }: Arrival) => `${SIGNS[by]}${newest}`;

/** The value of that attribute: whole seconds since 1970. */
export const arrivalTime = ({ at }: Arrival) => secondsOf(at);

/** An instant as whole seconds since 1970. */
export const secondsOf = (at: Instant) => Math.floor(Date.parse(at) / 1_000);

const instantOf = (seconds: number): Instant | null => parseInstant(new Date(seconds * 1_000).toISOString());

/** The attribute with the discard of the order, and the version that it made. */
export const DISCARDED = 'discarded';

/** The discard of an order; null if there is none, or if the item was written since. */
export function discardIn(item: Item): Discard | null {
  const held = item[DISCARDED] as (Discard & { readonly version: number }) | undefined;
  if (held?.version !== item.version) return null;
  const { version: _, ...discard } = held as Discard & { readonly version: number };
  return discard;
}

/** Counts the writes of an order's item that no webhook made: answers of Junction's API, claims and registrations. */
export const OTHER_WRITES = 'unheard';

/** Whether a webhook made the change of an order's item from one image (null: none) to the next. */
export function isOfWebhook(before: Item | null, after: Item): boolean {
  return (before?.[OTHER_WRITES] ?? 0) === (after[OTHER_WRITES] ?? 0);
}

/** Whether an order has a critical result, open or acknowledged. Only such an order is in an index. */
export function hasCriticalResult({ s_pk }: Item): boolean {
  return s_pk !== undefined;
}

/**
 * The sets that an order's facts add to. Empty ones are left out, because DynamoDB has no empty sets.
 *
 * @param home the order's first transaction
 */
export function setsOf({ id, events, futureEvents, siblings, listings }: OrderFacts, home: string | null) {
  const elements = [
    ...events.map((event) => ['events', encodeEvent(event)] as const),
    ...futureEvents.map((event) => ['future_events', encodeEvent(event)] as const),
    ...siblings.map((fact) => [attributeAbout(fact.order_id, id), encodeSibling(fact, id)] as const),
    ...listings.map(
      (listing) => [attributeAbout(listing.order_id, id), encodeListing(listing, home)] as const,
    ),
  ];
  const sets = new Map<string, Set<string>>();
  for (const [name, element] of elements) sets.set(name, (sets.get(name) ?? new Set()).add(element));
  return Object.fromEntries(sets);
}

/** What the sets of the stored item lack of an order's facts, and that is not outdated. */
export function lacking(item: Item, facts: OrderFacts): OrderSets {
  const { transactionId } = facts;
  const isNamed = transactionId === null || transactionId === firstHomeOf(item);
  const added: OrderSets = {
    ...setsOf(facts, firstHomeOf(item)),
    ...(!isNamed && { claimed_by: new Set([transactionId]) }),
  };
  return Object.fromEntries(
    Object.entries(added).flatMap(([name, values]) => {
      const held = setAt(item, name);
      const other = orderAbout(name, facts.id);
      const context = { of: facts.id, home: firstHomeOf(item) };
      const isKnown = (value: string) =>
        held.has(value) || (other !== null && isOutdated(value, held, other, context));
      const missing = [...values].filter((value) => !isKnown(value));
      return missing.length > 0 ? [[name, new Set(missing)]] : [];
    }),
  );
}

/** Only the newest listing of an order in a transaction counts. */
function isOutdated(
  value: string,
  held: ReadonlySet<string>,
  other: string,
  context: Parameters<typeof decodeAbout>[2],
): boolean {
  const [listing] = decodeAbout([value], other, context).listings;
  if (!listing) return false;
  return decodeAbout(held, other, context).listings.some(
    ({ transaction_id, as_of }) =>
      transaction_id === listing.transaction_id && (as_of ?? '') >= (listing.as_of ?? ''),
  );
}

/**
 * Reads an order item.
 *
 * @throws DamagedItem if the item cannot be read as an order
 */
export const readOrderItem = (item: Item): OrderRecord => readAttributes(item, recordIn);

function recordIn(item: Item): OrderRecord {
  const { sk, version } = item;
  if (!isOfKind('ORDER', sk) || typeof version !== 'number') {
    throw new TypeError(`not an order item: ${itemName(item)}`);
  }
  const id = idIn('ORDER', item);
  const registers = registersIn(item, id);
  const { ownClaim, ...corrected } = correctedFacts(registers);
  const appointments = Object.entries(item).flatMap(readAppointment);
  const discarded = discardIn(item);
  const questionAt = latest([corrected.questionAt, ...appointments.map(({ question_at }) => question_at)]);
  return {
    id,
    version,
    ...corrected,
    questionAt,
    isUnconfirmed: questionAt !== null && questionAt <= (registers.trustedUntil ?? ''),
    claims: claimsIn(item, ownClaim),
    claimedBy: claimedBy(item),
    wasProvisional: item[WAS_PROVISIONAL] === true,
    appointments,
    ...criticalIn(item),
    reportedMarkers: (item.told_markers as ReportedMarkers | undefined) ?? null,
    arrivals: Object.entries(item).flatMap(readArrival),
    registered: (item.registered as Registration | undefined) ?? null,
    heardAt: typeof item[HEARD_AT] === 'number' ? instantOf(item[HEARD_AT]) : null,
    ...(discarded && { discarded }),
  };
}

/** Every transaction that a claim ever named. */
function claimedBy(item: Item): string[] {
  const home = firstHomeOf(item);
  return [...new Set([...setAt(item, 'claimed_by'), ...(home === null ? [] : [home])])].sort();
}

function readAppointment([name, value]: [string, unknown]): Appointment[] {
  if (!name.startsWith(APPOINTMENT_PREFIX)) return [];
  const { appointment, question } = value as { appointment: Item; question?: unknown };
  return [decodeAppointment(name.slice(APPOINTMENT_PREFIX.length), appointment, question)];
}

function claimsIn(item: Item, own: Claim | null): OrderRecord['claims'] {
  const registered = item.registered as Registration | undefined;
  return {
    own,
    listed: decodeListedClaim(item.listed),
    registered: registered ? { transaction_id: registered.transaction_id, rank: registered.at } : null,
  };
}

function criticalIn(item: Item): CriticalRecord {
  const opened = item[CRITICAL_OPENED] as string | undefined;
  const held = item[CRITICAL_ACKNOWLEDGEMENT] as CriticalAcknowledgement | undefined;
  return {
    criticalResults: tuples(item, 'critical_results').map(decodeCriticalResult).sort(byTime),
    // The place in the list begins with the time.
    criticalOpenedAt: opened?.split('#')[0] ?? null,
    criticalAcknowledgement: held ? { ...held, until: held.until ?? null } : null,
  };
}

function readArrival([name, time]: [string, unknown]): Arrival[] {
  const [, sign, newest] = ARRIVAL.exec(name) ?? [];
  if (newest === undefined || typeof time !== 'number') return [];
  const at = instantOf(time) ?? '';
  return [{ by: sign === SIGNS.webhook ? 'webhook' : 'api', newest, at }];
}

const byTime = byKey(({ updated_at, status }: CriticalResult) => [updated_at, status]);
