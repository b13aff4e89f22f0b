/** The content of one delivery, read on its own: state-model.md, "An order's facts". */
import { type Rules, WITH_CORRECTIONS } from '../rules.ts';
import type {
  AppointmentPayload,
  Arrival,
  CriticalPayload,
  Delivery,
  Entry,
  MissingResult,
  OrderEvent,
  OrderPayload,
  Payload,
  Snapshot,
} from './facts.ts';
import { compareEvents, identityOf, latest, nameOf, sameEvent } from './fold.ts';
import { classOf, showsAny, splitStatus } from './lifecycle.ts';
import {
  booleanOrNull,
  dateOrNull,
  type Json,
  list,
  nameOrNull,
  object,
  objectOrNull,
  textOrNull,
  time,
  timeOrNull,
  Unreadable,
  uuid,
  uuidOrNull,
} from './spelling.ts';

const ORDER_TYPES = ['labtest.order.created', 'labtest.order.updated', 'order_status_updated'];
const APPOINTMENT_TYPES = ['labtest.appointment.created', 'labtest.appointment.updated'];

/** How to read: by which rules, and what to leave out. */
export interface Reading {
  rules: Rules;
  /** The identities of the events to read as if they were not there. */
  without?: ReadonlySet<string>;
  /** What lay in the future and is not later than this counts. Normalized. */
  sweptAt?: string;
}

const read = new Map<Rules, WeakMap<Delivery, Payload>>();

/** The content of a delivery as it arrived, read once. */
export function readDelivery(delivery: Delivery, rules: Rules = WITH_CORRECTIONS): Payload {
  const known = read.get(rules) ?? new WeakMap<Delivery, Payload>();
  read.set(rules, known);
  const payload = known.get(delivery) ?? readAs(delivery, { rules });
  known.set(delivery, payload);
  return payload;
}

export function readAs(delivery: Delivery, reading: Reading): Payload {
  try {
    return readBody(object(JSON.parse(delivery.body)), circumstancesOf(delivery, reading));
  } catch (error) {
    if (error instanceof Unreadable || error instanceof SyntaxError) return { kind: 'quarantined' };
    throw error;
  }
}

/** The circumstances of a body's delivery. */
interface Circumstances extends Arrival {
  /** Anything dated later than this is in the future. */
  future: string;
  /** The transaction whose list led to the request. */
  askedFor: string | null;
  rules: Rules;
  without: ReadonlySet<string>;
}

function circumstancesOf(
  { receivedAt, askedAt, askedFor }: Delivery,
  { rules, without, sweptAt = '' }: Reading,
): Circumstances {
  const anHourAhead = time(new Date(Date.parse(receivedAt) + 3_600_000).toISOString());
  return {
    receivedAt: time(receivedAt),
    askedAt: askedAt === undefined ? '' : time(askedAt),
    future: latest([anHourAhead, sweptAt]),
    askedFor: askedFor ?? null,
    rules,
    without: without ?? new Set(),
  };
}

function readBody(body: Json, circumstances: Circumstances): Payload {
  // Three forms: {event_type, data, team_id, user_id, client_user_id}, {event_type, data}, the order alone.
  if (!('event_type' in body)) return readOrder(body, {}, circumstances);
  const type = body.event_type;
  if (typeof type !== 'string') throw new Unreadable('no event type');
  if (ORDER_TYPES.includes(type)) return readOrder(object(body.data), body, circumstances);
  if (APPOINTMENT_TYPES.includes(type)) return readAppointment(object(body.data), circumstances);
  const critical = type === 'labtest.result.critical' ? readCritical(object(body.data), circumstances) : null;
  if (critical) return critical;
  const knownWithoutFacts = type === 'labtest.result.critical' || type.startsWith('labtest.match_review.');
  return { kind: knownWithoutFacts ? 'nothing' : 'ignored' };
}

/** Null without an order. */
function readCritical(data: Json, { receivedAt }: Circumstances): CriticalPayload | null {
  const orderId = uuidOrNull(data.order_id);
  const at = timeOrNull(data.updated_at) ?? timeOrNull(data.created_at) ?? receivedAt;
  return orderId === null ? null : { kind: 'critical', orderId, at };
}

/** The time of its newest results, otherwise of its creation, otherwise of the receipt; null if they are not critical. */
function criticalSince(order: Json, counted: OrderEvent[], { receivedAt }: Circumstances): string | null {
  if (order.interpretation !== 'critical') return null;
  const withResults = counted.filter(({ status }) => {
    const parts = splitStatus(status);
    return showsAny(parts.low, 'draw and results') || 'CR'.includes(classOf(parts));
  });
  return latest(withResults.map(({ at }) => at)) || (timeOrNull(order.created_at) ?? receivedAt);
}

function readOrder(order: Json, envelope: Json, circumstances: Circumstances): OrderPayload {
  const { future, receivedAt, askedAt, askedFor, rules, without } = circumstances;
  const orderId = uuid(order.id);
  const events = readEvents(order, rules).filter((event) => !without.has(identityOf(event)));
  const counted = events.filter((event) => event.at <= future);
  const named = objectOrNull(order.order_transaction);
  const transactionId = uuidOrNull(named?.id);
  const transaction = transactionId === null ? null : named;
  const listed = transaction ? readEntries(transaction, future) : [];
  const itself = listed.find((entry) => entry.id === orderId);
  const newest = counted.toSorted(compareEvents).at(-1);
  const snapshot = readSnapshot(order, envelope, itself, newest ? splitStatus(newest.status).modality : null);
  snapshot.details = readDetails(order, counted, rules);
  snapshot.descendsAt = descendsAt(counted);
  const newestEvent = newest?.at ?? '';
  if (transaction && textOrNull(transaction.status) !== null) {
    snapshot.report = {
      status: String(transaction.status),
      times: reportedTimes(listed, orderId, newestEvent),
    };
  }
  const newestFact = transaction ? latest([...listed.flatMap((entry) => entry.at ?? []), newestEvent]) : '';
  const updatedAt = snapshot.updatedAt === null || snapshot.updatedAt > future ? '' : snapshot.updatedAt;
  const nameIn = rules.corrections ? identityOf : nameOf;
  return {
    kind: 'order',
    orderId,
    receivedAt,
    askedAt,
    counted,
    future: events.filter((event) => event.at > future),
    entries: [
      ...listed.filter((entry) => entry.id !== orderId || !shows(counted, entry)),
      ...identity(orderId, snapshot),
    ],
    transactionId: transactionId ?? askedFor,
    listings: listed
      .filter((entry) => entry.id !== orderId)
      .map((entry) => ({ orderId: entry.id, transactionId: String(transactionId), newest: newestFact })),
    criticalSince: criticalSince(order, counted, circumstances),
    hasList: listed.length > 0,
    clientUser: readClientUser(order, envelope),
    missingResults: list(order.missing_results).map((raw) => readMissingResult(object(raw))),
    snapshot,
    updatedAt,
    disagreesOnLast: disagreesOnLast(order, rules),
    digested: rules.corrections ? counted : [],
    tier: 0,
    rank: [newestEvent, new Set(counted.map(nameIn)).size, askedAt, updatedAt, newestFact],
  };
}

function readEvents(order: Json, rules: Rules): OrderEvent[] {
  const inList = list(order.events).map((raw, position) => readEvent(raw, position, rules));
  const last = objectOrNull(order.last_event);
  if (!last) return inList;
  const lastEvent = readEvent(last, inList.length, rules);
  const known = inList.some((event) => sameEvent(event, lastEvent));
  if (!rules.corrections) return known ? inList : [...inList, lastEvent];
  if (!known) return [...inList, lastEvent];
  // It decides among the events of one time in its own list.
  const isTied = inList.some((event) => event.at === lastEvent.at && !sameEvent(event, lastEvent));
  return inList.map((event) => ({ ...event, isLast: isTied && sameEvent(event, lastEvent) }));
}

function readEvent(raw: unknown, position: number, rules: Rules): OrderEvent {
  const event = object(raw);
  const id = rules.corrections ? (event.id ?? '') : event.id;
  if (typeof id !== 'number' && typeof id !== 'string') throw new Unreadable('event without id');
  if (typeof event.status !== 'string') throw new Unreadable('event without status');
  return {
    at: time(event.created_at),
    position,
    isLast: false,
    id: String(id),
    status: event.status,
  };
}

/** Junction says that `last_event` is the last item of `events`. */
function disagreesOnLast(order: Json, rules: Rules): boolean {
  const last = objectOrNull(order.last_event);
  const lastInList = list(order.events).at(-1);
  if (!last || lastInList === undefined) return false;
  return !sameEvent(readEvent(last, 0, rules), readEvent(lastInList, 0, rules));
}

function readEntries(transaction: Json, future: string): Entry[] {
  const entries: Entry[] = [];
  for (const raw of list(transaction.orders)) {
    const entry = objectOrNull(raw);
    if (!entry || entry.id === null || entry.id === undefined) continue;
    const low = textOrNull(entry.low_level_status ?? entry.last_status);
    const at = timeOrNull(entry.low_level_status_created_at ?? entry.last_status_created_at);
    const claimsFuture = at !== null && at > future;
    entries.push({
      id: uuid(entry.id),
      low: low === null || claimsFuture ? null : splitStatus(low).low,
      at: claimsFuture ? null : at,
      origin: textOrNull(entry.origin),
      parentId: uuidOrNull(entry.parent_id),
      createdAt: timeOrNull(entry.created_at),
    });
  }
  return entries;
}

/** The identity of an order stays known, although a newer payload may lack it. */
function identity(id: string, { origin, parentId }: Snapshot): Entry[] {
  if (origin === null && parentId === null) return [];
  return [{ id, low: null, at: null, origin, parentId, createdAt: null }];
}

function shows(events: OrderEvent[], entry: Entry): boolean {
  return events.some((event) => event.at === entry.at && splitStatus(event.status).low === entry.low);
}

function reportedTimes(entries: Entry[], orderId: string, newestEvent: string): [string, string | null][] {
  const ids = [...new Set([...entries.map((entry) => entry.id), orderId])];
  return ids.map((id) => {
    const times = entries.filter((entry) => entry.id === id).flatMap((entry) => entry.at ?? []);
    const newest = latest(id === orderId ? [...times, newestEvent] : times);
    return [id, newest || null];
  });
}

/** The pair of the order, otherwise of the envelope. A missing user is taken from the other. */
function readClientUser(order: Json, envelope: Json): OrderPayload['clientUser'] {
  const [inOrder, inEnvelope] = [nameOrNull(order.client_user_id), nameOrNull(envelope.client_user_id)];
  const [ordersUser, envelopesUser] = [nameOrNull(order.user_id), nameOrNull(envelope.user_id)];
  if (inOrder !== null) return { userId: ordersUser ?? envelopesUser, clientUserId: inOrder };
  if (inEnvelope !== null) return { userId: envelopesUser ?? ordersUser, clientUserId: inEnvelope };
  return null;
}

function readSnapshot(
  order: Json,
  envelope: Json,
  itself: Entry | undefined,
  eventModality: string | null,
): Snapshot {
  const labTest = objectOrNull(order.lab_test);
  return {
    origin: textOrNull(order.origin) ?? itself?.origin ?? null,
    parentId: uuidOrNull(order.parent_id) ?? itself?.parentId ?? null,
    modality: textOrNull(objectOrNull(order.details)?.type) ?? eventModality ?? textOrNull(labTest?.method),
    topStatus: textOrNull(order.status),
    userId: nameOrNull(order.user_id) ?? nameOrNull(envelope.user_id),
    teamId: nameOrNull(order.team_id) ?? nameOrNull(envelope.team_id),
    labTest: labTest && {
      id: textOrNull(labTest.id),
      name: textOrNull(labTest.name),
      slug: textOrNull(labTest.slug),
      lab: textOrNull(objectOrNull(labTest.lab)?.slug),
    },
    hasMissingResults: booleanOrNull(order.has_missing_results),
    expectedResultBy: dateOrNull(order.expected_result_by_date),
    worstCaseResultBy: dateOrNull(order.worst_case_result_by_date),
    activateBy: dateOrNull(order.activate_by),
    createdAt: timeOrNull(order.created_at) ?? itself?.createdAt ?? null,
    updatedAt: timeOrNull(order.updated_at),
    report: null,
    details: {},
    descendsAt: null,
  };
}

/** Of several entries for one event, the last one with a detail counts; `last_event` comes after the list. */
function readDetails(order: Json, counted: OrderEvent[], rules: Rules): Snapshot['details'] {
  const details: Snapshot['details'] = {};
  for (const raw of [...list(order.events), order.last_event]) {
    const detail = textOrNull(objectOrNull(raw)?.status_detail);
    if (detail === null) continue;
    const event = readEvent(raw, 0, rules);
    if (counted.some((one) => sameEvent(one, event))) details[nameOf(event)] = detail;
  }
  return details;
}

/** @param counted in the order of the payload */
function descendsAt(counted: OrderEvent[]): string | null {
  let before = '';
  for (const { at } of counted) {
    if (at < before) return at;
    before = at;
  }
  return null;
}

function readMissingResult(raw: Json): MissingResult {
  return {
    name: textOrNull(raw.name),
    slug: textOrNull(raw.slug),
    failure_type: textOrNull(raw.failure_type ?? raw.inferred_failure_type),
    loinc: textOrNull(raw.loinc),
  };
}

function readAppointment(data: Json, { future, receivedAt, askedAt }: Circumstances): AppointmentPayload {
  const told = list(data.events).map((raw) => time(object(raw).created_at));
  const eventTimes = told.filter((at) => at <= future);
  return {
    kind: 'appointment',
    receivedAt,
    askedAt,
    tier: 0,
    orderId: uuid(data.order_id),
    transactionId: uuidOrNull(data.order_transaction_id),
    appointment: {
      id: uuid(data.id),
      status: textOrNull(data.status),
      event_status: textOrNull(data.event_status),
      start_at: timeOrNull(data.start_at),
      end_at: timeOrNull(data.end_at),
      iana_timezone: textOrNull(data.iana_timezone),
      provider: textOrNull(data.provider),
      type: textOrNull(data.type),
      can_reschedule: booleanOrNull(data.can_reschedule),
      updated_at: latest(eventTimes) || null,
    },
    rank: [latest(eventTimes), eventTimes.length, askedAt, '', ''],
  };
}
