import * as z from 'zod';
import { type Destination, type Message, MessageRejected } from './destinations.ts';

/** The retry policy of an EventBridge target or an EventBridge Scheduler target. */
export interface RetryPolicy {
  attempts: number;
  ageMs: number;
}

/** The RetryPolicy property of a target, with the defaults of both services. */
export const retryPolicySchema = z.strictObject({
  MaximumRetryAttempts: z.coerce.number().default(185),
  MaximumEventAgeInSeconds: z.coerce.number().default(86_400),
});

export function retryPolicy(given = retryPolicySchema.parse({})): RetryPolicy {
  return { attempts: given.MaximumRetryAttempts, ageMs: given.MaximumEventAgeInSeconds * 1000 };
}

export interface DeliveryContext {
  /** Milliseconds since the epoch. */
  now(): number;
  /** @returns false if the run ended during the wait. */
  sleep(milliseconds: number): Promise<boolean>;
  /** The run is about to end. */
  stopping(): boolean;
}

/** Why a message could not be delivered, as the attributes of the dead letter describe it. */
export interface DeliveryFailure {
  code: string;
  message: string;
  retries: number;
  condition: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
}

const FIRST_RETRY_AFTER_MS = 1000;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Delivers a message with retries. The first attempt is made before this returns.
 * @returns the last failure, or undefined if the message was delivered
 */
export async function deliver(
  destination: Destination,
  message: Message,
  policy: RetryPolicy,
  context: DeliveryContext,
): Promise<DeliveryFailure | undefined> {
  const start = context.now();
  for (let retries = 0; ; retries += 1) {
    const error = attempt(destination, message);
    if (error === undefined) return undefined;
    const failure = failureOf(error, retries);
    if (error instanceof MessageRejected) return failure;
    if (retries >= policy.attempts) return { ...failure, condition: 'MaximumRetryAttempts' };
    const pause = Math.min(MAX_RETRY_AFTER_MS, FIRST_RETRY_AFTER_MS * 2 ** retries);
    const tooOld = context.now() + pause - start > policy.ageMs;
    if (tooOld) return { ...failure, condition: 'MaximumEventAgeInSeconds' };
    if (!(await context.sleep(pause))) return failure;
  }
}

function attempt(destination: Destination, message: Message): unknown {
  try {
    destination.accept(message);
    return undefined;
  } catch (error) {
    return error ?? new Error('unknown error');
  }
}

function failureOf(error: unknown, retries: number): DeliveryFailure {
  const code = error instanceof MessageRejected ? error.code : 'SDK_CLIENT_ERROR';
  const message = error instanceof Error ? error.message : String(error);
  return { code, message, retries, condition: undefined };
}

/**
 * The attributes of a dead letter, the same in both services.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function deadLetterAttributes(failure: DeliveryFailure): Record<string, string> {
  return {
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    RETRY_ATTEMPTS: String(failure.retries),
    ...(failure.condition && { EXHAUSTED_RETRY_CONDITION: failure.condition }),
  };
}
