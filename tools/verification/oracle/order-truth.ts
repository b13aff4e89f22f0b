/** Everything known about one order, from all its payloads at once. */

import { type Claim, claimsOf, keptRegistration, type Said } from './claims.ts';
import { type DigestChoice, distinct, greatest, type Ranked } from './ranks.ts';
import type {
  Appointment,
  Entry,
  LabTest,
  MissingResult,
  OrderEvent,
  Registration,
  Snapshot,
} from './reading/facts.ts';
import { compareEvents, compareText, isInteger, nameOf, sameEvent } from './reading/fold.ts';
import { type Status, splitStatus, stage } from './reading/lifecycle.ts';

export interface ExpectedOrder {
  id: string;
  order_transaction_id: string | null;
  origin: string | null;
  parent_id: string | null;
  modality: string | null;
  status: string | null;
  low_level_status: string | null;
  low_level_status_created_at: string | null;
  status_detail: string | null;
  /** Not kept by default. */
  interpretation: null;
  user_id: string | null;
  client_user_id: string | null;
  team_id: string | null;
  lab_test: LabTest | null;
  has_missing_results: boolean | null;
  expected_result_by_date: string | null;
  worst_case_result_by_date: string | null;
  created_at: string | null;
  updated_at: string | null;
  events: { id: number | string | null; created_at: string; status: string; status_detail: string | null }[];
  /** Ascending by id, because the API defines no order. */
  appointments: Appointment[];
}

/** Everything that the transaction needs of an order. An order that only a list names has a record too. */
export interface Record {
  order: ExpectedOrder;
  status: Status;
  events: OrderEvent[];
  futureEvents: OrderEvent[];
  /** Those that Junction no longer has. */
  withdrawn: OrderEvent[];
  /** Since when something counts that Junction did not confirm when it was asked. */
  unconfirmedSince: string | null;
  entries: Entry[];
  snapshot: Snapshot | null;
  /** Its appointments, each with the time of its newest event; the empty string if it has none. */
  visits: { appointment: Appointment; at: string }[];
  /** The times of its critical results. */
  criticals: string[];
  missingResults: MissingResult[];
  registration: Registration | null;
  claims: Claim[];
}

export function orderTruth(said: Said, choose: DigestChoice): Record {
  const { orderId, payloads, events, futureEvents, correction } = said;
  const entries = distinct(payloads.flatMap((payload) => payload.entries));
  const snapshot =
    greatest(payloads, everyPayload(said), (payload) => payload.snapshot, choose)?.snapshot ?? null;
  const status = orderStatus(orderId, events, entries, snapshot);
  const visits = appointmentTruth(said, choose);
  const registration = keptRegistration(said);
  const detailOf = (event?: OrderEvent) => (event && snapshot?.details[nameOf(event)]) ?? null;
  const userId = snapshot?.userId ?? registration?.userId ?? null;
  return {
    order: {
      id: orderId,
      order_transaction_id: null,
      origin: snapshot?.origin ?? null,
      parent_id: snapshot?.parentId ?? null,
      modality: snapshot?.modality ?? null,
      status: status.high,
      low_level_status: status.low,
      low_level_status_created_at: status.at,
      status_detail: detailOf(events.at(-1)),
      interpretation: null,
      user_id: userId,
      client_user_id: clientUser(said, snapshot, choose) ?? registeredClientUser(registration, userId),
      team_id: snapshot?.teamId ?? null,
      lab_test: snapshot?.labTest ?? null,
      has_missing_results: snapshot?.hasMissingResults ?? null,
      expected_result_by_date: snapshot?.expectedResultBy ?? null,
      worst_case_result_by_date: snapshot?.worstCaseResultBy ?? null,
      created_at: snapshot?.createdAt ?? null,
      updated_at: snapshot?.updatedAt ?? null,
      events: events.map((event) => ({
        id: eventId(event.id),
        created_at: event.at,
        status: event.status,
        status_detail: detailOf(event),
      })),
      appointments: visits.map(({ appointment }) => appointment),
    },
    status,
    events,
    futureEvents,
    withdrawn: correction?.withdrawn ?? [],
    unconfirmedSince: correction?.unconfirmedSince ?? null,
    entries,
    snapshot,
    visits,
    criticals: [],
    missingResults: missingResults(said, choose),
    registration,
    claims: claimsOf(said, choose),
  };
}

function everyPayload({ payloads, visits }: Said): Ranked[] {
  return [...payloads, ...visits];
}

/** Each event once, at its greatest position, in fold order. */
export function readersView(events: OrderEvent[]): OrderEvent[] {
  const shown = events.filter(
    (event) => !events.some((other) => sameEvent(event, other) && other.position > event.position),
  );
  return distinct(shown).sort(compareEvents);
}

function eventId(id: string): number | string | null {
  if (id === '') return null;
  return isInteger(id) ? Number(id) : id;
}

function orderStatus(
  orderId: string,
  events: OrderEvent[],
  entries: Entry[],
  snapshot: Snapshot | null,
): Status {
  const last = events.at(-1);
  if (last) {
    const { high, low } = splitStatus(last.status);
    return { high, low, at: last.at };
  }
  const [saidOfItself] = entries
    .filter((entry) => entry.id === orderId && entry.low !== null)
    .sort(
      (a, b) =>
        compareText(b.at ?? '', a.at ?? '') ||
        stage(b.low) - stage(a.low) ||
        compareText(b.low ?? '', a.low ?? ''),
    );
  if (saidOfItself) return { high: null, low: saidOfItself.low, at: saidOfItself.at };
  return { high: snapshot?.topStatus ?? null, low: null, at: null };
}

/** Those of the newest payload that lists any, because answers of the API have none. */
function missingResults(said: Said, choose: DigestChoice): MissingResult[] {
  const listing = said.payloads.filter((payload) => payload.missingResults.length > 0);
  const newest = greatest(listing, everyPayload(said), (payload) => payload.missingResults, choose);
  return newest?.missingResults ?? [];
}

/** Junction's client user, unless it belongs to another user than the newest payload's. */
function clientUser(said: Said, snapshot: Snapshot | null, choose: DigestChoice): string | null {
  const stating = said.payloads.filter((payload) => payload.clientUser !== null);
  const pair = greatest(stating, everyPayload(said), (payload) => payload.clientUser, choose)?.clientUser;
  if (!pair) return null;
  return pair.userId === null || pair.userId === snapshot?.userId ? pair.clientUserId : null;
}

/** The registered client user, unless the registration names another user than the order has. */
function registeredClientUser(registration: Registration | null, userId: string | null): string | null {
  if (!registration) return null;
  return registration.userId === null || registration.userId === userId ? registration.clientUserId : null;
}

function appointmentTruth(said: Said, choose: DigestChoice): Record['visits'] {
  const ids = distinct(said.visits.map((visit) => visit.appointment.id)).sort();
  return ids.flatMap((id) => {
    const about = said.visits.filter((visit) => visit.appointment.id === id);
    const newest = greatest(about, everyPayload(said), (visit) => visit.appointment, choose);
    return newest ? [{ appointment: newest.appointment, at: newest.rank[0] }] : [];
  });
}
