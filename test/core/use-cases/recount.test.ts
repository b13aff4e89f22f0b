/** A recount of all transactions, while changes are on their way to the counters. */
import { expect, test } from 'vitest';
import { countersKey } from '../../../core/store/counts/counters.ts';
import { addCounts, readCountingItem } from '../../../core/store/counts/counting-item.ts';
import { readInsights } from '../../../core/store/counts/insight-items.ts';
import { isOfKind } from '../../../core/store/table-layout.ts';
import { intactTransaction } from '../../../core/store/transactions/damaged-transactions.ts';
import { countChanges } from '../../../core/use-cases/count-changes.ts';
import { type CountFinding, type RecountContext, recount } from '../../../core/use-cases/recount.ts';
import { journeys } from '../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../tools/sandbox/webhooks/delivery-plan.ts';
import type { Change } from '../../../tools/verification/memory-table/memory-table.ts';
import { march } from '../../../tools/verification/oracle/bodies.ts';
import { countedIn, expectedCounters } from './counters.ts';
import { Tracker } from './sweep/scene/tracker.ts';

const NOW = march(9);

/** A tracker after journeys, with the changes of transactions that are not counted yet. */
async function busy(seed: number) {
  const tracker = new Tracker();
  const waiting: Change[] = [];
  const { onChange } = tracker.memory;
  tracker.memory.onChange = (change) => {
    onChange?.(change);
    if (isOfKind('TX', (change.after ?? change.before)?.sk)) waiting.push(change);
  };
  for (const { body } of planDeliveries(journeys(seed, 12))) await tracker.deliver(body, NOW);
  const table = tracker.memory;
  const count = (changes: readonly Change[]) =>
    countChanges(
      { table, teamId: null },
      changes.map(({ before, after }) => ({
        before: before && intactTransaction(before),
        after: after && intactTransaction(after),
      })),
    );
  return { table, waiting, count, items: () => [...tracker.memory.items.values()] };
}

async function recounted(table: RecountContext['table'], given: Partial<RecountContext> = {}) {
  const findings: CountFinding[] = [];
  const finished = await recount({
    table,
    teamId: null,
    dryRun: false,
    segments: 3,
    hasTime: () => true,
    now: NOW,
    pause: async () => undefined,
    onFinding: (finding) => findings.push(finding),
    ...given,
  });
  return { finished, findings };
}

test('changes that are counted once in any batches need no correction', async () => {
  for (const size of [1, 7, 1_000]) {
    const { table, waiting, count, items } = await busy(3);
    expect(waiting.length).toBeGreaterThan(30);
    for (let from = 0; from < waiting.length; from += size) await count(waiting.slice(from, from + size));
    expect(countedIn(items())).toEqual(expectedCounters(items()));
    expect(await recounted(table)).toEqual({ finished: true, findings: [] });
    expect((await readCountingItem(table, countersKey(null))).countedAt).toBe(NOW);
  }
});

test('a batch that is counted twice is corrected, in the counters and the insights', async () => {
  const { table, waiting, count, items } = await busy(4);
  await count(waiting);
  const insights = await readInsights(table, null, ['2026-03']);
  await count(waiting.slice(0, 20));
  const dry = await recounted(table, { dryRun: true });
  expect(dry.findings.length).toBeGreaterThan(3);
  expect(countedIn(items())).not.toEqual(expectedCounters(items()));
  expect((await recounted(table)).findings).toEqual(dry.findings);
  expect(countedIn(items())).toEqual(expectedCounters(items()));
  const nonZero = (all: typeof insights) =>
    all.map((one) => ({ ...one, counts: [...one.counts].filter(([, count]) => count !== 0) }));
  expect(nonZero(await readInsights(table, null, ['2026-03']))).toEqual(nonZero(insights));
});

test('a change that is still on its way is not taken for an error', async () => {
  const { table, waiting, count, items } = await busy(5);
  const late = waiting.splice(-15);
  await count(waiting);
  const { findings } = await recounted(table, { pause: async () => void (await count(late.splice(0))) });
  expect(findings).toEqual([]);
  expect(countedIn(items())).toEqual(expectedCounters(items()));
});

test('an error beside traffic is corrected by what is missing, and what changes at every count is reported', async () => {
  const { table, waiting, count } = await busy(6);
  await count(waiting);
  await addCounts(table, countersKey(null), new Map([['total', 5]]));
  const noise = async () => addCounts(table, countersKey(null), new Map([['status:active', 1]]));
  const { findings } = await recounted(table, { pause: noise });
  expect(findings).toMatchObject([
    { kind: 'miscounted', counter: 'total', item: 'COUNTERS#all COUNTERS' },
    { kind: 'uncounted', counter: 'status:active' },
  ]);
});

test('without enough time, nothing is corrected', async () => {
  const { table, items } = await busy(7);
  let pages = 4;
  expect(await recounted(table, { hasTime: () => pages-- > 0 })).toEqual({ finished: false, findings: [] });
  expect(countedIn(items())).toEqual({});
});
