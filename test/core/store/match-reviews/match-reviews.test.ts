/** Match reviews: their states carry no time, and come in any order and more than once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matchReviewEvents } from '../../../../core/domain/events/match-review-events.ts';
import type { MatchReviewState } from '../../../../core/domain/order/match-review.ts';
import {
  listMatchReviews,
  matchReviewsOf,
  readMatchReview,
} from '../../../../core/store/match-reviews/match-review-reading.ts';
import { writeMatchReview } from '../../../../core/store/match-reviews/match-reviews.ts';
import type { Table } from '../../../../core/store/table.ts';
import { march, orderId } from '../../../../tools/verification/oracle/bodies.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  table = engine.table;
});
afterAll(() => engine.close());

const PENDING = { status: 'pending_customer_review', decision_code: 'match_demo' };
const UNDECIDED = { resolution_action: null, resolved_order_id: null };
const pending: MatchReviewState = { ...PENDING, ...UNDECIDED };
const unsure: MatchReviewState = { ...pending, status: 'pending_ops_review', resolution_action: 'unsure' };
const accepted: MatchReviewState = {
  ...PENDING,
  status: 'resolved',
  resolution_action: 'accept',
  resolved_order_id: orderId(7),
};
const matched: MatchReviewState = { ...pending, status: 'matched', resolved_order_id: orderId(6) };
const unheardOf: MatchReviewState = { ...pending, status: 'of_a_kind_to_come' };

const minute = (n: number) => `2026-03-01T08:0${n}:00.000000Z`;
const idsIn = async (state: 'open' | 'closed') =>
  (await listMatchReviews(table, state, { limit: 100, after: null })).reviews.map(({ id }) => id);

/** Every order of these states. */
function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((first, place) =>
    permutations(values.toSpliced(place, 1)).map((others) => [first, ...others]),
  );
}

const stages = [unheardOf, pending, unsure, matched, accepted];

test('a review shows its state at the latest stage, in any order of arrival', async () => {
  for (const [number, states] of permutations(stages).entries()) {
    const id = `all-${number}`;
    const published: string[] = [];
    let latest = -1;
    for (const [n, state] of states.entries()) {
      const before = await readMatchReview(table, id);
      const report = { id, team_id: 'team', ...state };
      const isLater = stages.indexOf(state) > latest;
      latest = Math.max(latest, stages.indexOf(state));
      expect(await writeMatchReview(table, report, minute(n))).toBe(isLater ? 'applied' : 'superseded');
      const after = await readMatchReview(table, id);
      if (!after) throw new Error('not stored');
      expect(after).toMatchObject({ ...stages[latest], opened_at: minute(0) });
      expect(after.closed_at !== null).toBe(latest >= stages.indexOf(matched));
      published.push(...matchReviewEvents(before, after).map(({ type }) => type));
    }
    expect(await writeMatchReview(table, { id, team_id: 'team', ...accepted }, minute(9))).toBe('duplicate');
    expect(await readMatchReview(table, id)).toMatchObject({ closed_at: minute(states.indexOf(accepted)) });
    const opened = states[0] === matched || states[0] === accepted ? [] : ['Match Review Opened'];
    expect(published).toEqual([...opened, 'Match Review Closed']);
  }
  expect(await idsIn('open')).toEqual([]);
  const closed = await listMatchReviews(table, 'closed', { limit: 100, after: null });
  const times = closed.reviews.map(({ closed_at }) => closed_at ?? '');
  expect(times).toEqual(times.toSorted().reverse());
  // Whatever an earlier state said, the order of the latest one leads to the review, and no other.
  expect(await matchReviewsOf(table, orderId(6))).toEqual([]);
  expect(await matchReviewsOf(table, orderId(7))).toHaveLength(10);
});

test('the list of open reviews begins with the longest open one and keeps its order', async () => {
  await writeMatchReview(table, { id: 'second', team_id: null, ...pending }, march(3));
  await writeMatchReview(table, { id: 'first', team_id: null, ...pending }, march(2));
  await writeMatchReview(table, { id: 'first', team_id: null, ...unsure }, march(9));
  expect(await idsIn('open')).toEqual(['first', 'second']);
  await writeMatchReview(
    table,
    { id: 'first', team_id: null, ...accepted, resolved_order_id: null },
    march(10),
  );
  expect(await idsIn('open')).toEqual(['second']);
  expect((await idsIn('closed'))[0]).toBe('first');
});
