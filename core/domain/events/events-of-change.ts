import { newInsightRecord } from '../insights/insight-record.ts';
import { type HeldTransaction, isEmptied } from '../transaction/stored-transaction.ts';
import type { DomainEvent } from './domain-events.ts';
import { eventId, eventsBetween } from './transaction-events.ts';

/**
 * The events of a change of a stored transaction; `before` is null for the first one. When its orders have moved to another
 * transaction, that one's change has the events, and this one only takes back what the insights counted.
 */
export function eventsOfChange(
  before: HeldTransaction | null,
  after: HeldTransaction,
  correlationId: string | null = null,
): DomainEvent[] {
  const insight = newInsightRecord(before, after);
  const known = before && isEmptied(before) ? null : before;
  const events = isEmptied(after) ? [] : eventsBetween(known, after, correlationId);
  if (insight === null) return events;
  const { transaction_id, revision, team_id, updated_at: time } = insight;
  const id = eventId(after, 'Insight Changed');
  const about = { id, correlation_id: correlationId, time, transaction_id, revision, team_id };
  return [...events, { type: 'Insight Changed', detail: { ...about, insight } }];
}
