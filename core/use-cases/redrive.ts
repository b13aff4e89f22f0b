import type { Bus } from '../events/bus.ts';
import {
  type FailedBatch,
  type FailedBatches,
  type FailedRecord,
  listFailedBatches,
  narrowFailedBatch,
  readFailedBatch,
  removeFailedBatch,
} from '../store/failed-batches.ts';
import { readOrder } from '../store/orders.ts';
import { publishChange } from './publish-change.ts';
import { type Projection, recompute } from './recompute.ts';

export interface RedriveContext {
  readonly failures: FailedBatches;
  readonly projection: Projection;
  readonly bus: Bus;
  /** Whether there is time left to begin with another record. */
  readonly hasTime: () => boolean;
  /** Where to begin among the batches, from 0 to below 1. Another place each time: no batch is always the last one. */
  readonly beginAt: () => number;
  /** Told of every failure: the batch, and the item whose record it is; null where the batch itself failed. */
  readonly onFailure: (batch: string, item: string | null, error: unknown) => void;
}

/** What a redrive came to, in batches. */
export interface RedriveReport {
  /** That waited when it began. */
  waiting: number;
  /** That were repaired and removed. */
  redriven: number;
  /** That still wait, whole or in part: not repaired, or no time was left for them. */
  left: number;
}

/** One run. What an order's item says now is all that a recompute needs, so once per run is enough for each order. */
interface Run extends RedriveContext {
  readonly recomputed: Set<string>;
}

/**
 * Does what the stream's functions could not do before their records were given up, and removes from the failure bucket
 * what is done. A run that dies leaves what it has not removed to the next one; two at once do the same work twice.
 */
export async function redrive(context: RedriveContext): Promise<RedriveReport> {
  const run = { ...context, recomputed: new Set<string>() };
  const keys = await listFailedBatches(context.failures);
  let redriven = 0;
  for (const key of rotated(keys, context.beginAt())) {
    if (!context.hasTime()) break;
    if (await redriveBatch(run, key)) redriven += 1;
  }
  return { waiting: keys.length, redriven, left: keys.length - redriven };
}

function rotated(keys: readonly string[], beginAt: number): string[] {
  const first = Math.floor(keys.length * beginAt);
  return [...keys.slice(first), ...keys.slice(0, first)];
}

/** @returns whether nothing of the batch is left */
async function redriveBatch(run: Run, key: string): Promise<boolean> {
  try {
    const batch = await readFailedBatch(run.failures, key);
    if (!batch) return true;
    const left = await redriveRecords(run, batch);
    if (left.length === 0) await removeFailedBatch(run.failures, key);
    else if (left.length < batch.records.length) await narrowFailedBatch(run.failures, batch, left);
    return left.length === 0;
  } catch (error) {
    run.onFailure(key, null, error);
    return false;
  }
}

/** @returns the records that failed again, or that no time was left for */
async function redriveRecords(run: Run, { key, records }: FailedBatch): Promise<FailedRecord[]> {
  const left: FailedRecord[] = [];
  for (const record of records) {
    if (!run.hasTime()) {
      left.push(record);
      continue;
    }
    try {
      await redriveRecord(run, record);
    } catch (error) {
      run.onFailure(key, record.dynamodb.Keys.pk.S, error);
      left.push(record);
    }
  }
  return left;
}

async function redriveRecord(run: Run, { dynamodb }: FailedRecord): Promise<void> {
  const { pk, sk } = dynamodb.Keys;
  if (sk.S === 'ORDER') await recomputeOrder(run, pk.S.slice('ORDER#'.length));
  else if (sk.S === 'TX') await publishChange(run.bus, dynamodb);
  else throw new TypeError(`no function follows changes of ${sk.S} items`);
}

async function recomputeOrder({ projection, recomputed }: Run, id: string): Promise<void> {
  if (recomputed.has(id)) return;
  const record = await readOrder(projection.table, id);
  if (record) await recompute(projection, record);
  recomputed.add(id);
}
