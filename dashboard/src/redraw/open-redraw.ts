import type { Redraw, Transaction } from '../api/answers.ts';

/** A transaction of which somebody has still to act on the redraw. */
export type WithRedraw = Transaction & { readonly redraw: Redraw };

export function hasOpenRedraw(transaction: Transaction): transaction is WithRedraw {
  const state = transaction.redraw?.state;
  return state === 'expected' || state === 'in_progress' || state === 'stale';
}

/** The order whose sample did not give all results; the newest, should there be several. */
export function initialOrderId({ orders }: Transaction): string | null {
  return orders.findLast(({ origin }) => origin === 'initial')?.id ?? null;
}

export function hasRedraw(transaction: Transaction): transaction is WithRedraw {
  return transaction.redraw !== null;
}
