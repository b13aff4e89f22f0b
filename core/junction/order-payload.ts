import { type Instant, later, latest } from '../domain/instant.ts';
import type { CriticalResult } from '../domain/order/critical-result.ts';
import type { Listing } from '../domain/order/membership.ts';
import { newestEvent, type OrderEvent } from '../domain/order/order-event.ts';
import {
  type ClientUser,
  identityOf,
  type OrderFacts,
  type OrderSnapshot,
  type SiblingFact,
  type TransactionReport,
} from '../domain/order/order-record.ts';
import { rankOf } from '../domain/order/rank.ts';
import { reportsResults, shownBy, statusParts } from '../domain/order/status.ts';
import { boolean, changed, object, orNull } from '../reading/readers.ts';
import { type ReadBy, readLeniently } from '../reading/reading.ts';
import { digest } from './digest.ts';
import {
  dateOrNull,
  instantOrNull,
  label,
  labelOrNull,
  listOf,
  opaqueIdOrNull,
  openEnumOrNull,
  uuid,
  uuidOrNull,
} from './fields.ts';
import { event, eventsOf, outOfOrderAt, statusDetails } from './order-events.ts';

/** Facts dated further than this after their receipt are from a wrong clock (ms). */
const CLOCK_TOLERANCE = 3_600_000;

/** An initial order, a redraw and their recreations. A longer list would not fit into an item. */
const MAX_ORDERS = 50;

const siblingEntry = object({
  id: uuidOrNull,
  low_level_status: openEnumOrNull,
  last_status: openEnumOrNull,
  low_level_status_created_at: instantOrNull,
  last_status_created_at: instantOrNull,
  origin: openEnumOrNull,
  parent_id: uuidOrNull,
  created_at: instantOrNull,
});

const transaction = object({
  id: uuidOrNull,
  status: openEnumOrNull,
  orders: listOf(orNull(siblingEntry), MAX_ORDERS),
});

/** A marker without a result, as in the results API and, according to the product guide, in webhooks. */
export const missingResult = object({
  name: label,
  slug: openEnumOrNull,
  inferred_failure_type: openEnumOrNull,
  loinc: openEnumOrNull,
});

/** A transaction can hold the missing markers six times within its 400 KB, and its events must fit on the bus. */
const MAX_BYTES_OF_MARKERS = 30_000;

/** Whether there are so many missing markers, about two hundred, that their transaction might not fit into an item. */
export function areTooManyMarkers(markers: readonly unknown[]): boolean {
  return Buffer.byteLength(JSON.stringify(markers)) > MAX_BYTES_OF_MARKERS;
}

/** The fields of Junction's order that are read. Other fields, above all patient data, are never read. */
export const orderPayload = object({
  id: uuid,
  user_id: opaqueIdOrNull,
  client_user_id: opaqueIdOrNull,
  team_id: opaqueIdOrNull,
  origin: openEnumOrNull,
  parent_id: uuidOrNull,
  status: openEnumOrNull,
  details: orNull(object({ type: openEnumOrNull })),
  lab_test: orNull(
    object({
      id: opaqueIdOrNull,
      name: labelOrNull,
      slug: openEnumOrNull,
      method: openEnumOrNull,
      lab: orNull(object({ slug: openEnumOrNull })),
    }),
  ),
  events: listOf(event),
  last_event: orNull(event),
  order_transaction: orNull(transaction),
  has_missing_results: orNull(boolean),
  interpretation: openEnumOrNull,
  // The product guide shows this field in webhooks, the API reference does not.
  missing_results: changed(
    listOf(missingResult),
    (markers) => (areTooManyMarkers(markers) ? null : markers),
    'too many markers',
  ),
  expected_result_by_date: dateOrNull,
  worst_case_result_by_date: dateOrNull,
  activate_by: dateOrNull,
  created_at: instantOrNull,
  updated_at: instantOrNull,
});

export type OrderPayload = ReadBy<typeof orderPayload>;

/** What an order's state follows from. Anything else that cannot be read counts as absent. */
const NEEDED = new Set([
  'id',
  'events',
  'events[]',
  'events[].created_at',
  'events[].status',
  'order_transaction',
  'order_transaction.id',
  'order_transaction.orders',
]);

/** Reads an order of a webhook or of an answer of Junction's API. */
export function readOrderPayload(payload: unknown) {
  return readLeniently(orderPayload, payload, NEEDED);
}
type SiblingEntry = ReadBy<typeof siblingEntry>;

/** The user and team that the envelope around an order names. */
export interface Envelope {
  readonly user_id: string | null;
  readonly client_user_id: string | null;
  readonly team_id: string | null;
}

/** Which facts of Junction's payloads are read. */
export interface ReadingOptions {
  /** The only team whose orders are taken; null for every team. */
  readonly teamId?: string | null;
  /** Whether Junction's summary of the results is kept; it is not by default. */
  readonly keepInterpretation?: boolean;
}

/**
 * Turns an order payload into the facts it states. `receivedAt` is when a webhook was received, or when Junction was asked for
 * an answer of its API.
 */
export function orderFacts(
  order: OrderPayload,
  envelope: Envelope,
  receivedAt: Instant,
  { keepInterpretation = false }: ReadingOptions = {},
): OrderFacts {
  const horizon = later(receivedAt, CLOCK_TOLERANCE);
  const { events, futureEvents, lastDiffers } = eventsOf(order, horizon);
  const entries = siblingEntries(order, horizon);
  const snapshot = {
    ...snapshotOf(order, envelope, events, entries),
    interpretation: keepInterpretation ? order.interpretation : null,
    last_event_differs: lastDiffers || null,
  };
  const transactionId = order.order_transaction?.id ?? null;
  const facts = {
    id: order.id,
    receivedAt,
    snapshot,
    events,
    futureEvents,
    siblings: [
      ...entries.filter((entry) => isNews(entry, order.id, events)),
      ...identityOf(order.id, snapshot),
    ],
    transactionId,
    listings: listingsOf(order.id, transactionId, snapshot.report, entries),
    clientUser: clientUserOf(order, envelope),
    ...(isCritical(order) && { critical: criticalResultOf(order, events, receivedAt) }),
  };
  return { ...facts, rank: rankOf(facts, digest, horizon) };
}

function isCritical({ interpretation }: OrderPayload): boolean {
  return interpretation?.trim().toLowerCase() === 'critical';
}

/**
 * That the results of the order are critical, without the results: as of the newest event with results. Without one, as of the
 * creation of the order, so that each payload of the order says the same.
 */
function criticalResultOf(
  { created_at }: OrderPayload,
  events: readonly OrderEvent[],
  receivedAt: Instant,
): CriticalResult {
  const newest = newestEvent(events.filter(({ status }) => reportsResults(statusParts(status))));
  const updated_at = newest?.created_at ?? created_at ?? receivedAt;
  return { status: newest ? resultStatusOf(newest) : 'unknown', updated_at, inOrder: true };
}

const resultStatusOf = ({ status }: OrderEvent) =>
  shownBy(statusParts(status).low) === 'partial_results' ? 'partial' : 'final';

function siblingEntries(order: OrderPayload, horizon: Instant): SiblingFact[] {
  if (!order.order_transaction?.id) return [];
  return order.order_transaction.orders.flatMap((entry) => {
    if (!entry?.id) return [];
    const status_at = entry.low_level_status_created_at ?? entry.last_status_created_at;
    const dated = status_at === null || status_at <= horizon;
    return [
      {
        order_id: entry.id,
        status: dated ? lowLevelStatus(entry) : null,
        status_at: dated ? status_at : null,
        origin: entry.origin,
        parent_id: entry.parent_id,
        created_at: entry.created_at,
      },
    ];
  });
}

function lowLevelStatus(entry: SiblingEntry): string | null {
  const status = entry.low_level_status ?? entry.last_status;
  return status === null ? null : statusParts(status).low;
}

/** The client user id of the order, otherwise that of the envelope, with the user of the same source. */
function clientUserOf(order: OrderPayload, envelope: Envelope): ClientUser | null {
  const own = order.client_user_id;
  const client_user_id = own ?? envelope.client_user_id;
  if (client_user_id === null) return null;
  const user_id = own ? (order.user_id ?? envelope.user_id) : (envelope.user_id ?? order.user_id);
  return { user_id, client_user_id };
}

/** The other orders that the payload lists as orders of its transaction. */
function listingsOf(
  id: string,
  transaction_id: string | null,
  report: TransactionReport | null,
  entries: readonly SiblingFact[],
): Listing[] {
  if (transaction_id === null) return [];
  const as_of = latest(Object.values(report?.orders ?? {}));
  const listed = new Set(entries.map(({ order_id }) => order_id).filter((other) => other !== id));
  return [...listed].map((order_id) => ({ order_id, transaction_id, as_of }));
}

/** Whether an entry adds something. An entry about the order itself does not if the order's events already show its status. */
function isNews(entry: SiblingFact, id: string, events: readonly OrderEvent[]): boolean {
  if (entry.order_id !== id) return true;
  return !events.some(
    (own) => own.created_at === entry.status_at && statusParts(own.status).low === entry.status,
  );
}

function snapshotOf(
  order: OrderPayload,
  envelope: Envelope,
  events: readonly OrderEvent[],
  entries: readonly SiblingFact[],
): Omit<OrderSnapshot, 'interpretation' | 'last_event_differs'> {
  const newest = newestEvent(events);
  const own = entries.find((entry) => entry.order_id === order.id);
  const { lab_test } = order;
  return {
    status: order.status,
    origin: order.origin ?? own?.origin ?? null,
    parent_id: order.parent_id ?? own?.parent_id ?? null,
    modality:
      order.details?.type ?? (newest && statusParts(newest.status).modality) ?? lab_test?.method ?? null,
    lab_test: lab_test && {
      id: lab_test.id,
      name: lab_test.name,
      slug: lab_test.slug,
      lab: lab_test.lab?.slug ?? null,
    },
    user_id: order.user_id ?? envelope.user_id,
    team_id: order.team_id ?? envelope.team_id,
    has_missing_results: order.has_missing_results,
    expected_result_by_date: order.expected_result_by_date,
    worst_case_result_by_date: order.worst_case_result_by_date,
    activate_by: order.activate_by,
    created_at: order.created_at ?? own?.created_at ?? null,
    updated_at: order.updated_at,
    missing_results: order.missing_results.map(({ inferred_failure_type, ...marker }) => ({
      ...marker,
      failure_type: inferred_failure_type,
    })),
    report: reportOf(order, newest, entries),
    status_details: statusDetails(order, events),
    out_of_order_at: outOfOrderAt(events),
  };
}

function reportOf(
  order: OrderPayload,
  newest: OrderEvent | null,
  entries: readonly SiblingFact[],
): TransactionReport | null {
  if (!order.order_transaction?.id) return null;
  const orders: Record<string, Instant | null> = {};
  for (const entry of entries) {
    orders[entry.order_id] = latest([orders[entry.order_id], entry.status_at]);
  }
  orders[order.id] = latest([orders[order.id], newest?.created_at]);
  return { status: order.order_transaction.status, orders };
}
