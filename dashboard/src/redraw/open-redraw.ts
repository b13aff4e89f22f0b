import type { Redraw, Transaction, TransactionOrder } from '../api/answers.ts';

/** A transaction with a redraw. */
export type WithRedraw = Transaction & { readonly redraw: Redraw };

export function hasOpenRedraw(transaction: Transaction): transaction is WithRedraw {
  const state = transaction.redraw?.state;
  return state === 'expected' || state === 'in_progress' || state === 'stale';
}

/** Whether the redraw ended without complete results, whether or not somebody has decided how to proceed. */
export function hasDecision(transaction: Transaction): transaction is WithRedraw {
  return transaction.redraw?.decision != null;
}

/** Whether the redraw ended without complete results and nobody has recorded a decision yet. */
export function awaitsDecision(transaction: Transaction): transaction is WithRedraw {
  return hasDecision(transaction) && transaction.redraw.acknowledgement === null;
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
