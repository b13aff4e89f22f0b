/** Order records and their contributions, small enough to write by hand. */

import { type Contribution, contributionOf } from '../../../core/domain/members/contribution.ts';
import type { Contributions, TransactionOrder } from '../../../core/domain/members/transaction-orders.ts';
import type { ClaimSource } from '../../../core/domain/order/membership.ts';
import type { OrderEvent } from '../../../core/domain/order/order-event.ts';
import {
  EMPTY_SNAPSHOT,
  type OrderRecord,
  type OrderSnapshot,
  type SiblingFact,
} from '../../../core/domain/order/order-record.ts';
import { type Transaction, transactionOf } from '../../../core/domain/transaction/transaction.ts';
import { orderId } from '../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../clocks.ts';

export { orderId };

/** A time in March 2026; `second` can exceed one day. */
export const at = (second: number) =>
  new Date(Date.UTC(2026, 2, 1) + second * 1_000).toISOString().replace('Z', '000Z');

export function event(second: number, status: string, position = 0, id = String(second)): OrderEvent {
  return { created_at: at(second), position, id, status };
}

export const snapshot = (fields: Partial<OrderSnapshot> = {}): OrderSnapshot => ({
  ...EMPTY_SNAPSHOT,
  ...fields,
});

export function sibling(n: number, fields: Partial<SiblingFact> = {}): SiblingFact {
  const none = { status: null, status_at: null, origin: null, parent_id: null, created_at: null };
  return { order_id: orderId(n), ...none, ...fields };
}

const UNCLAIMED: OrderRecord['claims'] = { own: null, listed: null, registered: null };

/** Claims of each source for these transactions, all of the same rank. */
export function claiming(
  of: Partial<Record<ClaimSource, string>>,
): Pick<OrderRecord, 'claims' | 'claimedBy'> {
  const claims = Object.entries(of).map(([source, transaction_id]) => [
    source,
    { transaction_id, rank: '1' },
  ]);
  return {
    claims: { ...UNCLAIMED, ...Object.fromEntries(claims) },
    claimedBy: [...new Set(Object.values(of))].sort(),
  };
}

interface RecordParts extends Partial<Omit<OrderRecord, 'snapshot'>> {
  readonly snapshot?: Partial<OrderSnapshot> | null;
}

export function record(n: number, { snapshot: fields = {}, ...parts }: RecordParts = {}): OrderRecord {
  return {
    id: orderId(n),
    version: 1,
    events: [],
    futureEvents: [],
    siblings: [],
    listings: [],
    refutedListings: [],
    claims: UNCLAIMED,
    claimedBy: [],
    wasProvisional: false,
    withdrawnEvents: [],
    clientUser: null,
    answeredAt: null,
    questionAt: null,
    isUnconfirmed: false,
    unansweredSince: null,
    heardAt: null,
    appointments: [],
    criticalResults: [],
    criticalOpenedAt: null,
    criticalAcknowledgement: null,
    reportedMarkers: null,
    arrivals: [],
    registered: null,
    ...parts,
    snapshot: fields && snapshot(fields),
  };
}

/** The contribution of one order to a transaction. */
export function brings(n: number, parts: RecordParts = {}): Record<string, Contribution> {
  return { [orderId(n)]: contributionOf(record(n, parts)) };
}

/** The transaction of the orders with these contributions. */
export function transactionFrom(...contributions: readonly Contributions[]): Transaction {
  return transactionOf(Object.assign({}, ...contributions), CLOCKS);
}

export function transactionOrder(n: number, fields: Partial<TransactionOrder> = {}): TransactionOrder {
  return {
    id: orderId(n),
    origin: null,
    parent_id: null,
    modality: null,
    lab_test: null,
    status: null,
    low_level_status: null,
    low_level_status_created_at: null,
    status_detail: null,
    interpretation: null,
    created_at: at(n),
    has_missing_results: null,
    redraw_available_at: null,
    results_reported_at: null,
    expected_result_by_date: null,
    worst_case_result_by_date: null,
    ...fields,
  };
}

/** A full status of each class. */
export const STATUS_OF_CLASS = {
  P: 'received.walk_in_test.requisition_created',
  C: 'completed.walk_in_test.completed',
  R: 'collecting_sample.walk_in_test.redraw_available',
  X: 'cancelled.walk_in_test.cancelled',
  F: 'failed.walk_in_test.sample_error',
} as const;
