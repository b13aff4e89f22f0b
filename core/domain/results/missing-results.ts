import type { Slots } from '../members/slots.ts';
import { type Contributions, classOf, type TransactionOrder } from '../members/transaction-orders.ts';
import type { MissingResult } from '../order/order-record.ts';

export interface MissingResults {
  /** The markers known to have no result yet. */
  readonly missing_results: readonly MissingResult[];
  /** The order whose missing markers Junction has to be asked for; null if none. */
  readonly markers_wanted_of: string | null;
}

/** The orders that show which markers are missing. */
interface MarkerSource {
  /** The order whose results count; null if it is unknown. */
  readonly order: TransactionOrder | null;
  /** The order whose payload lists the markers while the first one lists none. */
  readonly fallback: TransactionOrder | null;
  /** Whether markers are certain to be missing, which makes them worth asking for. */
  readonly certain: boolean;
}

/** The markers still missing: after the redraw, those it did not resolve; before it, those that made it necessary. */
export function missingResultsOf(slots: Slots, contributions: Contributions): MissingResults {
  const source = markerSource(slots);
  if (source === null) return { missing_results: [], markers_wanted_of: null };
  const { order, fallback, certain } = source;
  const reported = order && contributions[order.id]?.told_markers;
  const isCurrent = reported && reported.as_of >= (order.low_level_status_created_at ?? '');
  return {
    missing_results: reported ? reported.markers : listedMarkers([order, fallback], contributions),
    markers_wanted_of: certain && order && !isCurrent ? order.id : null,
  };
}

/** Null if no marker is missing, or it is too early to know. */
function markerSource({ initial, redraw }: Slots): MarkerSource | null {
  if (redraw && classOf(redraw) === 'C') return sourceIfIncomplete(redraw);
  if (initial && classOf(initial) === 'C') return sourceIfIncomplete(initial);
  const available = initial !== null && classOf(initial) === 'R';
  if (!available && !redraw) return null;
  return { order: initial, fallback: redraw, certain: available };
}

/** A completed order has all results unless its payload says otherwise. */
function sourceIfIncomplete(order: TransactionOrder): MarkerSource | null {
  return order.has_missing_results === true ? { order, fallback: null, certain: true } : null;
}

/** The markers in the payload of the first order that lists any. */
function listedMarkers(orders: readonly (TransactionOrder | null)[], contributions: Contributions) {
  for (const order of orders) {
    const missing = order && contributions[order.id]?.missing_results;
    if (missing && missing.length > 0) return missing;
  }
  return [];
}
