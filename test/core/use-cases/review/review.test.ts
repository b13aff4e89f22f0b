/** The review of open redraws: what it counts, and the text of the mail. */
import { describe, expect, test } from 'vitest';
import { domainEvents } from '../../../../core/domain/events/domain-events.ts';
import { acknowledge } from '../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { assign } from '../../../../core/use-cases/handling/assign.ts';
import { subjectOf, textOf } from '../../../../core/use-cases/review/review-mail.ts';
import { type Review, reviewRedraws } from '../../../../core/use-cases/review/review-redraws.ts';
import { PROGRAM } from '../../../callers.ts';
import { march } from '../../../oracle/bodies.ts';
import { manyDue } from '../sweep/scene/many-due.ts';
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
  const review = await reviewRedraws(tracker.memory, scope, NOW);
  expect(tracker.transactions()).toHaveLength(open);
  expect(domainEvents['Redraw Review'].parse(review)).toEqual(review);
  return review;
}

describe('a review', () => {
  test('of open redraws counts all of them, over all pages, and lists the first two hundred', async () => {
    const review = await reviewOf('open', 320, 40);
    const { open, stale, acknowledged, left_out, redraws } = review;
    expect([open, stale, acknowledged, left_out]).toEqual([320, 40, 1, 120]);
    expect(new Set(redraws.map(({ transaction_id }) => transaction_id)).size).toBe(200);
    expect(textOf(review)).toContain('320 open, 40 of them overdue, 1 acknowledged.');
    expect(textOf(review)).toContain('and 120 more');
    expect(subjectOf(review)).toBe('Redraws this week: 320 open, 40 of them overdue');
  });

  test('of stale redraws counts and lists only those', async () => {
    const review = await reviewOf('stale', 30, 7);
    expect([review.open, review.stale, review.redraws.length]).toEqual([7, 7, 7]);
    expect(subjectOf(review)).toBe('Overdue redraws today: 7');
    expect(textOf(review)).toMatch(/^7 overdue, 1 acknowledged\.\n/);
  });

  test('lists due times, stale redraws and acknowledgements, but no note', async () => {
    const text = textOf(await reviewOf('open', 2, 2));
    const lines = text.split('\n').filter((line) => line.startsWith('- transaction '));
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toContain('no redraw order yet; was due 2026-03-05 11:00 UTC; OVERDUE');
    expect(lines.filter((line) => line.endsWith('; owner Nurse Kim; acknowledged by nurse'))).toHaveLength(1);
    expect(text).not.toContain('CANARY');
  });

  test('without redraws says so and nothing else', async () => {
    expect(textOf(await reviewOf('open', 0, 0))).toBe('No redraw is open. There is nothing to do.\n');
    expect(textOf(await reviewOf('stale', 3, 0))).toBe('No redraw is overdue. There is nothing to do.\n');
  });
});
