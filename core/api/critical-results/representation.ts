import type * as z from 'zod/mini';
import { criticalState, latestCriticalAt } from '../../domain/order/critical-result.ts';
import { clientUserId, type OrderRecord, userId } from '../../domain/order/order-record.ts';
import { criticalResult, criticalResultState } from './answer.ts';

/** The state of an order's critical result as the API shows it; null if it has none. */
export function showCriticalState(record: OrderRecord): z.output<typeof criticalResultState> | null {
  const state = criticalState(record);
  if (state === null) return null;
  const { criticalResults, criticalOpenedAt, criticalAcknowledgement: acknowledgement } = record;
  return criticalResultState.parse({
    state,
    opened_at: criticalOpenedAt ?? acknowledgement?.opened_at ?? null,
    latest_at: latestCriticalAt(criticalResults),
    // An earlier acknowledgement says nothing about what is open.
    acknowledgement: state === 'open' ? null : acknowledgement,
  });
}

/** An order's critical result as the API shows it, with the id of the transaction that shows the order. */
export function showCriticalResult(
  record: OrderRecord,
  order_transaction_id: string | null,
): z.output<typeof criticalResult> {
  return criticalResult.parse({
    order_id: record.id,
    order_transaction_id,
    team_id: record.snapshot?.team_id ?? null,
    user_id: userId(record),
    client_user_id: clientUserId(record),
    ...showCriticalState(record),
    reports: record.criticalResults,
  });
}
