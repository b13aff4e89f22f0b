import { criticalState, isAcknowledged, isSameReport } from '../order/critical-result.ts';
import { claimedTransaction } from '../order/membership.ts';
import { clientUserId, type OrderRecord, userId } from '../order/order-record.ts';
import type { DomainEvent } from './domain-events.ts';

/**
 * The domain events about the critical result of an order between two states of its record; `before` is null for the first
 * one. A report that an acknowledgement covers already has none. Each event carries the id of what caused the change.
 */
export function criticalResultEvents(
  before: OrderRecord | null,
  after: OrderRecord,
  correlationId: string | null = null,
): DomainEvent[] {
  const about = { ...aboutOrder(after), correlation_id: correlationId };
  const known = before?.criticalResults ?? [];
  const wasOpen = before !== null && criticalState(before) === 'open';
  const reported = after.criticalResults.filter(
    (result) =>
      !known.some((held) => isSameReport(held, result)) &&
      !isAcknowledged(result, after.criticalAcknowledgement) &&
      // The order repeats what is known already.
      !(wasOpen && result.inOrder),
  );
  const acknowledgement = after.criticalAcknowledgement;
  const isAcknowledgedNow =
    acknowledgement !== null && acknowledgement.at !== before?.criticalAcknowledgement?.at;
  return [
    ...reported.map(({ status, updated_at }): DomainEvent => {
      const id = `critical-result:${after.id}:${updated_at}:${status}`;
      const detail = { ...about, id, time: updated_at, report: { status, updated_at } };
      return { type: 'Critical Result Reported', detail };
    }),
    ...(isAcknowledgedNow ? [acknowledgedEvent(about, acknowledgement)] : []),
  ];
}

type About = ReturnType<typeof aboutOrder> & { readonly correlation_id: string | null };

function acknowledgedEvent(
  about: About,
  { by, at, caller, channel, read_back, opened_at }: NonNullable<OrderRecord['criticalAcknowledgement']>,
): DomainEvent {
  const id = `critical-result:${about.order_id}:acknowledged:${at}`;
  // Who was told is free text, and stays here.
  const acknowledgement = { by, at, caller: { ...caller }, channel, read_back };
  const detail = { ...about, id, time: at, opened_at, acknowledgement };
  return { type: 'Critical Result Acknowledged', detail };
}

function aboutOrder(record: OrderRecord) {
  return {
    order_id: record.id,
    transaction_id: claimedTransaction(record),
    team_id: record.snapshot?.team_id ?? null,
    user_id: userId(record),
    client_user_id: clientUserId(record),
    lab_test: record.snapshot?.lab_test ?? null,
  };
}
