import { type Instant, latest } from './instant.ts';
import type { MissingResult } from './order-record.ts';
import type { Slots } from './slots.ts';
import { type Contributions, classOf } from './transaction-orders.ts';
import type { TransactionStatus } from './truth-table.ts';

export interface Redraw {
  readonly state: 'expected' | 'in_progress' | 'completed' | 'cancelled' | 'failed';
  /** The redraw order; null while none has arrived. */
  readonly order_id: string | null;
  readonly available_at: Instant | null;
  readonly missing_results: readonly MissingResult[];
}

const STATE_OF_CLASS = {
  P: 'in_progress',
  C: 'completed',
  X: 'cancelled',
  F: 'failed',
  R: 'failed',
} as const;

/** The redraw of a transaction; null where there is none and none is to be expected. */
export function redrawOf(
  slots: Slots,
  status: TransactionStatus,
  contributions: Contributions,
): Redraw | null {
  const available = slots.initial !== null && classOf(slots.initial) === 'R';
  if (!available && !slots.redraw) return null;
  const whenNoneCame = status === 'active' ? 'expected' : 'cancelled';
  return {
    state: slots.redraw ? STATE_OF_CLASS[classOf(slots.redraw)] : whenNoneCame,
    order_id: slots.redraw?.id ?? null,
    available_at: availableAt(slots, contributions),
    missing_results: missingResults(slots, contributions),
  };
}

function availableAt(slots: Slots, contributions: Contributions): Instant | null {
  const own = latest(slots.initialChain.map(({ id }) => contributions[id]?.redraw_available_at));
  if (own) return own;
  const ids = new Set(slots.initialChain.map(({ id }) => id));
  return latest(
    Object.values(contributions)
      .flatMap(({ heard }) => heard)
      .filter((fact) => ids.has(fact.order_id) && fact.status === 'redraw_available')
      .map((fact) => fact.status_at),
  );
}

function missingResults(slots: Slots, contributions: Contributions): readonly MissingResult[] {
  for (const order of [slots.initial, slots.redraw]) {
    const missing = order && contributions[order.id]?.missing_results;
    if (missing && missing.length > 0) return missing;
  }
  return [];
}
