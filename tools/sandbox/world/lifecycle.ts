import type { OrderTransactionStatus } from '@junction-api/sdk/serialization';
import type { Modality } from './lab-tests.ts';

const HIGH_LEVEL: Record<string, readonly string[]> = {
  received: [
    'ordered',
    'awaiting_registration',
    'registered',
    'testkit_registered',
    'requisition_created',
    'requisition_bypassed',
  ],
  sample_with_lab: ['partial_results', 'delivered_to_lab', 'lab_processing_blocked'],
  completed: ['completed', 'corrected'],
  cancelled: ['cancelled', 'do_not_process'],
  failed: ['sample_error', 'lost', 'failure_to_deliver_to_customer', 'failure_to_deliver_to_lab'],
};

/** The high-level status of a low-level one, as in Junction's API reference. */
export function highLevelOf(modality: Modality, low: string): string {
  if (low === 'draw_completed')
    return modality === 'on_site_collection' ? 'sample_with_lab' : 'collecting_sample';
  const known = Object.entries(HIGH_LEVEL).find(([, lows]) => lows.includes(low));
  return known?.[0] ?? 'collecting_sample';
}

const TAKEN_OR_OVER = ['partial_results', 'redraw_available', 'lost'];
/** A test kit is charged from its shipment on. */
const SHIPPED = [
  'transit_customer',
  'out_for_delivery',
  'with_customer',
  'problem_in_transit_customer',
  'transit_lab',
  'problem_in_transit_lab',
  'delivered_to_lab',
  'lab_processing_blocked',
];

/**
 * Whether Junction cancels an order in this status: until results or shipment, so also after `draw_completed`.
 * https://docs.junction.com/lab/workflow/cancelling-an-order
 */
export function isCancellable(modality: Modality, low: string): boolean {
  return !isOver(low) && !TAKEN_OR_OVER.includes(low) && !(modality === 'testkit' && SHIPPED.includes(low));
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
