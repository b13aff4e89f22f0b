import * as z from 'zod';
import type { InvocationResult } from '../runtime/function-instance.ts';
import { Throttled } from '../runtime/functions.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { RecordAge } from './record-age.ts';
import type { LambdaRecord } from './stream-records.ts';

/** A batch that is discarded, for the on-failure destination. */
export interface DiscardedBatch {
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  records: LambdaRecord[];
  invocations: number;
  /** Id of the last invocation, if there was one. */
  requestId: string | undefined;
  functionError: 'Unhandled' | undefined;
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
 * Part of a batch; `failures` counts towards the limit of retries, `invocations` does not. `tried` says that the function
 * has failed for this very part, and not only for a larger one.
 */
interface Part {
  records: LambdaRecord[];
  tried: boolean;
  failures: number;
  invocations: number;
}

interface Attempt {
  /** Number of leading records that are handled. */
  done: number;
  requestId: string;
  functionError: 'Unhandled' | undefined;
}

const FIRST_RETRY_AFTER_MS = 50;
const MAX_RETRY_AFTER_MS = 2000;

const itemFailures = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().nullish() })).nullish(),
});

/**
 * Delivers a batch to its function with Lambda's rules for failures: the records from the first reported one on are
 * retried, or the batch is halved if the mapping bisects. Halving does not count as a retry. Records that cannot be
 * handled within the limits are discarded, and the stream continues.
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
    const attempt = await invokeUnthrottled(mapping, fresh, context);
    if (attempt === undefined) return false;
    if (attempt.done > 0) context.age.succeeded();
    if (attempt.done < fresh.records.length) context.age.failed();
    context.attempted(fresh.records.length - attempt.done);
    const rest = await afterAttempt(mapping, fresh, attempt, context);
    parts.unshift(...rest);
    if (rest.length > 0 && !(await context.sleep(backoff(rest[0]?.failures ?? 0)))) return false;
  }
  return true;
}

/** @returns the rest of the part, in order */
async function afterAttempt(
  mapping: EventSourceMapping,
  part: Part,
  attempt: Attempt,
  context: BatchContext,
): Promise<Part[]> {
  const { records, failures } = part;
  const invocations = part.invocations + 1;
  if (attempt.done > 0) {
    context.handled(sequenceNumber(records[attempt.done - 1]));
    const rest = records.slice(attempt.done);
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
  if (failures >= mapping.retries) {
    const { requestId, functionError } = attempt;
    await context.discard({
      condition: 'RetryAttemptsExhausted',
      records,
      invocations,
      requestId,
      functionError,
    });
    context.handled(sequenceNumber(records.at(-1)));
    return [];
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
  await context.discard({
    condition: 'RecordAgeExceeded',
    records: expired,
    invocations: part.invocations,
    requestId: undefined,
    functionError: undefined,
  });
  context.handled(sequenceNumber(expired.at(-1)));
  return { ...part, records: part.records.slice(expired.length) };
}

/** A throttled invocation does not count as a failure: the batch waits. */
async function invokeUnthrottled(
  mapping: EventSourceMapping,
  part: Part,
  context: BatchContext,
): Promise<Attempt | undefined> {
  for (let throttles = 0; ; throttles += 1) {
    try {
      const result = await context.invoke(part.records);
      return attemptOf(mapping, part.records, result);
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
      if (!(await context.sleep(backoff(throttles)))) return undefined;
    }
  }
}

function attemptOf(mapping: EventSourceMapping, records: LambdaRecord[], result: InvocationResult): Attempt {
  const { requestId } = result;
  if (!result.ok) return { done: 0, requestId, functionError: 'Unhandled' };
  const done = mapping.reportsItemFailures ? doneRecords(result.payload, records) : records.length;
  return { done, requestId, functionError: undefined };
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
