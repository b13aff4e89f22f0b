/** The whole of what is known of one order, from every payload about it at once. */
import type { Appointment, AppointmentPayload, Entry, OrderEvent, OrderPayload, Snapshot } from './facts.ts';
import { compareEvents, compareText, isInteger, sameEvent } from './fold.ts';
import { type Status, splitStatus, stage } from './lifecycle.ts';
import { canonical } from './spelling.ts';

export interface ExpectedOrder {
  id: string;
  order_transaction_id: string | null;
  origin: string | null;
  parent_id: string | null;
  modality: string | null;
  status: string | null;
  low_level_status: string | null;
  low_level_status_created_at: string | null;
  user_id: string | null;
  client_user_id: string | null;
  team_id: string | null;
  lab_test: { id: string | null; name: string | null; slug: string | null } | null;
  has_missing_results: boolean | null;
  expected_result_by_date: string | null;
  worst_case_result_by_date: string | null;
  created_at: string | null;
  updated_at: string | null;
  events: { id: number | string; created_at: string; status: string }[];
  /** Ascending by id: the contract gives no order. */
  appointments: Appointment[];
}

/** Everything the transaction needs of an order that has a record. */
export interface Record {
  order: ExpectedOrder;
  status: Status;
  events: OrderEvent[];
  futureEvents: OrderEvent[];
  entries: Entry[];
  snapshot: Snapshot | null;
  transactionIds: string[];
}

/**
 * Settles a register whose rank leaves it open: the digest is arbitrary, so any of the contenders is right.
 * Gives the index of the one to take.
 */
export type TieBreak = (register: string, contenders: number) => number;

export function orderTruth(
  orderId: string,
  payloads: OrderPayload[],
  visits: AppointmentPayload[],
  tieBreak: TieBreak,
): Record {
  const events = readersView(payloads.flatMap((payload) => payload.counted));
  const entries = distinct(payloads.flatMap((payload) => payload.entries));
  const snapshot = newest(`order ${orderId}`, payloads, tieBreak)?.snapshot ?? null;
  const status = orderStatus(orderId, events, entries, snapshot);
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
      user_id: snapshot?.userId ?? null,
      client_user_id: clientUser(payloads, snapshot?.userId ?? null),
      team_id: snapshot?.teamId ?? null,
      lab_test: snapshot?.labTest ?? null,
      has_missing_results: snapshot?.hasMissingResults ?? null,
      expected_result_by_date: snapshot?.expectedResultBy ?? null,
      worst_case_result_by_date: snapshot?.worstCaseResultBy ?? null,
      created_at: snapshot?.createdAt ?? null,
      updated_at: snapshot?.updatedAt ?? null,
      events: events.map((event) => ({ id: eventId(event.id), created_at: event.at, status: event.status })),
      appointments: appointmentTruth(orderId, visits, tieBreak),
    },
    status,
    events,
    futureEvents: payloads.flatMap((payload) => payload.future),
    entries,
    snapshot,
    transactionIds: distinct(
      [...payloads, ...visits].flatMap((payload) => payload.transactionId ?? []),
    ).sort(),
  };
}

/** Each event once, at its greatest position, in the order of the fold. */
function readersView(events: OrderEvent[]): OrderEvent[] {
  const shown = events.filter(
    (event) => !events.some((other) => sameEvent(event, other) && other.position > event.position),
  );
  return distinct(shown).sort(compareEvents);
}

function eventId(id: string): number | string {
  return isInteger(id) ? Number(id) : id;
}

export function distinct<T>(values: T[]): T[] {
  return [...new Map(values.map((value) => [canonical(value), value])).values()];
}

function newest(register: string, payloads: OrderPayload[], tieBreak: TieBreak): OrderPayload | undefined {
  return settle(register, payloads, (payload) => canonical(payload.snapshot), tieBreak);
}

/** The payload of greatest rank; of several that differ in content, the one the tie break takes. */
function settle<P extends { rank: (string | number)[] }>(
  register: string,
  payloads: P[],
  content: (payload: P) => string,
  tieBreak: TieBreak,
): P | undefined {
  const greatest = payloads.filter((payload) =>
    payloads.every((other) => compareRanks(payload.rank, other.rank) >= 0),
  );
  const byContent = new Map(greatest.map((payload) => [content(payload), payload]));
  const contenders = [...byContent.keys()].sort();
  if (contenders.length < 2) return greatest[0];
  return byContent.get(contenders[tieBreak(register, contenders.length)] ?? '');
}

function compareRanks(a: (string | number)[], b: (string | number)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    if (left !== right) return left > right ? 1 : -1;
  }
  return 0;
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

function clientUser(payloads: OrderPayload[], userId: string | null): string | null {
  const pairs = payloads.flatMap((payload) => payload.clientUsers);
  const of = (user: string | null) =>
    pairs
      .filter((pair) => pair.userId === user)
      .map((pair) => pair.clientUserId)
      .sort()
      .at(-1);
  return of(userId) ?? of(null) ?? null;
}

function appointmentTruth(orderId: string, visits: AppointmentPayload[], tieBreak: TieBreak): Appointment[] {
  const ids = distinct(visits.map((visit) => visit.appointment.id)).sort();
  return ids.flatMap((id) => {
    const about = visits.filter((visit) => visit.appointment.id === id);
    const settled = settle(
      `appointment ${id} of ${orderId}`,
      about,
      (visit) => canonical(visit.appointment),
      tieBreak,
    );
    return settled?.appointment ?? [];
  });
}
