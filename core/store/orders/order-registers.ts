import { type Instant, instantOfStamp, latest, stampOf } from '../../domain/instant.ts';
import type { Claim } from '../../domain/order/membership.ts';
import type { OrderEvent } from '../../domain/order/order-event.ts';
import type { MissingResult, OrderFacts } from '../../domain/order/order-record.ts';
import {
  type AnswerRegister,
  type OrderRegisters,
  type PayloadRegister,
  receiptKey,
} from '../../domain/order/registers.ts';
import type { Item } from '../table.ts';
import {
  attributeAbout,
  byReference,
  decodeAbout,
  decodeClaim,
  decodeRanked,
  decodeReferences,
  decodeSnapshot,
  encodeReferences,
  encodeSnapshot,
  type Identities,
  identitiesIn,
  orderAbout,
  readClientUser,
  readMissingResults,
  withRank,
  withUser,
} from './order-encoding.ts';

/** The attribute that holds the claim of the order's own payloads. */
const OWN_CLAIM = 'own';

/** The attribute with the first transaction that a webhook of the order or of an appointment of it, or the list of another order, named. */
export const FIRST_HOME = 'home';

export const firstHomeOf = (item: Item): string | null => (item[FIRST_HOME] as string | undefined) ?? null;

const APPOINTMENT_CLAIM_PREFIX = 'own#';

/** The attribute that holds the claim of one appointment for its order. */
export const appointmentClaimAttribute = (id: string) => `${APPOINTMENT_CLAIM_PREFIX}${id}`;

/**
 * The attributes of the newest webhook that was received after the newest answer: rank, references to its events, receipt,
 * the receipt of a rival, and its other fields.
 */
export const PAYLOAD = {
  rank: 'rank',
  said: 'ev',
  receivedAt: 'in',
  rivalAt: 'rival',
  snapshot: 'snapshot',
} as const;

/** The attributes that hold the newest statement of a webhook about each of these. A webhook can leave them out. */
export const STATEMENTS = { own: OWN_CLAIM, client: 'client', missing: 'missing_results' } as const;

/** The attribute that holds those statements of the webhooks that were received before the newest answer. */
export const KEPT_STATEMENTS = 'kept';

/** The attributes of Junction's newest answer, and of the time before which it replaces webhooks. */
export const ANSWER = 'answer';
export const REPLACES_UNTIL = 'asked';

/** The attributes that let webhooks count that contradict the answer, and future events whose time has come, up to a time. */
export const TRUSTED_UNTIL = 'trusted';
export const ELAPSED_AT = 'elapsed';

/** The statements of the item's own payloads, each with its rank and user, also if these are those of the newest payload. */
export function statementsIn(item: Item): Record<string, string> {
  const { user = null } = (item[PAYLOAD.snapshot] as { user?: string } | undefined) ?? {};
  return Object.fromEntries(
    Object.values(STATEMENTS).flatMap((name) => {
      const register = item[name];
      if (typeof register !== 'string') return [];
      const ranked = withRank(register, textAt(item, PAYLOAD.rank));
      return [[name, name === STATEMENTS.client ? withUser(ranked, user) : ranked]];
    }),
  );
}

/** Of two sets of statements, the newest of each: a statement begins with its rank. */
export function newestOf(one: Item, other: Item): Item {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, latest([textAt(one, name), textAt(other, name)])]));
}

/** `~<key>`: when a fact that was received before its own time was first received. */
const RECEIPT = '~';

/** The receipts of the facts that are dated after it. Nearly every payload has none. */
export function receiptsOf({
  events,
  futureEvents,
  siblings,
  listings,
  receivedAt,
}: OrderFacts): Record<string, string> {
  const dated = [
    ...[...events, ...futureEvents].map((event) => ({ key: receiptKey(event), at: event.created_at })),
    ...siblings.map((fact) => ({ key: receiptKey(fact), at: fact.status_at })),
    ...listings.map((listing) => ({ key: receiptKey(listing), at: listing.as_of })),
  ];
  const early = dated.filter(({ at }) => at !== null && at > receivedAt);
  return Object.fromEntries(early.map(({ key }) => [`${RECEIPT}${key}`, stampOf(receivedAt)]));
}

/** The text of an attribute; empty if it is absent. */
export const textAt = (item: Item, name: string): string => (item[name] as string | undefined) ?? '';

export function setAt(item: Item, name: string): ReadonlySet<string> {
  const value = item[name];
  return value instanceof Set ? (value as Set<string>) : new Set();
}

export function tuples(item: Item, name: string): unknown[][] {
  return [...setAt(item, name)].map((text) => JSON.parse(text) as unknown[]);
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);
const instantOrNull = (value: unknown) => (typeof value === 'string' ? instantOfStamp(value) : null);

/** Everything that was received about the content of an order, from its item. */
export function registersIn(item: Item, id: string): OrderRegisters {
  const home = firstHomeOf(item);
  const stated = { ...item, ...statementsIn(item) };
  const about = Object.entries(item).flatMap(([name, value]) => {
    const other = orderAbout(name, id);
    return other !== null && value instanceof Set ? [decodeAbout(value, other, { of: id, home })] : [];
  });
  const [events, futureEvents] = [setAt(item, 'events'), setAt(item, 'future_events')].map(byReference);
  const elements = new Map([...(futureEvents ?? []), ...(events ?? [])]);
  const identities = identitiesIn(setAt(item, attributeAbout(id, id)), id);
  const kept = (item[KEPT_STATEMENTS] as Item | undefined) ?? {};
  const both = <Value>(name: string, read: (text: string) => Value) =>
    [stated[name], kept[name]].flatMap((register) => decodeRanked(register, read) ?? []);
  return {
    events: [...(events ?? new Map()).values()],
    futureEvents: [...(futureEvents ?? new Map()).values()],
    siblings: about.flatMap(({ siblings }) => siblings).sort(byText),
    listings: about.flatMap(({ listings }) => listings).sort(byText),
    receipts: new Map(Object.entries(item).flatMap(readReceipt)),
    payload: payloadIn(item, id, elements, identities),
    answer: answerIn(item[ANSWER] as Item | undefined, id, elements, identities),
    transactionIds: both(STATEMENTS.own, (text) => text || (home ?? '')),
    clientUsers: both(STATEMENTS.client, readClientUser),
    missingResults: both(STATEMENTS.missing, readMissingResults),
    appointmentClaims: Object.entries(item).flatMap(([name, value]) =>
      readAppointmentClaim(name, value, home),
    ),
    trustedUntil: instantOrNull(item[TRUSTED_UNTIL]),
    elapsedAt: instantOrNull(item[ELAPSED_AT]),
  };
}

type Elements = ReadonlyMap<string, OrderEvent>;

function payloadIn(
  item: Item,
  id: string,
  elements: Elements,
  identities: Identities,
): PayloadRegister | null {
  const rank = textOrNull(item[PAYLOAD.rank]);
  if (rank === null) return null;
  return {
    rank,
    receivedAt: instantOrNull(item[PAYLOAD.receivedAt]) ?? '',
    events: decodeReferences(textAt(item, PAYLOAD.said), elements),
    snapshot: decodeSnapshot(item[PAYLOAD.snapshot] as Item, id, identities),
    rivalAt: instantOrNull(item[PAYLOAD.rivalAt]),
  };
}

function answerIn(
  answer: Item | undefined,
  id: string,
  elements: Elements,
  identities: Identities,
): AnswerRegister | null {
  if (!answer) return null;
  const missing_results = (answer.missing as MissingResult[] | undefined) ?? [];
  return {
    rank: textAt(answer, 'rank'),
    askedAt: instantOrNull(answer.at) ?? '',
    events: decodeReferences(textAt(answer, 'said'), elements),
    snapshot: { ...decodeSnapshot(answer.snapshot as Item, id, identities), missing_results },
    transactionId: textOrNull(answer.transaction),
    clientUser: typeof answer.client === 'string' ? readClientUser(answer.client) : null,
  };
}

function readReceipt([name, value]: [string, unknown]): [string, Instant][] {
  const at = name.startsWith(RECEIPT) ? instantOrNull(value) : null;
  return at === null ? [] : [[name.slice(RECEIPT.length), at]];
}

function readAppointmentClaim(name: string, value: unknown, home: string | null): Claim[] {
  return name.startsWith(APPOINTMENT_CLAIM_PREFIX) ? [decodeClaim(value, home) ?? []].flat() : [];
}

/** The attributes of a webhook in the register of the newest one. */
export function payloadAttributes({
  rank,
  receivedAt,
  events,
  futureEvents,
  snapshot,
  id,
}: OrderFacts): Item {
  return {
    [PAYLOAD.rank]: rank,
    [PAYLOAD.said]: encodeReferences([...events, ...futureEvents]),
    [PAYLOAD.receivedAt]: stampOf(receivedAt),
    [PAYLOAD.snapshot]: encodeSnapshot(snapshot, id),
  };
}

/** An answer of Junction in its stored form. */
export function encodeAnswer({
  rank,
  receivedAt,
  events,
  futureEvents,
  snapshot,
  id,
  ...others
}: OrderFacts): Item {
  const { transactionId, clientUser } = others;
  const { missing_results } = snapshot;
  return {
    rank,
    at: stampOf(receivedAt),
    said: encodeReferences([...events, ...futureEvents]),
    snapshot: encodeSnapshot(snapshot, id),
    ...(missing_results.length > 0 && { missing: missing_results }),
    ...(transactionId !== null && { transaction: transactionId }),
    ...(clientUser !== null && { client: JSON.stringify([clientUser.user_id, clientUser.client_user_id]) }),
  };
}

const byText = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
