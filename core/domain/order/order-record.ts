import type { Instant } from '../instant.ts';
import { greatest } from '../sort-keys.ts';
import type { Arrival } from './arrivals.ts';
import type { CriticalRecord, CriticalResult } from './critical-result.ts';
import type { Discard } from './discard.ts';
import type { Listing, Membership } from './membership.ts';
import { eventIdentity, newestEvent, type OrderEvent } from './order-event.ts';
import { lifecycleStage, statusParts } from './status.ts';

/** A marker without a result. */
export interface MissingResult {
  readonly name: string;
  readonly slug: string | null;
  readonly failure_type: string | null;
  readonly loinc: string | null;
}

/** Junction's status of a transaction, with the time of the newest fact for each order in its list. */
export interface TransactionReport {
  readonly status: string | null;
  readonly orders: Readonly<Record<string, Instant | null>>;
}

/** The lab test of an order. */
export interface LabTest {
  readonly id: string | null;
  readonly name: string | null;
  readonly slug: string | null;
  /** The slug of the lab, for example `quest`. */
  readonly lab: string | null;
}

/** Every field of an order payload that a newer payload replaces as a whole. */
export interface OrderSnapshot {
  readonly status: string | null;
  readonly origin: string | null;
  readonly parent_id: string | null;
  readonly modality: string | null;
  readonly lab_test: LabTest | null;
  readonly user_id: string | null;
  readonly team_id: string | null;
  readonly has_missing_results: boolean | null;
  readonly expected_result_by_date: string | null;
  readonly worst_case_result_by_date: string | null;
  readonly activate_by: string | null;
  readonly created_at: Instant | null;
  readonly updated_at: Instant | null;
  readonly missing_results: readonly MissingResult[];
  readonly report: TransactionReport | null;
  /** Why an event happened, for example why a sample failed: by the identity of the event. */
  readonly status_details: Readonly<Record<string, string>>;
  /** Junction's summary of the results; null unless the stage keeps it. */
  readonly interpretation: string | null;
  /** The time of the first event that the list has after a later one; null if the list ascends in time. */
  readonly out_of_order_at: Instant | null;
  /** Whether its `last_event` is another event than the newest of its list. */
  readonly last_event_differs: true | null;
}

/** The snapshot of an order without one. */
export const EMPTY_SNAPSHOT: OrderSnapshot = {
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
  status_details: {},
  interpretation: null,
  out_of_order_at: null,
  last_event_differs: null,
};

/** What an order's payload says about an order of its transaction. */
export interface SiblingFact {
  readonly order_id: string;
  readonly status: string | null;
  readonly status_at: Instant | null;
  readonly origin: string | null;
  readonly parent_id: string | null;
  readonly created_at: Instant | null;
}

/** The origin and parent of an order as a separate fact, because a newer payload may lack them. */
export function identityOf(
  order_id: string,
  { origin, parent_id }: Pick<OrderSnapshot, 'origin' | 'parent_id'>,
): SiblingFact[] {
  if (origin === null && parent_id === null) return [];
  return [{ order_id, status: null, status_at: null, origin, parent_id, created_at: null }];
}

/** Whether a fact says more than the other fields of the same order. What a payload lists about its own order rarely does. */
export function saysMore(fact: SiblingFact, { id, snapshot }: Pick<OrderFacts, 'id' | 'snapshot'>): boolean {
  if (fact.order_id !== id || fact.status !== null || fact.status_at !== null) return true;
  return (['origin', 'parent_id', 'created_at'] as const).some(
    (field) => fact[field] !== null && fact[field] !== snapshot[field],
  );
}

export interface ClientUser {
  readonly user_id: string | null;
  readonly client_user_id: string;
}

export interface Appointment {
  readonly id: string;
  readonly status: string | null;
  readonly event_status: string | null;
  readonly start_at: Instant | null;
  readonly end_at: Instant | null;
  readonly iana_timezone: string | null;
  readonly provider: string | null;
  /** `phlebotomy` or `patient_service_center`. */
  readonly type: string | null;
  readonly can_reschedule: boolean | null;
  /** The time of its newest event; null if it has none. */
  readonly updated_at: Instant | null;
  /** When a webhook said something else about it without a newer event; absent once Junction has answered. */
  readonly question_at?: Instant;
}

/** The markers missing from an order's results, as Junction's results API last reported them. */
export interface ReportedMarkers {
  /** The time of the order's newest status when Junction was asked. */
  readonly as_of: Instant;
  readonly markers: readonly MissingResult[];
}

/** Everything that one order payload holds. Every list is a set. */
export interface OrderFacts {
  readonly id: string;
  readonly rank: string;
  readonly snapshot: OrderSnapshot;
  readonly events: readonly OrderEvent[];
  readonly futureEvents: readonly OrderEvent[];
  readonly siblings: readonly SiblingFact[];
  /** The transaction that it names for the order; null if it names none. */
  readonly transactionId: string | null;
  readonly listings: readonly Listing[];
  readonly clientUser: ClientUser | null;
  /** That its results are critical; absent if it does not say so, as nearly always. */
  readonly critical?: CriticalResult | undefined;
  readonly receivedAt: Instant;
}

/** Everything that one appointment payload holds. */
export interface AppointmentFacts {
  readonly orderId: string;
  /** The transaction that it names for the order; null if it names none. */
  readonly transactionId: string | null;
  readonly receivedAt: Instant;
  readonly appointment: Appointment;
  /** Orders the states of one appointment: the greater is the newer. */
  readonly rank: string;
}

/** What the customer registered when placing the order. */
export interface Registration {
  readonly at: Instant;
  readonly transaction_id: string;
  readonly user_id: string | null;
  readonly client_user_id: string | null;
}

/** What counts of everything that was received about the content of one order; ./corrections.ts derives it. */
export interface CorrectedFacts {
  /** Null before the first payload of the order itself: it was only registered, or listed by a sibling. */
  readonly snapshot: OrderSnapshot | null;
  /** The events that count, in fold order, one of each identity. */
  readonly events: readonly OrderEvent[];
  /** The events that Junction's newest answer no longer has. */
  readonly withdrawnEvents: readonly OrderEvent[];
  /** The events whose time has not come. */
  readonly futureEvents: readonly OrderEvent[];
  /** What its payloads report about the orders of its transaction. */
  readonly siblings: readonly SiblingFact[];
  /** The other orders that its payloads list in its transaction. */
  readonly listings: readonly Listing[];
  /** Those that Junction's newest answer no longer lists. */
  readonly refutedListings: readonly Listing[];
  readonly clientUser: ClientUser | null;
  /** When Junction was asked for its newest answer about the order; null without one. */
  readonly answeredAt: Instant | null;
  /** Since when only Junction can say what is true; null if nothing is contradictory. */
  readonly questionAt: Instant | null;
  /** Whether the question was asked in vain, so that what webhooks said counts without confirmation. */
  readonly isUnconfirmed: boolean;
  /** When the newest event was received, if no answer of Junction has it; null otherwise. */
  readonly unansweredSince: Instant | null;
}

/** Everything stored about one order: the join of everything received about it. */
export interface OrderRecord extends Membership, CriticalRecord, CorrectedFacts {
  /** Increases by one with every write of the record. */
  readonly version: number;
  readonly appointments: readonly Appointment[];
  /** Null until the results API was asked. */
  readonly reportedMarkers: ReportedMarkers | null;
  /** How its states arrived. */
  readonly arrivals: readonly Arrival[];
  /** Null for an order that the customer did not register. */
  readonly registered: Registration | null;
  /** When Junction first reported the order; null before that. */
  readonly heardAt: Instant | null;
  /** Who took it off every list; absent unless Junction has not spoken of it since. It is then in no transaction. */
  readonly discarded?: Discard;
}

export interface OrderStatus {
  /** High level, for example `collecting_sample`. */
  readonly status: string | null;
  readonly low_level_status: string | null;
  readonly low_level_status_created_at: Instant | null;
}

/** A total order of status reports: by time, then by stage. The remaining parts only break ties. */
export function statusKey(fact: { status: string | null; status_at: Instant | null }, own: boolean) {
  return [fact.status_at ?? '', lifecycleStage(fact.status), own ? 1 : 0, fact.status ?? ''];
}

/** The status of an order from its own record: a pure fold over its events. */
export function statusOf(record: OrderRecord): OrderStatus {
  const event = newestEvent(record.events);
  if (event) {
    const { high, low } = statusParts(event.status);
    return { status: high, low_level_status: low, low_level_status_created_at: event.created_at };
  }
  const own = record.siblings.filter((fact) => fact.order_id === record.id && fact.status !== null);
  const listed = greatest(own, (fact) => statusKey(fact, false));
  if (listed) {
    return { status: null, low_level_status: listed.status, low_level_status_created_at: listed.status_at };
  }
  return {
    status: record.snapshot?.status ?? null,
    low_level_status: null,
    low_level_status_created_at: null,
  };
}

/** Why the order has its status, as the event of the status says; null if it does not say or there is no event. */
export function statusDetailOf({
  events,
  snapshot,
}: Pick<OrderRecord, 'events' | 'snapshot'>): string | null {
  const event = newestEvent(events);
  return (event && snapshot?.status_details[eventIdentity(event)]) ?? null;
}

/** The order's user: from its newest payload, otherwise from its registration. */
export function userId({ snapshot, registered }: OrderRecord): string | null {
  return snapshot?.user_id ?? registered?.user_id ?? null;
}

/** The customer's own id of the order's user: from Junction, otherwise from the registration. */
export function clientUserId({ snapshot, clientUser, registered }: OrderRecord): string | null {
  const user = snapshot?.user_id ?? null;
  const isOfUser = clientUser !== null && (clientUser.user_id === user || clientUser.user_id === null);
  if (isOfUser) return clientUser.client_user_id;
  const isRegistered =
    registered && (user === null || registered.user_id === null || registered.user_id === user);
  return isRegistered ? registered.client_user_id : null;
}
