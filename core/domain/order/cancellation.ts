import { isShipped, orderClass, shownBy } from './status.ts';

/**
 * Why Junction does not cancel an order in this status; null if it may. Statuses that are not known are left to Junction.
 * https://docs.junction.com/lab/workflow/cancelling-an-order
 */
export function cancellationRefusal(
  modality: string | null,
  low: string | null,
  high: string | null,
): string | null {
  switch (orderClass(low, high)) {
    case 'X':
      return 'The order is already cancelled.';
    case 'F':
      return 'The order has failed, so there is nothing to cancel.';
    case 'C':
      return 'The order is completed, so it cannot be cancelled.';
    case 'R':
      return 'A redraw is available for the order, so the order cannot be cancelled. To cancel the redraw, use the ID of the redraw order.';
    default:
  }
  if (shownBy(low) === 'partial_results')
    return 'The lab has reported results, so the order cannot be cancelled.';
  if (modality === 'testkit' && isShipped(low)) {
    return 'The test kit has been shipped, so the order cannot be cancelled.';
  }
  return null;
}
