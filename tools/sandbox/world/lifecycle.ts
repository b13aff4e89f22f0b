import type { OrderTransactionStatus } from '@junction-api/sdk/serialization';
import { STATUS_TABLE } from '../../../core/domain/order/status-table.ts';
import type { Modality } from './lab-tests.ts';

const ROWS = new Map(STATUS_TABLE.map((row) => [row.low, row]));

/** The high-level status of a low-level one, as in Junction's API reference. */
export function highLevelOf(modality: Modality, low: string): string {
  if (low === 'draw_completed' && modality === 'on_site_collection') return 'sample_with_lab';
  if (low === 'testkit_registered') return 'received';
  return ROWS.get(low)?.high ?? 'collecting_sample';
}

/**
 * Whether Junction cancels an order in this status: until results or shipment, so also after `draw_completed`.
 * https://docs.junction.com/lab/workflow/cancelling-an-order
 */
export function isCancellable(modality: Modality, low: string): boolean {
  const row = ROWS.get(low);
  return !isOver(low) && row?.shows !== 'partial_results' && !(modality === 'testkit' && row?.shipped);
}

interface Member {
  id: string;
  parentId: string | null;
  origin: string;
  low: string;
}

/**
 * The status that Junction reports for a transaction: `active` while work is expected, `cancelled` if every order is
 * cancelled, else `completed`. A recreated order no longer counts; its recreation does.
 */
export function reportedStatus(orders: readonly Member[]): OrderTransactionStatus.Raw {
  const replaced = new Set(orders.filter((o) => o.origin === 'recreation').map((o) => o.parentId));
  const counting = orders.filter((order) => !replaced.has(order.id));
  const awaitsRedraw = counting.some((order) => order.low === 'redraw_available');
  const hasRedraw = orders.some((order) => order.origin === 'redraw');
  if (counting.some((order) => !isOver(order.low)) || (awaitsRedraw && !hasRedraw)) return 'active';
  return counting.every((order) => isCancelled(order.low)) ? 'cancelled' : 'completed';
}

function isCancelled(low: string): boolean {
  return low === 'cancelled' || low === 'do_not_process';
}

/** Whether an order in this status is finished. */
export function isOver(low: string): boolean {
  return (
    low === 'redraw_available' ||
    ['completed', 'cancelled', 'failed'].includes(highLevelOf('walk_in_test', low))
  );
}
