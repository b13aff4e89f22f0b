import { isDeepStrictEqual } from 'node:util';
import { claimedTransaction } from '../../domain/order/membership.ts';
import { distinctEvents } from '../../domain/order/order-event.ts';
import { type OrderRecord, statusOf } from '../../domain/order/order-record.ts';
import type { CheckChange, CheckedChange } from '../../domain/stored/junction-check.ts';

/**
 * The changes that Junction's answer made to an order's record and that a webhook should have made. Excluded: the time of
 * the request, what the answer says about other orders, and Junction's status of the transaction unless it differs from ours.
 */
export function changesFound(
  before: OrderRecord | null,
  after: OrderRecord | null,
  diverges: boolean,
): CheckedChange[] {
  if (!after?.snapshot) return [];
  const { id } = after;
  const status = statusOf(after).low_level_status;
  if (!before?.snapshot) return [{ order_id: id, change: 'new_order', status }];
  const [was, is] = [partsOf(before, diverges), partsOf(after, diverges)];
  const changed = PARTS.filter((part) => !isDeepStrictEqual(was[part], is[part]));
  // A new status changes other fields too, such as the time of the update.
  const told = changed.length > 1 ? changed.filter((part) => part !== 'other') : changed;
  return told.map((change) => ({
    order_id: id,
    change,
    status: change === 'status' ? status : null,
  }));
}

const PARTS = ['status', 'result_dates', 'transaction', 'other'] as const satisfies CheckChange[];

function partsOf(record: OrderRecord, diverges: boolean): Record<(typeof PARTS)[number], unknown> {
  const { snapshot, events, futureEvents, clientUser, criticalResults } = record;
  const { expected_result_by_date, worst_case_result_by_date, report = null, ...others } = snapshot ?? {};
  return {
    status: [distinctEvents(events), futureEvents],
    result_dates: [expected_result_by_date, worst_case_result_by_date],
    transaction: claimedTransaction(record),
    other: [{ ...others, report: diverges ? report : null }, clientUser, criticalResults],
  };
}
