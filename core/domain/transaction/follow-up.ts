import type { Instant } from '../instant.ts';
import { needsPerson, progressKey } from '../redraw/redraw.ts';
import { openOrderKey } from './open-order.ts';
import type { Transaction } from './transaction.ts';

/** What of a transaction can be followed up. */
export const FOLLOWED_UP = ['order', 'redraw'] as const;

/** The part of a transaction that needs tracking: its redraw, otherwise its open order. */
export interface FollowUp {
  readonly of: (typeof FOLLOWED_UP)[number];
  /** Changes whenever it progresses. Marks set before then no longer hold. */
  readonly key: string;
  /** When it becomes overdue; null for a redraw that waits for a decision, and if no fact of it has a time. */
  readonly due_at: Instant | null;
}

/** The part of a transaction that needs tracking; null if there is none. */
export function followUpOf({
  redraw,
  open_order: order,
}: Pick<Transaction, 'redraw' | 'open_order'>): FollowUp | null {
  if (needsPerson(redraw)) return { of: 'redraw', key: progressKey(redraw), due_at: redraw.due_at };
  return order && order.due_at !== null
    ? { of: 'order', key: openOrderKey(order), due_at: order.due_at }
    : null;
}

/** Whether the open order of a transaction is flagged as stalled. */
export function isStalled(
  transaction: Pick<Transaction, 'redraw' | 'open_order'>,
  { stale_since }: { readonly stale_since: Instant | null },
): boolean {
  return stale_since !== null && followUpOf(transaction)?.of === 'order';
}
