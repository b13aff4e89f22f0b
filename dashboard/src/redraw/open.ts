import type { Redraw, Transaction } from '../api/answers.ts';

/** A transaction of which somebody has still to act on the redraw. */
export type WithRedraw = Transaction & { readonly redraw: Redraw };

export function hasOpenRedraw(transaction: Transaction): transaction is WithRedraw {
  const state = transaction.redraw?.state;
  return state === 'expected' || state === 'in_progress' || state === 'stale';
}
