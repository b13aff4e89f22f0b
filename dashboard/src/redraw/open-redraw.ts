import type { Redraw, Transaction, TransactionOrder } from '../api/answers.ts';

/** A transaction with a redraw. */
export type WithRedraw = Transaction & { readonly redraw: Redraw };

export function hasOpenRedraw(transaction: Transaction): transaction is WithRedraw {
  const state = transaction.redraw?.state;
  return state === 'expected' || state === 'in_progress' || state === 'stale';
}

/** A transaction that leaves something to decide. */
export type WithDecision = Transaction & { readonly decision: NonNullable<Transaction['decision']> };

/** Whether there is something to decide, whether or not somebody has recorded what was decided. */
export function hasDecision(transaction: Transaction): transaction is WithDecision {
  return transaction.decision !== null;
}

/** Whether there is something to decide and nobody has recorded a decision yet. */
export function awaitsDecision(transaction: Transaction): transaction is WithDecision {
  return hasDecision(transaction) && transaction.decision.acknowledgement === null;
}

/** Who acknowledged the redraw, or recorded what was decided; null if nobody did. */
export function acknowledgementOf({ redraw, decision }: Transaction): Redraw['acknowledgement'] {
  return (decision ?? redraw)?.acknowledgement ?? null;
}

/** The initial order; the newest if there are several. */
export function initialOrderId({ orders }: Transaction): string | null {
  return orders.findLast(({ origin }) => origin === 'initial')?.id ?? null;
}

/** Whether the order carries Junction's tag "Redraw available", which stays after the redraw has ended. */
export function isTagged(order: TransactionOrder, transaction: Transaction): transaction is WithRedraw {
  const wasAvailable = order.redraw_available_at !== null || order.low_level_status === 'redraw_available';
  return wasAvailable && transaction.redraw !== null;
}

export function hasRedraw(transaction: Transaction): transaction is WithRedraw {
  return transaction.redraw !== null;
}
