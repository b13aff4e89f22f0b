import type { Destination, Message } from './destinations.ts';
import { Refused } from './destinations.ts';

/** As in a RetryPolicy of EventBridge or EventBridge Scheduler. */
export interface RetryPolicy {
  attempts: number;
  ageMs: number;
}

/** What both services do where the template says nothing. */
const DEFAULT_RETRIES: RetryPolicy = { attempts: 185, ageMs: 86_400_000 };

/** @param given their RetryPolicy property */
export function retryPolicy(
  given: { MaximumRetryAttempts?: number | undefined; MaximumEventAgeInSeconds?: number | undefined } = {},
): RetryPolicy {
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = given;
  return {
    attempts: attempts ?? DEFAULT_RETRIES.attempts,
    ageMs: age === undefined ? DEFAULT_RETRIES.ageMs : age * 1000,
  };
}

export interface DeliveryPorts {
  now(): number;
  /** @returns false if the wait was cut short because the run ends. */
  sleep(milliseconds: number): Promise<boolean>;
  /** The run is about to end. */
  stopping(): boolean;
}

/** A message that was given up, with what EventBridge says of it in the attributes of the dead letter. */
export interface DeliveryFailure {
  code: string;
  message: string;
  retries: number;
  condition: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
}

const FIRST_RETRY_AFTER_MS = 1000;
const LAST_RETRY_AFTER_MS = 60_000;

/**
 * Hands a message over; the first attempt is made before this returns.
 * @returns what stood in the way for good, if anything did
 */
export async function deliver(
  destination: Destination,
  message: Message,
  policy: RetryPolicy,
  ports: DeliveryPorts,
): Promise<DeliveryFailure | undefined> {
  const start = ports.now();
  for (let retries = 0; ; retries += 1) {
    const error = attempt(destination, message);
    if (error === undefined) return undefined;
    const failure = failureOf(error, retries);
    if (error instanceof Refused) return failure;
    if (retries >= policy.attempts) return { ...failure, condition: 'MaximumRetryAttempts' };
    const pause = Math.min(LAST_RETRY_AFTER_MS, FIRST_RETRY_AFTER_MS * 2 ** retries);
    const tooOld = ports.now() + pause - start > policy.ageMs;
    if (tooOld) return { ...failure, condition: 'MaximumEventAgeInSeconds' };
    if (!(await ports.sleep(pause))) return failure;
  }
}

function attempt(destination: Destination, message: Message): unknown {
  try {
    destination.accept(message);
    return undefined;
  } catch (error) {
    return error ?? new Error('it failed without saying why');
  }
}

function failureOf(error: unknown, retries: number): DeliveryFailure {
  const code = error instanceof Refused ? error.code : 'SDK_CLIENT_ERROR';
  const message = error instanceof Error ? error.message : String(error);
  return { code, message, retries, condition: undefined };
}

/** The attributes of a dead letter, as both services name them. */
export function deadLetterAttributes(failure: DeliveryFailure): Record<string, string> {
  return {
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    RETRY_ATTEMPTS: String(failure.retries),
    ...(failure.condition && { EXHAUSTED_RETRY_CONDITION: failure.condition }),
  };
}
