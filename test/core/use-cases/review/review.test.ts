/** The review of open redraws: what it counts, and the text of the mail. */
import { describe, expect, test } from 'vitest';
import { domainEvents } from '../../../../core/domain/events/domain-events.ts';
import { acknowledge } from '../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { assign } from '../../../../core/use-cases/handling/assign.ts';
import { reviewMail } from '../../../../core/use-cases/review/review-mail.ts';
import { type Review, reviewRedraws } from '../../../../core/use-cases/review/review-redraws.ts';
import { criticalResult, march } from '../../../../tools/verification/oracle/bodies.ts';
import { PROGRAM } from '../../../callers.ts';
import { manyDue } from '../sweep/scene/many-due.ts';
import { initialAvailable, ORDERED, redrawAt, TRANSACTION } from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';

const NOW = march(9);

/** The given number of open redraws. Some are flagged, and one of those is acknowledged. */
async function reviewOf(scope: 'open' | 'stale', open: number, flagged: number): Promise<Review> {
  const tracker = new Tracker();
  await manyDue(tracker, flagged);
  await tracker.sweep(march(6));
  const [stale] = tracker.transactions();
  // Existing ones stay as they are.
  await manyDue(tracker, open);
  const acknowledging = { by: 'nurse', caller: PROGRAM, note: 'CANARY-NOTE' };
  if (stale) await acknowledge(tracker.projection, stale.id, acknowledging, new Date(march(7)));
  const owning = { by: 'lead', caller: PROGRAM, assignee: 'Nurse Kim', followUpAt: null };
  if (stale) await assign(tracker.projection, stale.id, owning, new Date(march(7)));
  const review = await reviewRedraws({ table: tracker.memory, teamId: null }, scope, NOW);
  expect(tracker.transactions()).toHaveLength(open);
  expect(domainEvents['Redraw Review'].parse(review)).toEqual(review);
  return review;
}

const links = { worklist: 'https://redraws.example.com/', runbook: 'https://example.com/runbook.md' };

describe('a review', () => {
  test('of open redraws counts all of them, over all pages, and lists the first two hundred', async () => {
    const review = await reviewOf('open', 320, 40);
    const { open, stale, overdue, acknowledged, left_out, redraws } = review;
    // All of them are due, and the sweep has flagged some.
    expect([open, stale, overdue, acknowledged, left_out]).toEqual([320, 40, 320, 1, 120]);
    expect(new Set(redraws.map(({ transaction_id }) => transaction_id)).size).toBe(200);
    expect(reviewMail(review, links)).toEqual({
      Subject: 'Open redraws this week',
      Message:
        '320 redraws are open, 320 of them overdue, 1 acknowledged.\n\nSee: https://redraws.example.com/\nWhat to do: https://example.com/runbook.md#the-review-of-open-redraws\n',
    });
  });

  test('of stale redraws counts and lists only those, without notes', async () => {
    const review = await reviewOf('stale', 30, 7);
    expect([review.open, review.stale, review.redraws.length]).toEqual([7, 7, 7]);
    expect(reviewMail(review, links)).toMatchObject({
      Subject: 'Overdue redraws today',
      Message: expect.stringMatching(/^30 redraws are overdue, 1 acknowledged\.\n/),
    });
    expect(JSON.stringify(review)).toContain('"acknowledged_by":"nurse","owner":"Nurse Kim"');
    expect(JSON.stringify(review)).not.toContain('CANARY');
  });

  test('without redraws says so', async () => {
    const sentence = async (scope: 'open' | 'stale') =>
      reviewMail(await reviewOf(scope, 0, 0), links).Message.split('\n')[0];
    expect(await sentence('open')).toBe('No redraw is open.');
    expect(await sentence('stale')).toBe('No redraw is overdue.');
  });

  test('counts every open critical result, over all pages', async () => {
    const tracker = new Tracker();
    for (let n = 1; n <= 101; n += 1) await tracker.deliver(criticalResult(n, march(8)), march(8));
    const { critical_results } = await reviewRedraws({ table: tracker.memory, teamId: null }, 'open', NOW);
    expect(critical_results).toBe(101);
  });

  test('names everything that needs a person', async () => {
    const review = await reviewOf('open', 0, 0);
    const more = { critical_results: 1, needs_decision: 2, stalled_orders: 1, match_reviews: 3 };
    expect(reviewMail({ ...review, ...more }, links).Message).toMatch(
      /^No redraw is open, 1 critical result is open, 2 need a decision, 1 other order is stalled, 3 match reviews are open\.\n/,
    );
  });

  test('of a team counts no redraw, decision, order or critical result of another one', async () => {
    const tracker = new Tracker();
    await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
    const { team_id } = (await tracker.transaction(TRANSACTION)) ?? {};
    const ours = await reviewRedraws({ table: tracker.memory, teamId: team_id ?? '' }, 'open', NOW);
    const theirs = await reviewRedraws({ table: tracker.memory, teamId: 'another' }, 'open', NOW);
    expect([ours.open, theirs.open, theirs.redraws.length]).toEqual([1, 0, 0]);
    await tracker.deliver(redrawAt([ORDERED, ['cancelled', march(7)]]), march(7));
    const decisions = async (teamId: string) =>
      (await reviewRedraws({ table: tracker.memory, teamId }, 'open', NOW)).needs_decision;
    expect([await decisions(team_id ?? ''), await decisions('another')]).toEqual([1, 0]);
    await tracker.deliver(criticalResult(1, march(8)), march(8));
    const critical = async (teamId: string) =>
      (await reviewRedraws({ table: tracker.memory, teamId }, 'open', NOW)).critical_results;
    expect([await critical(team_id ?? ''), await critical('another')]).toEqual([1, 0]);
  });
});
