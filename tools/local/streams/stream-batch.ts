import * as z from 'zod';
import type { InvocationResult } from '../runtime/function-instance.ts';
import { Throttled } from '../runtime/functions.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { RecordAge } from './record-age.ts';
import type { LambdaRecord } from './stream-records.ts';

/** A batch that is discarded because its records are too old, for the on-failure destination. */
export interface DiscardedBatch {
  records: LambdaRecord[];
  invocations: number;
}

export interface BatchContext {
  invoke(records: readonly LambdaRecord[]): Promise<InvocationResult>;
  discard(batch: DiscardedBatch): Promise<void>;
  /** All records up to this one are handled. Called in order, as early as possible. */
  handled(sequenceNumber: string): void;
  /** @returns false if the run ended during the wait. */
  sleep(milliseconds: number): Promise<boolean>;
  age: RecordAge;
  /** Called after each attempt, with the number of records that the function has not processed. */
  attempted(failed: number): void;
}

/**
 * Part of a batch. `tried` says that the function has failed for this very part, and not only for a larger one. The pause
 * before the next retry grows with `failures`.
 */
interface Part {
  records: LambdaRecord[];
  tried: boolean;
  failures: number;
  invocations: number;
}

const FIRST_RETRY_AFTER_MS = 50;
const MAX_RETRY_AFTER_MS = 2000;

const itemFailures = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().nullish() })).nullish(),
});

/**
 * Delivers a batch to its function with Lambda's rules for failures: the records from the first reported one on are
 * retried, or the batch is halved if the mapping bisects. Records that cannot be handled before they are too old are
 * discarded, and the stream continues.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 * @returns false if the run ended first; unhandled records are delivered again after the next start
 */
export async function deliverBatch(
  mapping: EventSourceMapping,
  records: LambdaRecord[],
  context: BatchContext,
): Promise<boolean> {
  const parts: Part[] = [{ records, tried: false, failures: 0, invocations: 0 }];
  for (let part = parts.shift(); part; part = parts.shift()) {
    const fresh = await discardExpired(mapping, part, context);
    if (fresh.records.length === 0) continue;
    const done = await invokeUnthrottled(mapping, fresh, context);
    if (done === undefined) return false;
    if (done > 0) context.age.succeeded();
    if (done < fresh.records.length) context.age.failed();
    context.attempted(fresh.records.length - done);
    const rest = afterAttempt(mapping, fresh, done, context);
    parts.unshift(...rest);
    if (rest.length > 0 && !(await context.sleep(backoff(rest[0]?.failures ?? 0)))) return false;
  }
  return true;
}

/**
 * @param done number of leading records that are handled
 * @returns the rest of the part, in order
 */
function afterAttempt(mapping: EventSourceMapping, part: Part, done: number, context: BatchContext): Part[] {
  const { records, failures } = part;
  const invocations = part.invocations + 1;
  if (done > 0) {
    context.handled(sequenceNumber(records[done - 1]));
    const rest = records.slice(done);
    return rest.length > 0 ? [{ records: rest, tried: false, failures: 1, invocations }] : [];
  }
  if (mapping.bisect && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return [records.slice(0, middle), records.slice(middle)].map((half) => ({
      records: half,
      tried: false,
      failures,
      invocations,
    }));
  }
  return [{ records, tried: true, failures: failures + 1, invocations }];
}

async function discardExpired(mapping: EventSourceMapping, part: Part, context: BatchContext): Promise<Part> {
  const firstFresh = part.records.findIndex(
    ({ dynamodb }) =>
      context.age.of(dynamodb.ApproximateCreationDateTime * 1000, part.tried) <= mapping.recordAgeMs,
  );
  const expired = firstFresh < 0 ? part.records : part.records.slice(0, firstFresh);
  if (expired.length === 0) return part;
  await context.discard({ records: expired, invocations: part.invocations });
  context.handled(sequenceNumber(expired.at(-1)));
  return { ...part, records: part.records.slice(expired.length) };
}

/**
 * A throttled invocation does not count as a failure: the batch waits.
 * @returns number of leading records that are handled, undefined if the run ended
 */
async function invokeUnthrottled(
  mapping: EventSourceMapping,
  part: Part,
  context: BatchContext,
): Promise<number | undefined> {
  for (let throttles = 0; ; throttles += 1) {
    try {
      return doneAfter(mapping, part.records, await context.invoke(part.records));
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
      if (!(await context.sleep(backoff(throttles)))) return undefined;
    }
  }
}

function doneAfter(mapping: EventSourceMapping, records: LambdaRecord[], result: InvocationResult): number {
  if (!result.ok) return 0;
  return mapping.reportsItemFailures ? doneRecords(result.payload, records) : records.length;
}

/** An invalid response, or one that names an unknown record, fails the whole batch. */
function doneRecords(payload: string, records: LambdaRecord[]): number {
  const response: unknown = JSON.parse(payload);
  if (response === null || response === '') return records.length;
  const { data } = itemFailures.safeParse(response);
  if (!data) return 0;
  const failed = (data.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  return Math.max(0, Math.min(records.length, ...failed));
}

function backoff(failures: number): number {
  const maximum = Math.min(MAX_RETRY_AFTER_MS, FIRST_RETRY_AFTER_MS * 2 ** failures);
  return maximum * (0.5 + Math.random() / 2);
}

function sequenceNumber(record: LambdaRecord | undefined): string {
  return record?.dynamodb.SequenceNumber ?? '';
}
