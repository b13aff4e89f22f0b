import { expect, it } from 'vitest';
import { sampleJourneys } from '../../../sandbox/journeys/sample-journeys.ts';
import { sampleHandling } from '../../console/sample-handling.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const journeys = sampleJourneys(NOW);
const handled = sampleHandling(journeys);

it('handles sample journeys after their redraw is known, and in the past', () => {
  expect(handled.length).toBeGreaterThan(10);
  for (const { at, path } of handled) {
    const one = journeys.find(({ known }) => path.includes(known[0]?.facts.transactionId ?? '-'));
    expect(one?.script).toMatch(/^redraw_/);
    const begin = Date.parse(one?.stages[0]?.since ?? '');
    expect([at.getTime() > begin, at < NOW]).toEqual([true, true]);
  }
  const times = handled.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

it('leaves a follow-up for today and one that hides its row', () => {
  const followUps = handled.flatMap(({ body }) =>
    'follow_up_at' in body ? [String(body.follow_up_at)] : [],
  );
  expect(followUps.sort()).toEqual(['2026-03-01T10:00:00.000Z', '2026-03-03T12:00:00.000Z']);
});

it('lets people acknowledge in their own name only', () => {
  for (const { person, body } of handled) {
    if ('by' in body) expect(body.by).toBe(`${person}@example.com`);
  }
});
