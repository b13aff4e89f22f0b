/** The tokens of changes: whoever reads again only when a token is new misses nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MARK_EVERY, READABLE_AFTER, tokenOf } from '../../../core/domain/change-tokens.ts';
import { parseInstant } from '../../../core/domain/instant.ts';
import { ChangeMarks } from '../../../core/store/change-marks.ts';
import type { Heartbeat } from '../../../core/store/heartbeat.ts';
import { holdsFor } from '../../property.ts';

const START = Date.UTC(2026, 2, 1);
const instantOf = (milliseconds: number) =>
  parseInstant(new Date(START + milliseconds).toISOString()) as string;
const HOUR = 3_600_000;
/** How far each clock is off, and how long a write takes to show in lists (ms): together within the time that tokens allow. */
const SKEW = 1_000;
const LAG = READABLE_AFTER - 2 * SKEW - 1;

const writes = fc.record({
  at: fc.integer({ min: 0, max: HOUR }),
  writer: fc.integer({ min: 0, max: 2 }),
  lag: fc.integer({ min: 0, max: LAG }),
  /** How long the mark is under way. */
  markTakes: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 120_000 })),
});

const world = fc.record({
  skews: fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: -SKEW, max: SKEW }))),
  written: fc.array(writes, { maxLength: 40 }),
  every: fc.constantFrom(1_000, 15_000, 40_000),
});

interface Write {
  readonly readableAt: number;
  /** When the mark that stands for it is stored. */
  markedAt: number;
}

/** What the writers do in the course of an hour: their writes, and the marks in the order of their arrival. */
async function worked(
  skews: readonly number[],
  written: readonly (typeof writes extends fc.Arbitrary<infer One> ? One : never)[],
) {
  let now = 0;
  const stored: { at: number; mark: string }[] = [];
  let takes = 0;
  const last: number[] = [];
  const marksOf = skews.slice(0, 3).map((skew, writer) => {
    const record = async ({ rest_at }: Heartbeat) => {
      if (rest_at === undefined) return;
      last[writer] = now + takes;
      stored.push({ at: now + takes, mark: rest_at });
    };
    return new ChangeMarks(record, () => START + now + skew);
  });
  const done: Write[] = [];
  for (const { at, writer, lag, markTakes } of [...written].sort((a, b) => a.at - b.at)) {
    now = at;
    takes = markTakes;
    marksOf[writer]?.note('rest');
    await marksOf[writer]?.flush();
    done.push({ readableAt: at + lag, markedAt: last[writer] ?? Number.POSITIVE_INFINITY });
  }
  return { done, stored: stored.sort((a, b) => a.at - b.at) };
}

test('a reading that is skipped lacks nothing that is marked', async () => {
  let skipped = 0;
  const property = fc.asyncProperty(world, async ({ skews, written, every }) => {
    const { done, stored } = await worked(skews, written);
    let seen: string | null = null;
    let readAt = -1;
    for (let now = 0; now < 2 * HOUR; now += every) {
      const marks = stored.filter(({ at }) => at <= now).map(({ mark }) => mark);
      const token = tokenOf(marks.toSorted().at(-1) ?? null, instantOf(now + (skews[3] ?? 0)));
      if (token === null || token !== seen) {
        seen = token;
        readAt = now;
        continue;
      }
      skipped += 1;
      const missed = done.filter(({ readableAt, markedAt }) => markedAt <= now && readableAt > readAt);
      expect(missed).toEqual([]);
    }
  });
  await holdsFor(property, { numRuns: 60 });
  expect(skipped).toBeGreaterThan(1_000);
});

test('a token settles when every change that its mark stands for can be read', () => {
  const settled = MARK_EVERY + READABLE_AFTER;
  expect(tokenOf(instantOf(0), instantOf(settled - 1))).toBeNull();
  expect(tokenOf(instantOf(0), instantOf(settled))).toBe(tokenOf(instantOf(0), instantOf(HOUR)));
  expect(tokenOf(instantOf(0), instantOf(HOUR))).not.toBe(tokenOf(instantOf(1), instantOf(HOUR)));
});

test('without a mark nothing is known', () => {
  expect(tokenOf(null, instantOf(0))).toBeNull();
});
