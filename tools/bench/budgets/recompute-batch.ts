import { journeys } from '../../sandbox/journeys/journeys.ts';
import { type Assembly, deploy } from '../deployment.ts';
import { type BatchAnswer, type Change, caller, changesOf, streamEvent } from '../feed.ts';
import { type Figure, median, medianRatio } from '../figures.ts';
import { startMeter } from '../meter.ts';
import { Progress } from '../progress.ts';

/** How long the database takes for each answer, in addition (ms). */
const LATENCY = 5;
/** As the event source mapping has it. */
const BATCH = 100;

/**
 * The time for batches of the stream, relative to the same records in batches of one, which can only be processed one after
 * another. The two take turns, each on an engine of its own.
 */
export async function recomputeBatch(assembly: Assembly, batches: number): Promise<Figure[]> {
  const changes = await changesIn(assembly, batches + 1);
  const [together, alone] = [await openTimed(assembly), await openTimed(assembly)];
  try {
    const times = { together: [] as number[], alone: [] as number[] };
    const progress = new Progress('Batches of the stream', batches + 1);
    for (let at = 0; at < changes.length; at += BATCH) {
      const batch = changes.slice(at, at + BATCH);
      times.together.push(await together.process([batch]));
      times.alone.push(await alone.process(batch.map((change) => [change])));
      progress.step();
    }
    // The first batch starts the functions.
    return figureOf(times.together.slice(1), times.alone.slice(1));
  } finally {
    await together.close();
    await alone.close();
  }
}

/** The changes for this number of batches. A journey makes more than six. */
async function changesIn(assembly: Assembly, batches: number): Promise<Change[]> {
  const deployment = await deploy(assembly);
  try {
    const needed = batches * BATCH;
    const changes = await changesOf(deployment, journeys(3, Math.ceil(needed / 6)));
    if (changes.length < needed) throw new Error(`too few journeys for ${batches} batches`);
    return changes.slice(0, needed);
  } finally {
    await deployment.close();
  }
}

async function openTimed(assembly: Assembly) {
  const deployment = await deploy(assembly);
  const meter = await startMeter(deployment.engine.endpoint, LATENCY);
  const recompute = caller(deployment, 'recompute', meter);
  return {
    /** @returns how long it took (ms) */
    async process(batches: readonly (readonly Change[])[]): Promise<number> {
      const events = batches.map((batch) => streamEvent(...batch));
      const begun = performance.now();
      for (const event of events) {
        const { batchItemFailures } = (await recompute(event)) as BatchAnswer;
        if (batchItemFailures.length > 0) throw new Error('recompute failed in a batch');
      }
      return performance.now() - begun;
    },
    async close() {
      await meter.close();
      await deployment.close();
    },
  };
}

function figureOf(together: readonly number[], alone: readonly number[]): Figure[] {
  const perSecond = (times: readonly number[]) => (BATCH * 1_000) / median(times);
  return [
    {
      name: 'recompute: a batch over its records one after another',
      value: medianRatio(together, alone),
      unit: '×',
      budget: 0.7,
      detail: {
        'changes per second': perSecond(together),
        'one after another': perSecond(alone),
        'latency of the database ms': LATENCY,
        batches: together.length,
      },
    },
  ];
}
