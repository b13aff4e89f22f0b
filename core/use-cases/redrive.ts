import type { Instant } from '../domain/instant.ts';
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
import { readOrder } from '../store/orders/read-order.ts';
import { causeOfChange, changedKind } from '../store/stream-record.ts';
import { idIn, itemName } from '../store/table-layout.ts';
import { publishChange } from './publish-change.ts';
import { type Projection, recompute } from './recompute.ts';

export interface RedriveContext {
  readonly failures: FailedBatches;
  readonly projection: Projection;
  readonly bus: Bus;
  /** Since when the service watches; null if that is not stored. */
  readonly watchingSince: () => Promise<Instant | null>;
  /** Whether there is time for another record. */
  readonly hasTime: () => boolean;
  /** The position of the first batch, at least 0 and below 1. It differs per run, so that no batch is always last. */
  readonly beginAt: () => number;
  /** Called before each record is processed, with the id of what caused its change. */
  readonly onRecord: (cause: string | undefined) => void;
  /** Called for every failure with the batch and the item of the record; null if the batch itself failed. */
  readonly onFailure: (batch: string, item: string | null, error: unknown) => void;
}

/** The result of a redrive, in batches. */
export interface RedriveReport {
  /** In the bucket at the start. */
  waiting: number;
  /** Repaired and removed. */
  redriven: number;
  /** Still in the bucket, in full or in part: not repaired, or not reached in time. */
  left: number;
}

/** One run. A recompute needs only the order's current item, so each order is recomputed once per run. */
interface Run extends RedriveContext {
  readonly recomputed: Set<string>;
}

/**
 * Processes the stream records in the failure bucket, and removes those that succeed. If a run is
 * interrupted, the next run continues. Two runs at the same time repeat work, without harm.
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

/** @returns the records that failed again or were not reached in time */
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
      const { pk, sk } = record.dynamodb.Keys;
      run.onFailure(key, itemName({ pk: pk.S, sk: sk.S }), error);
      left.push(record);
    }
  }
  return left;
}

async function redriveRecord(run: Run, { dynamodb }: FailedRecord): Promise<void> {
  run.onRecord(causeOfChange(dynamodb));
  const { pk, sk } = dynamodb.Keys;
  const kind = changedKind(sk.S);
  if (kind === null) throw new TypeError(`no function processes changes of ${sk.S} items`);
  // Both functions on the stream get the changes of an order with a critical result, so the record can be of either.
  if (kind === 'order') await recomputeOrder(run, idIn('ORDER', { pk: pk.S, sk: sk.S }));
  await publishChange(run.bus, dynamodb, await run.watchingSince());
}

async function recomputeOrder({ projection, recomputed }: Run, id: string): Promise<void> {
  if (recomputed.has(id)) return;
  const record = await readOrder(projection.table, id);
  if (record) await recompute(projection, record);
  recomputed.add(id);
}
