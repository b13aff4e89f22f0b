import { type Instant, later, latest } from '../instant.ts';
import { type LabTest, type SiblingFact, statusKey } from '../order/order-record.ts';
import { LAG } from '../order/registers.ts';
import { orderClass, reportsResults } from '../order/status.ts';
import type { OrderClass } from '../order/status-table.ts';
import { byKey, greatest } from '../sort-keys.ts';
import type { Contribution } from './contribution.ts';

/** The contributions of a transaction's orders by order id, including the orders that are set apart. */
export type Contributions = Readonly<Record<string, Contribution>>;

/** An order in its transaction: the newest known from its own record and from its siblings' payloads. */
export interface TransactionOrder {
  readonly id: string;
  readonly origin: string | null;
  readonly parent_id: string | null;
  readonly modality: string | null;
  readonly lab_test: Pick<LabTest, 'name' | 'lab'> | null;
  readonly status: string | null;
  readonly low_level_status: string | null;
  readonly low_level_status_created_at: Instant | null;
  /** Why it has that status, for example why a sample failed. */
  readonly status_detail: string | null;
  /** Junction's summary of its results; null unless the stage keeps it. */
  readonly interpretation: string | null;
  readonly created_at: Instant | null;
  readonly has_missing_results: boolean | null;
  /** When a redraw of it became available; null if none did. */
  readonly redraw_available_at: Instant | null;
  /** When the lab last reported results of it, partial or final; null if it has reported none. */
  readonly results_reported_at: Instant | null;
  /** When the lab expects its result: a date or an instant; null once an initial order is over. */
  readonly expected_result_by_date: string | null;
  /** The latest time by which the lab promises its result; null as above. */
  readonly worst_case_result_by_date: string | null;
}

/** The order's class for the truth table. */
export function classOf(order: TransactionOrder): OrderClass {
  return orderClass(order.low_level_status, order.status);
}

/** Whether the order is only registered: Junction has not reported it. */
export function isUnreported({ status, low_level_status, created_at }: TransactionOrder): boolean {
  return status === null && low_level_status === null && created_at === null;
}

/** The orders of the transaction, ascending by creation. Reports about other orders are ignored. */
export function ordersOf(contributions: Contributions): TransactionOrder[] {
  const reports = Object.values(contributions).flatMap((contribution) => contribution.heard);
  return Object.entries(contributions)
    .map(([id, own]) =>
      joined(
        id,
        own,
        reports.filter((fact) => fact.order_id === id),
      ),
    )
    .sort(byKey((order) => [order.created_at === null ? 1 : 0, order.created_at ?? '', order.id]));
}

function joined(id: string, own: Contribution, reports: readonly SiblingFact[]): TransactionOrder {
  const current = reports.filter((fact) => !isAnswered(fact, own));
  return {
    id,
    origin: own.origin ?? newestReported(current, 'origin'),
    parent_id: own.parent_id ?? newestReported(current, 'parent_id'),
    modality: own.modality,
    lab_test: own.lab_test,
    interpretation: own.interpretation,
    ...newestStatus(own, reports),
    created_at: own.created_at ?? newestReported(current, 'created_at'),
    has_missing_results: own.has_missing_results,
    redraw_available_at:
      own.redraw_available_at ?? latestHeard(current, (low) => orderClass(low, null) === 'R'),
    results_reported_at:
      own.results_reported_at ?? latestHeard(current, (low) => reportsResults({ low, high: null })),
    expected_result_by_date: own.progress?.expected_result_by_date ?? null,
    worst_case_result_by_date: own.progress?.worst_case_result_by_date ?? null,
  };
}

/** The latest time at which the order is reported in a status of this kind. */
function latestHeard(reports: readonly SiblingFact[], isOfKind: (low: string) => boolean): Instant | null {
  return latest(
    reports.map(({ status, status_at }) => (status !== null && isOfKind(status) ? status_at : null)),
  );
}

function newestReported(reports: readonly SiblingFact[], field: 'origin' | 'parent_id' | 'created_at') {
  const known = reports.filter((fact) => fact[field] !== null);
  return greatest(known, (fact) => [fact.status_at ?? '', fact[field] ?? ''])?.[field] ?? null;
}

/** A report of an order's status. */
export interface StatusClaim {
  /** High level; only an order's own record has it. */
  readonly high: string | null;
  readonly status: string | null;
  readonly status_at: Instant | null;
  readonly own: boolean;
}

/** The reports of an order's status by its own record and by the payloads of others. The first one counts. */
export function statusClaims<Report extends SiblingFact>(
  own: Contribution | undefined,
  reports: readonly Report[],
): (StatusClaim | (StatusClaim & Report))[] {
  const withStatus = reports.filter((fact) => fact.status !== null && !isRefuted(fact, own));
  const ownReport = own && (own.low_level_status ?? own.status) !== null ? own : null;
  const ownClaim = ownReport && {
    high: ownReport.status,
    status: ownReport.low_level_status,
    status_at: ownReport.low_level_status_created_at,
    own: true,
  };
  const claims = [
    ...withStatus.map((fact) => ({ ...fact, high: null, own: false })),
    ...(ownClaim ? [ownClaim] : []),
  ];
  return claims.sort(byKey((claim) => statusKey(claim, claim.own))).reverse();
}

/** Whether Junction's answer about the order itself says all that a report of another order's payload says. */
function isAnswered({ status_at }: SiblingFact, own: Contribution | undefined): boolean {
  return own?.answered_at !== undefined && (status_at ?? '') < later(own.answered_at, -LAG);
}

/** Whether that answer would have the reported status, and has an older one or another one of that time. */
function isRefuted(fact: SiblingFact, own: Contribution | undefined): boolean {
  const { status, status_at } = fact;
  if (!isAnswered(fact, own) || status_at === null || !own || own.low_level_status === null) return false;
  return status_at >= (own.low_level_status_created_at ?? '') && status !== own.low_level_status;
}

function newestStatus(own: Contribution | undefined, reports: readonly SiblingFact[]) {
  const [newest] = statusClaims(own, reports);
  return {
    status: newest?.high ?? null,
    low_level_status: newest?.status ?? null,
    low_level_status_created_at: newest?.status_at ?? null,
    // Only an order's own events have a detail.
    status_detail: newest?.own ? (own?.status_detail ?? null) : null,
  };
}
