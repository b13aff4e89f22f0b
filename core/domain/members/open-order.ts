import {
  type Due,
  dueOfOrder,
  type LabTime,
  type OrderClocks,
  type OrderTimes,
} from '../clocks/order-clocks.ts';
import type { Instant } from '../instant.ts';
import { joinProgress, NO_PROGRESS, progressOfStatus } from '../order/order-progress.ts';
import type { Slots } from './slots.ts';
import { type Contributions, classOf, isUnreported, type TransactionOrder } from './transaction-orders.ts';
import type { TransactionStatus } from './truth-table.ts';

/** The initial order of a transaction, or the recreation that replaced it, while it is in progress. */
export interface OpenOrder extends Due {
  readonly order_id: string;
}

/** A key that changes whenever the open order progresses. Marks set under an earlier key are no longer valid. */
export function openOrderKey({ stage, order_id, since }: OpenOrder): string {
  return JSON.stringify(['order', stage, order_id, since]);
}

/** The open order of a transaction; null if its initial order is over, unreported or followed by a redraw. */
export function openOrderOf(
  slots: Slots,
  status: TransactionStatus,
  contributions: Contributions,
  clocks: OrderClocks & LabTime,
): OpenOrder | null {
  const { initial, redraw } = slots;
  if (status !== 'active' || !initial || redraw || classOf(initial) !== 'P' || isUnreported(initial))
    return null;
  const heard_at = contributions[initial.id]?.heard_at ?? null;
  return { order_id: initial.id, ...dueOfOrder(timesOf(initial, contributions, heard_at), heard_at, clocks) };
}

/** The times of an order, by its own record and by its newest status, which a sibling's payload can hold. */
export function timesOf(
  { id, low_level_status: low, low_level_status_created_at: status_at, created_at }: TransactionOrder,
  contributions: Contributions,
  otherwise: Instant | null,
): OrderTimes {
  // A status without a time is at least as new as the order.
  const newest = progressOfStatus(low, status_at ?? created_at ?? otherwise);
  const own = contributions[id]?.progress;
  return { created_at, status_at, ...(own ? joinProgress({ ...NO_PROGRESS, ...own }, newest) : newest) };
}
