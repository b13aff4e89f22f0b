/** A consumer as docs/events describes it: it gets the events in any order and repeatedly. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainEvent } from '../../../core/domain/events/domain-events.ts';
import { NewestStates } from '../../../docs/events/examples/newest-state.ts';
import { SMALL_JOURNEYS, webhooksOf } from '../../../tools/verification/convergence/small-journeys.ts';
import { Tracker } from '../../core/use-cases/sweep/scene/tracker.ts';

/** What is published of each small journey, with a sweep late enough to flag what waits. */
async function publishedEvents(journey: (typeof SMALL_JOURNEYS)[number]): Promise<readonly DomainEvent[]> {
  const tracker = new Tracker();
  for (const { body, receivedAt } of webhooksOf(journey)) await tracker.deliver(body, receivedAt);
  await tracker.sweep('2026-09-01T00:00:00Z');
  return tracker.events;
}

const published = await Promise.all(SMALL_JOURNEYS.map(publishedEvents));
/** What a consumer orders by. The journeys share their transactions, so each has a number. */
const revised = published.flatMap((events, journey) =>
  events.flatMap(({ type, detail }) => {
    if (!('revision' in detail)) return [];
    const { transaction_id, revision, sequence } = detail;
    return [{ type, transaction_id: `${journey} ${transaction_id}`, revision, sequence }];
  }),
);
type Revised = (typeof revised)[number];

test('several events share a revision, so a rule by the revision alone would lose some', () => {
  const revisions = new Set(revised.map(({ transaction_id, revision }) => `${transaction_id} ${revision}`));
  expect(revisions.size).toBeLessThan(revised.length);
});

test('that keeps the newest state has the last one of each transaction', () => {
  const last = new Map(revised.map((detail) => [detail.transaction_id, detail]));
  const arrival = fc.shuffledSubarray([...revised, ...revised], { minLength: revised.length * 2 });
  fc.assert(
    fc.property(arrival, (arriving) => {
      const states = new NewestStates<Revised>();
      for (const detail of arriving) states.add(detail);
      for (const [id, detail] of last) expect(states.of(id)).toEqual(detail);
    }),
  );
});

test('that keeps the newest state drops nothing that arrives in order', () => {
  const states = new NewestStates<Revised>();
  expect(revised.filter((detail) => !states.add(detail))).toEqual([]);
});

test('that acts on each event can tell all of them apart by their ids', () => {
  for (const events of published) {
    expect(new Set(events.map(({ detail }) => detail.id)).size).toBe(events.length);
  }
});
