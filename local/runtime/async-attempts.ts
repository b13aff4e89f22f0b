import type { DeliveryPorts } from '../messaging/delivery.ts';
import type { AsyncRules } from './async-invoke-config.ts';
import type { Outcome } from './async-outcomes.ts';
import type { InvocationResult } from './function-instance.ts';
import { Throttled } from './functions.ts';

interface WaitingEvent {
  payload: string;
  /** Milliseconds since the epoch. */
  acceptedAt: number;
  /** Attempts that failed so far. */
  failures: number;
}

export interface AttemptPorts {
  rules: Pick<AsyncRules, 'retries' | 'ageMs'>;
  ports: DeliveryPorts;
  /** @throws Throttled */
  invoke(payload: string): Promise<InvocationResult>;
  /** Called after each attempt that failed. */
  failed(failures: number): void;
}

/** Lambda waits so long before it tries again. */
const RETRY_AFTER_MS = [60_000, 120_000];
const FIRST_THROTTLE_MS = 500;
const LAST_THROTTLE_MS = 60_000;

/**
 * Invokes a function with an event until it succeeds or is given up.
 * @returns undefined if the run ends first
 */
export async function outcomeOf(event: WaitingEvent, attempts: AttemptPorts): Promise<Outcome | undefined> {
  const { rules, ports, failed } = attempts;
  let last: InvocationResult | undefined;
  for (let failures = event.failures; ; ) {
    const result = await invokeUnthrottled(event, attempts);
    if (result === 'too old') return { condition: 'EventAgeExceeded', failures, result: last };
    if (result === undefined || result.ok) return result && { condition: 'Success', failures, result };
    failures += 1;
    failed(failures);
    if (failures > rules.retries) return { condition: 'RetriesExhausted', failures, result };
    if (!(await ports.sleep(RETRY_AFTER_MS[failures - 1] ?? 0))) return undefined;
    last = result;
  }
}

/**
 * A function at its limit of concurrency has not failed: the event waits.
 * @returns undefined if the run ends
 */
async function invokeUnthrottled(
  { payload, acceptedAt }: WaitingEvent,
  { rules, ports, invoke }: AttemptPorts,
): Promise<InvocationResult | 'too old' | undefined> {
  for (let pause = FIRST_THROTTLE_MS; ; pause = Math.min(LAST_THROTTLE_MS, pause * 2)) {
    if (ports.now() - acceptedAt > rules.ageMs) return 'too old';
    try {
      const result = await invoke(payload);
      // What ended together with the run has not failed either.
      return !result.ok && ports.stopping() ? undefined : result;
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
    }
    if (!(await ports.sleep(pause))) return undefined;
  }
}
