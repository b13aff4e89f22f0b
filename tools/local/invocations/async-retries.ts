import type { InvocationResult } from '../runtime/function-instance.ts';
import { Throttled } from '../runtime/functions.ts';
import type { DeliveryContext } from '../topics-and-queues/delivery.ts';
import type { Outcome } from './async-invocation-record.ts';
import type { AsyncInvokeConfig } from './async-invoke-config.ts';

interface QueuedEvent {
  payload: string;
  /** Milliseconds since the epoch. */
  acceptedAt: number;
  /** Failed attempts so far. */
  failures: number;
}

export interface AttemptOptions {
  config: Pick<AsyncInvokeConfig, 'retries' | 'ageMs'>;
  context: DeliveryContext;
  /** @throws Throttled */
  invoke(payload: string): Promise<InvocationResult>;
  /** Called after each failed attempt. */
  onFailure(failures: number): void;
}

/** Lambda waits one minute before the first retry and two before the second. */
const RETRY_AFTER_MS = [60_000, 120_000];
const FIRST_THROTTLE_MS = 500;
const MAX_THROTTLE_MS = 60_000;

/**
 * Invokes a function with an event until it succeeds, its retries are exhausted or the event is too old.
 * @returns undefined if the run ends first
 */
export async function invokeWithRetries(
  event: QueuedEvent,
  options: AttemptOptions,
): Promise<Outcome | undefined> {
  const { config, context, onFailure } = options;
  let last: InvocationResult | undefined;
  for (let failures = event.failures; ; ) {
    const result = await invokeUnthrottled(event, options);
    if (result === 'too old') return { condition: 'EventAgeExceeded', failures, result: last };
    if (result === undefined || result.ok) return result && { condition: 'Success', failures, result };
    failures += 1;
    onFailure(failures);
    if (failures > config.retries) return { condition: 'RetriesExhausted', failures, result };
    if (!(await context.sleep(RETRY_AFTER_MS[failures - 1] ?? 0))) return undefined;
    last = result;
  }
}

/**
 * A throttled invocation does not count as a failure: the event waits.
 * @returns undefined if the run ends
 */
async function invokeUnthrottled(
  { payload, acceptedAt }: QueuedEvent,
  { config, context, invoke }: AttemptOptions,
): Promise<InvocationResult | 'too old' | undefined> {
  for (let pause = FIRST_THROTTLE_MS; ; pause = Math.min(MAX_THROTTLE_MS, pause * 2)) {
    if (context.now() - acceptedAt > config.ageMs) return 'too old';
    try {
      const result = await invoke(payload);
      // An invocation interrupted by shutdown does not count as a failure either.
      return !result.ok && context.stopping() ? undefined : result;
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
    }
    if (!(await context.sleep(pause))) return undefined;
  }
}
