/** Hundreds of due redraws, overlapping sweeps, sweeps that run out of time, and a transaction that cannot be read. */
import { beforeEach, describe, expect, test } from 'vitest';
import { itemName } from '../../../../core/store/table-layout.ts';
import type { MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { manyDue } from './scene/many-due.ts';
import { Tracker } from './scene/tracker.ts';

const NOW = march(6);

const staleIds = (tracker: Tracker) =>
  tracker
    .transactions()
    .filter(({ marks }) => marks.stale_since !== null)
    .map(({ id }) => id)
    .sort();

let tracker: Tracker;
let ids: string[];
beforeEach(async () => {
  tracker = new Tracker();
  ids = (await manyDue(tracker, 700)).toSorted();
});

test('hundreds of due redraws are all flagged, page by page', async () => {
  expect(await tracker.sweep(NOW)).toMatchObject({ due: 700, flagged: 700, healed: 0, skipped: 0 });
  expect(staleIds(tracker)).toEqual(ids);
  expect(tracker.told('Redraw Stale').sort()).toEqual(ids);
  expect(await tracker.sweep(NOW)).toMatchObject({ due: 0, flagged: 0 });
});

test('two sweeps at the same time flag each of them once', async () => {
  const [one, other] = await Promise.all([tracker.sweepOnly(NOW), tracker.sweepOnly(NOW)]);
  expect(one.flagged + other.flagged).toBe(700);
  expect(one.skipped + other.skipped).toBe(0);
  expect(tracker.told('Redraw Stale').sort()).toEqual(ids);
});

test('two sweeps with different times, run at once, flag each of them once', async () => {
  const swept = await Promise.all([NOW, march(7), march(8)].map((now) => tracker.sweepOnly(now)));
  expect(swept.reduce((sum, { flagged }) => sum + flagged, 0)).toBe(700);
  expect(tracker.told('Redraw Stale').sort()).toEqual(ids);
});

describe('when the time is over', () => {
  test.each([0, 1, 3, 50, 333])('after %i checks, the next sweep continues', async (looks) => {
    let flagged = 0;
    let left = looks;
    const first = await tracker.sweep(NOW, { hasTime: () => left-- > 0 });
    flagged += first.flagged;
    expect(first.flagged).toBeLessThanOrEqual(looks);
    expect(staleIds(tracker)).toHaveLength(first.flagged);
    while (staleIds(tracker).length < 700) {
      left = 200;
      const next = await tracker.sweep(NOW, { hasTime: () => left-- > 0 });
      expect(next.flagged).toBeGreaterThan(0);
      flagged += next.flagged;
    }
    expect(flagged).toBe(700);
    expect(tracker.told('Redraw Stale').sort()).toEqual(ids);
  });
});

test('a transaction that cannot be read is skipped and reported, and all others are flagged', async () => {
  const bad = ids[123] ?? '';
  const refusing = (memory: MemoryTable) => {
    const send = async (command: { input: { Key?: { pk?: unknown; sk?: unknown } } }) => {
      if (itemName(command.input.Key ?? {}) === `TX#${bad}`) throw new TypeError('not a transaction item');
      return memory.client.send(command as never);
    };
    return { name: memory.name, client: { send } as unknown as MemoryTable['client'] };
  };
  const hindered = new Tracker({ memory: tracker.memory, through: refusing });
  const report = await hindered.sweep(NOW);
  expect(report).toMatchObject({ flagged: 699, skipped: 1, reasons: ['TypeError: not a transaction item'] });
  expect(staleIds(tracker)).toEqual(ids.filter((id) => id !== bad));
});
