import { BEFORE_ALL_TIME, type Instant, latest } from '../instant.ts';
import { distinctEvents, newestEvent } from './order-event.ts';
import type { OrderFacts } from './order-record.ts';

/** Makes a short text that differs where its input differs. */
export type Digest = (text: string) => string;

/** JSON with sorted keys: equal values, equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * An order-preserving text: of two snapshots of one order the greater is the newer. See docs/state-model.md. Where
 * nothing in them tells two apart, the one that was asked for, at `askedAt`, is newer than what came by itself.
 */
export function rankOf(
  facts: Omit<OrderFacts, 'rank'>,
  digest: Digest,
  askedAt: Instant | null = null,
): string {
  const { snapshot, events } = facts;
  const asOf: Instant | null = snapshot.report && latest(Object.values(snapshot.report.orders));
  return [
    newestEvent(events)?.created_at ?? BEFORE_ALL_TIME,
    String(distinctEvents(events).length).padStart(6, '0'),
    snapshot.updated_at ?? BEFORE_ALL_TIME,
    asOf ?? BEFORE_ALL_TIME,
    askedAt ?? BEFORE_ALL_TIME,
    digest(canonical(snapshot)),
  ].join('|');
}
