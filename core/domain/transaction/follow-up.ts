import type { Instant } from '../instant.ts';
import { openOrderKey } from '../members/open-order.ts';
import { isOpen, progressKey } from '../redraw/redraw.ts';
import { decisionKey, openDecisionKey } from './decision.ts';
import type { Transaction } from './transaction.ts';

/** What of a transaction can be followed up. */
export const FOLLOWED_UP = ['order', 'redraw'] as const;

/** The part of a transaction that needs tracking: a decision, otherwise its open redraw, otherwise its open order. */
export interface FollowUp {
  readonly of: (typeof FOLLOWED_UP)[number];
  /** Changes whenever it progresses. Marks set before then no longer hold. */
  readonly key: string;
  /** When it becomes overdue; null for a decision about what has ended, and if no fact of it has a time. */
  readonly due_at: Instant | null;
}

export type FollowedUp = Pick<Transaction, 'decision' | 'redraw' | 'open_order'>;

/** The part of a transaction that needs tracking; null if there is none. */
export function followUpOf({ decision, redraw, open_order: order }: FollowedUp): FollowUp | null {
  if (decision) {
    return isOpen(redraw)
      ? { of: 'redraw', key: openDecisionKey(decision, redraw), due_at: redraw.due_at }
      : { of: redraw ? 'redraw' : 'order', key: decisionKey(decision), due_at: null };
  }
  if (isOpen(redraw)) return { of: 'redraw', key: progressKey(redraw), due_at: redraw.due_at };
  return order && order.due_at !== null
    ? { of: 'order', key: openOrderKey(order), due_at: order.due_at }
    : null;
}

/** Whether the open order of a transaction is flagged as stalled. */
export function isStalled(
  transaction: FollowedUp,
  { stale_since }: { readonly stale_since: Instant | null },
): boolean {
  return stale_since !== null && followUpOf(transaction)?.of === 'order';
}
