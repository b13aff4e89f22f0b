import type { MissingResult } from '../order/order-record.ts';
import type { Slots } from './slots.ts';
import { type Contributions, classOf, type TransactionOrder } from './transaction-orders.ts';

export interface MissingResults {
  /** The markers that still have no result, as far as they are known. */
  readonly missing_results: readonly MissingResult[];
  /** The order whose missing markers are still to be asked for; null if none. */
  readonly markers_wanted_of: string | null;
}

/** The order whose results say what still misses, and the others that may tell of it meanwhile. */
interface Teller {
  readonly order: TransactionOrder | null;
  readonly others: readonly (TransactionOrder | null)[];
  /** Whether it is settled that markers miss, so that they are worth asking for. */
  readonly settled: boolean;
}

/** What still misses: after the redraw what it left open, before it what made it necessary. */
export function missingResultsOf(slots: Slots, contributions: Contributions): MissingResults {
  const teller = tellerOf(slots);
  if (teller === null) return { missing_results: [], markers_wanted_of: null };
  const { order, others, settled } = teller;
  const told = order && contributions[order.id]?.told_markers;
  const fresh = told && told.as_of >= (order.low_level_status_created_at ?? '');
  return {
    missing_results: told ? told.markers : ridingAlong([order, ...others], contributions),
    markers_wanted_of: settled && order && !fresh ? order.id : null,
  };
}

/** Null where nothing misses, or nobody can know yet. */
function tellerOf({ initial, redraw }: Slots): Teller | null {
  if (redraw && classOf(redraw) === 'C') return whereIncomplete(redraw);
  if (initial && classOf(initial) === 'C') return whereIncomplete(initial);
  const available = initial !== null && classOf(initial) === 'R';
  if (!available && !redraw) return null;
  return { order: initial, others: [redraw], settled: available };
}

/** An order that has come to its results misses none, unless it says so itself. */
function whereIncomplete(order: TransactionOrder): Teller | null {
  return order.has_missing_results === true ? { order, others: [], settled: true } : null;
}

function ridingAlong(orders: readonly (TransactionOrder | null)[], contributions: Contributions) {
  for (const order of orders) {
    const missing = order && contributions[order.id]?.missing_results;
    if (missing && missing.length > 0) return missing;
  }
  return [];
}
