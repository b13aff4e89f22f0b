import * as z from 'zod';
import type { InvocationResult } from '../runtime/function-instance.ts';
import { Throttled } from '../runtime/functions.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { RecordAge } from './record-age.ts';
import type { LambdaRecord } from './stream-records.ts';

/** A batch that is given up: what goes to the on-failure destination. */
export interface GivenUp {
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  records: LambdaRecord[];
  invocations: number;
  /** Of the last invocation, if there was one. */
  requestId: string | undefined;
  functionError: 'Unhandled' | undefined;
}

export interface BatchPorts {
  invoke(records: readonly LambdaRecord[]): Promise<InvocationResult>;
  giveUp(batch: GivenUp): Promise<void>;
  /** Everything up to this record is handled. Called in order, as early as can be said. */
  handled(sequenceNumber: string): void;
  /** @returns false if the wait was cut short because the run ends. */
  sleep(milliseconds: number): Promise<boolean>;
  age: RecordAge;
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
  /** Number of leading records that are done. */
  done: number;
  requestId: string;
  functionError: 'Unhandled' | undefined;
}

const FIRST_RETRY_AFTER_MS = 50;
const LAST_RETRY_AFTER_MS = 2000;

const itemFailures = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().nullish() })).nullish(),
});

/**
 * Hands one batch to its function, with Lambda's rules for what fails: the records from the first reported one on are
 * retried, or the batch is halved if the mapping bisects; halving does not count as a retry. What cannot be handled
 * within the limits is given up, and the stream goes on.
 * @returns false if the run ended first; what was not reported as handled is delivered again after the next start.
 */
export async function deliverBatch(
  mapping: EventSourceMapping,
  records: LambdaRecord[],
  ports: BatchPorts,
): Promise<boolean> {
  const parts: Part[] = [{ records, tried: false, failures: 0, invocations: 0 }];
  for (let part = parts.shift(); part; part = parts.shift()) {
    const fresh = await giveUpExpired(mapping, part, ports);
    if (fresh.records.length === 0) continue;
    const attempt = await invokeUnthrottled(mapping, fresh, ports);
    if (attempt === undefined) return false;
    if (attempt.done > 0) ports.age.succeeded();
    if (attempt.done < fresh.records.length) ports.age.failed();
    const rest = await afterAttempt(mapping, fresh, attempt, ports);
    parts.unshift(...rest);
    if (rest.length > 0 && !(await ports.sleep(backoff(rest[0]?.failures ?? 0)))) return false;
  }
  return true;
}

/** @returns what is still to be done of the part, in order. */
async function afterAttempt(
  mapping: EventSourceMapping,
  part: Part,
  attempt: Attempt,
  ports: BatchPorts,
): Promise<Part[]> {
  const { records, failures } = part;
  const invocations = part.invocations + 1;
  if (attempt.done > 0) {
    ports.handled(sequenceNumber(records[attempt.done - 1]));
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
    await ports.giveUp({
      condition: 'RetryAttemptsExhausted',
      records,
      invocations,
      requestId,
      functionError,
    });
    ports.handled(sequenceNumber(records.at(-1)));
    return [];
  }
  return [{ records, tried: true, failures: failures + 1, invocations }];
}

async function giveUpExpired(mapping: EventSourceMapping, part: Part, ports: BatchPorts): Promise<Part> {
  const firstFresh = part.records.findIndex(
    ({ dynamodb }) =>
      ports.age.of(dynamodb.ApproximateCreationDateTime * 1000, part.tried) <= mapping.recordAgeMs,
  );
  const expired = firstFresh < 0 ? part.records : part.records.slice(0, firstFresh);
  if (expired.length === 0) return part;
  await ports.giveUp({
    condition: 'RecordAgeExceeded',
    records: expired,
    invocations: part.invocations,
    requestId: undefined,
    functionError: undefined,
  });
  ports.handled(sequenceNumber(expired.at(-1)));
  return { ...part, records: part.records.slice(expired.length) };
}

/** A function at its limit of concurrency has not failed: the batch waits. */
async function invokeUnthrottled(
  mapping: EventSourceMapping,
  part: Part,
  ports: BatchPorts,
): Promise<Attempt | undefined> {
  for (let throttles = 0; ; throttles += 1) {
    try {
      const result = await ports.invoke(part.records);
      return attemptOf(mapping, part.records, result);
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
      if (!(await ports.sleep(backoff(throttles)))) return undefined;
    }
  }
}

function attemptOf(mapping: EventSourceMapping, records: LambdaRecord[], result: InvocationResult): Attempt {
  const { requestId } = result;
  if (!result.ok) return { done: 0, requestId, functionError: 'Unhandled' };
  const done = mapping.reportsItemFailures ? doneRecords(result.payload, records) : records.length;
  return { done, requestId, functionError: undefined };
}

/** A response that makes no sense, or names a record that was not in the batch, fails all of it. */
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
  const longest = Math.min(LAST_RETRY_AFTER_MS, FIRST_RETRY_AFTER_MS * 2 ** failures);
  return longest * (0.5 + Math.random() / 2);
}

function sequenceNumber(record: LambdaRecord | undefined): string {
  return record?.dynamodb.SequenceNumber ?? '';
}
