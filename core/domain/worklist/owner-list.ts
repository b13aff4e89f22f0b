import type { Instant } from '../instant.ts';
import { isOpen } from '../redraw/redraw.ts';
import type { StoredTransaction } from '../stored/stored-transaction.ts';
import { followUpOf } from '../transaction/follow-up.ts';
import { needsOf } from './needs.ts';
import { followUpAt } from './postponed.ts';

/** Why an owner should look at a transaction today, the most urgent first. */
export const OWNED_GROUPS = ['critical', 'overdue', 'today', 'decision', 'open'] as const;

/** A transaction that its owner should look at. */
export interface OwnedItem {
  readonly transaction_id: string;
  readonly group: (typeof OWNED_GROUPS)[number];
  /** The stage of the redraw or of the order; null for a decision, and if only a critical result is open. */
  readonly stage: string | null;
  readonly due_at: Instant | null;
}

/**
 * The entry of a transaction in its owner's list; null if nothing is due today. A later follow-up takes it from the
 * list, except if it has a critical result that nobody has acknowledged.
 *
 * @param endOfToday when the day of the list ends
 */
export function ownedItem(
  transaction: StoredTransaction,
  now: Instant,
  endOfToday: Instant,
): OwnedItem | null {
  const { id, redraw, open_order } = transaction;
  const followUp = followUpOf(transaction);
  const due_at = followUp?.due_at ?? null;
  const stage = (followUp?.of === 'redraw' ? redraw?.stage : open_order?.stage) ?? null;
  const item = (group: OwnedItem['group']) => ({ transaction_id: id, group, stage, due_at });
  const needs = needsOf(transaction, now);
  if (needs.includes('critical_result')) return item('critical');
  if (followUp === null) return null;
  const planned = followUpAt(transaction);
  if (planned !== null && planned >= endOfToday) return null;
  if (needs.includes('overdue_redraw') || needs.includes('stalled_order')) return item('overdue');
  if (planned !== null) return item('today');
  if (needs.includes('decision')) return item('decision');
  return isOpen(redraw) ? item('open') : null;
}

/** The most urgent first. */
export function byUrgency(one: OwnedItem, other: OwnedItem): number {
  const groups = OWNED_GROUPS.indexOf(one.group) - OWNED_GROUPS.indexOf(other.group);
  if (groups !== 0) return groups;
  // Entries without a due time come last.
  const [due, otherDue] = [one.due_at ?? '~', other.due_at ?? '~'];
  return due < otherDue ? -1 : Number(due > otherDue);
}
