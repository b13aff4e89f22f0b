import { earliest, type Instant, latest } from '../instant.ts';
import { unconfirmedEnd } from '../order/confirmation.ts';
import { type CriticalState, criticalState } from '../order/critical-result.ts';
import { type ClaimSource, decidingSource, hasConflictingClaims } from '../order/membership.ts';
import { durationsOf, type OrderDurations } from '../order/order-durations.ts';
import type { OrderEvent } from '../order/order-event.ts';
import { knownProgress, type OrderProgress, progressOf } from '../order/order-progress.ts';
import {
  clientUserId,
  EMPTY_SNAPSHOT,
  type LabTest,
  type MissingResult,
  type OrderRecord,
  type OrderStatus,
  type ReportedMarkers,
  type SiblingFact,
  saysMore,
  statusDetailOf,
  statusOf,
  type TransactionReport,
} from '../order/order-record.ts';
import { classOfStatus, isKnownStatus, orderClass, reportsResults, statusParts } from '../order/status.ts';
import type { OrderClass } from '../order/status-table.ts';

/** An anomaly of one order, with the time of the fact that shows it. */
export interface OrderAnomaly {
  readonly code: string;
  readonly at: Instant | null;
}

/** The part of an order's record that its transaction stores. */
export interface Contribution {
  /** The version of the record. */
  readonly version: number;
  readonly status: string | null;
  readonly low_level_status: string | null;
  readonly low_level_status_created_at: Instant | null;
  /** Why it has that status, for example why a sample failed. */
  readonly status_detail: string | null;
  readonly interpretation: string | null;
  readonly origin: string | null;
  readonly parent_id: string | null;
  readonly modality: string | null;
  readonly lab_test: Pick<LabTest, 'name' | 'lab'> | null;
  readonly created_at: Instant | null;
  /** When Junction first reported the order; null before that. */
  readonly heard_at: Instant | null;
  /** The source of the deciding claim; null if nothing claims the order. */
  readonly claimed_by: ClaimSource | null;
  /** The rank of its listed claim; null if there is none, or if an own claim replaces it. */
  readonly listed_rank: string | null;
  /** The transaction that it is excluded from because of its user; normally null. */
  readonly apart_from: string | null;
  /** When the customer registered it; null if not registered. */
  readonly registered_at: Instant | null;
  /** The user that its own newest payload names. */
  readonly user_id: string | null;
  /** The user that the customer registered it for. */
  readonly registered_user_id: string | null;
  readonly client_user_id: string | null;
  readonly team_id: string | null;
  readonly has_missing_results: boolean | null;
  readonly missing_results: readonly MissingResult[];
  readonly told_markers: ReportedMarkers | null;
  /** Absent for an order without a critical result, which nearly all are. */
  readonly critical?: CriticalState;
  readonly redraw_available_at: Instant | null;
  /** When the lab last reported results of it, partial or final; null if it has reported none. */
  readonly results_reported_at: Instant | null;
  /** How long its stages took; null while it is in progress. */
  readonly durations: OrderDurations | null;
  /** Null for an initial order that is over, because only orders in progress and redraws are timed. */
  readonly progress: Partial<OrderProgress> | null;
  /** What its payloads report about the orders of the transaction. */
  readonly heard: readonly SiblingFact[];
  readonly report: TransactionReport | null;
  readonly anomalies: readonly OrderAnomaly[];
  /** When Junction was asked for its newest answer about the order; absent without one. */
  readonly answered_at?: Instant;
  /** Since when only Junction can say what is true about it; absent if nothing is contradictory. */
  readonly question_at?: Instant;
  /** When its next future event counts; absent without one. */
  readonly ahead_at?: Instant;
  /** Since when its end waits for Junction's confirmation; absent if there is nothing to confirm. */
  readonly end_since?: Instant;
}

/** The contribution of an order's record to its transaction. */
export function contributionOf(record: OrderRecord): Contribution {
  const snapshot = record.snapshot ?? EMPTY_SNAPSHOT;
  const { lab_test } = snapshot;
  const critical = criticalState(record);
  const { events } = record;
  const status = statusOf(record);
  const isOver = orderClass(status.low_level_status, status.status) !== 'P';
  return {
    version: record.version,
    ...status,
    status_detail: statusDetailOf(record),
    interpretation: snapshot.interpretation,
    origin: snapshot.origin,
    parent_id: snapshot.parent_id,
    modality: snapshot.modality,
    lab_test: lab_test && { name: lab_test.name, lab: lab_test.lab },
    created_at: snapshot.created_at,
    heard_at: record.heardAt,
    claimed_by: decidingSource(record),
    listed_rank: record.claims.own ? null : (record.claims.listed?.rank ?? null),
    apart_from: null,
    registered_at: record.registered?.at ?? null,
    user_id: snapshot.user_id,
    registered_user_id: record.registered?.user_id ?? null,
    client_user_id: clientUserId(record),
    team_id: snapshot.team_id,
    has_missing_results: snapshot.has_missing_results,
    missing_results: snapshot.missing_results,
    told_markers: record.reportedMarkers,
    ...(critical !== null && { critical }),
    durations: isOver ? durationsOf(record) : null,
    progress: snapshot.origin === 'initial' && isOver ? null : knownProgress(progressOf(record)),
    redraw_available_at: latest(events.map((event) => (eventClass(event) === 'R' ? event.created_at : null))),
    results_reported_at: latest(
      events.map(({ status, created_at }) => (reportsResults(statusParts(status)) ? created_at : null)),
    ),
    heard: record.siblings.filter((fact) => saysMore(fact, { id: record.id, snapshot })),
    report: snapshot.report,
    anomalies: anomaliesOf(record, events, status),
    ...correctionsOf(record),
  };
}

type Corrections = Pick<Contribution, 'answered_at' | 'question_at' | 'ahead_at' | 'end_since'>;

function correctionsOf(record: OrderRecord): Corrections {
  const ahead_at = earliest(record.futureEvents.map((event) => event.created_at));
  const end_since = unconfirmedEnd(record);
  return {
    ...(record.answeredAt !== null && { answered_at: record.answeredAt }),
    ...(record.questionAt !== null && { question_at: record.questionAt }),
    ...(ahead_at !== null && { ahead_at }),
    ...(end_since !== null && { end_since }),
  };
}

const eventClass = ({ status }: OrderEvent): OrderClass => classOfStatus(status);

/** Anomalous transitions, by the classes of two consecutive events. */
function unusualTransition(from: OrderClass, to: OrderClass): string | null {
  if (from === to) return null;
  switch (from) {
    case 'X':
      return 'reinstated_after_cancelled';
    case 'C':
      return to === 'X' ? null : 'reopened_after_completed';
    case 'R':
      return to === 'C' ? null : 'moved_after_redraw_available';
    case 'F':
      return to === 'X' ? null : 'recovered_after_failure';
    default:
      return null;
  }
}

function anomaliesOf(
  record: OrderRecord,
  events: readonly OrderEvent[],
  { low_level_status: low, low_level_status_created_at: at }: OrderStatus,
): OrderAnomaly[] {
  const found: OrderAnomaly[] = [];
  const note = (code: string, at: Instant | null) => {
    if (!found.some((anomaly) => anomaly.code === code)) found.push({ code, at });
  };
  for (const [index, event] of events.entries()) {
    const before = events[index - 1];
    const code = before && unusualTransition(eventClass(before), eventClass(event));
    if (code) note(code, event.created_at);
  }
  const futureAt = earliest(record.futureEvents.map((event) => event.created_at));
  if (futureAt !== null) note('future_event', futureAt);
  const withdrawnAt = earliest(record.withdrawnEvents.map((event) => event.created_at));
  if (withdrawnAt !== null) note('event_withdrawn', withdrawnAt);
  if (record.isUnconfirmed) note('unconfirmed', record.questionAt);
  if (low !== null && !isKnownStatus(low)) note('unknown_status', at);
  const outOfOrderAt = record.snapshot?.out_of_order_at ?? null;
  if (outOfOrderAt !== null) note('events_out_of_order', outOfOrderAt);
  if (hasConflictingClaims(record)) note('transaction_conflict', null);
  return found;
}
