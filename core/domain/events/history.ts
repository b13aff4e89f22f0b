import { type Instant, latest } from '../instant.ts';
import { lastPublished } from '../stored/incompleteness.ts';
import { type HeldTransaction, isEmptied } from '../stored/stored-transaction.ts';
import type { DomainEvent } from './domain-events.ts';

/** An event, and whether everything behind it happened before the service watched. */
export type MarkedEvent = DomainEvent & { readonly historical: boolean };

/** A change of a stored transaction; `before` is null for the first one. */
interface Change {
  readonly before: HeldTransaction | null;
  readonly after: HeldTransaction;
}

/**
 * Whether every fact behind a change is dated before `since`, whoever delivered it. A fact without a time cannot be shown to be.
 *
 * @param since since when the service watches; null if that is not stored: then nothing is history
 */
export function isHistorical(factTime: Instant | null, since: Instant | null): boolean {
  return since !== null && factTime !== null && factTime < since;
}

/**
 * The time of the newest fact behind an event of a transaction; null if one of its facts has no time. It follows from what the
 * event says, not from what else has arrived, so the same facts have the same time in any order of arrival. The fact behind a flag is the
 * time at which its clock ran out.
 */
export function factTime({ type, detail }: DomainEvent, change: Change): Instant | null {
  switch (type) {
    case 'Redraw Available':
      return detail.redraw?.available_at ?? detail.time;
    case 'Redraw Order Linked':
      return creationOf(detail.order_id, change) ?? detail.time;
    case 'Redraw Stale':
      return detail.redraw?.due_at ?? null;
    case 'Order Stalled':
      return detail.due_at;
    case 'Order Failed':
      return detail.decision.since ?? detail.time;
    case 'Redraw Needs Decision':
      return decisionTime(detail, change);
    case 'Divergence Opened':
    case 'Divergence Closed':
      return reportTime(detail, change);
    case 'Transaction Anomaly':
      return detail.anomaly.first_seen_at;
    default:
      return handlingTime({ type, detail } as DomainEvent) ?? detail.time;
  }
}

/** When a person did what an event says; null for what no person did. */
function handlingTime({ detail }: DomainEvent): Instant | null {
  if ('withdrawal' in detail) return detail.withdrawal.at;
  if ('acknowledgement' in detail) return detail.acknowledgement.at;
  if ('assignment' in detail) return detail.assignment.at;
  return 'note' in detail ? detail.note.at : null;
}

function creationOf(orderId: string, { after }: Change): Instant | null {
  return ('orders' in after && after.orders.find(({ id }) => id === orderId)?.created_at) || null;
}

/** That a redraw may no longer be needed can follow from Junction's report about the whole transaction. */
function decisionTime(
  { decision, time }: Extract<DomainEvent, { type: 'Redraw Needs Decision' }>['detail'],
  change: Change,
): Instant | null {
  if (decision.reason !== 'redraw_not_needed') return decision.since ?? time;
  const reported = reportTime({ time }, change);
  return reported && latest([reported, decision.since]);
}

/** Junction's report about a whole transaction has no time. It is dated by the facts that came with it; alone, it is new. */
function reportTime({ time }: { readonly time: Instant | null }, { before }: Change): Instant | null {
  const known = lastPublished(before && isEmptied(before) ? null : before);
  return known?.updated_at === time ? null : time;
}
