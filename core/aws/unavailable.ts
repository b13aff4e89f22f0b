import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/** DynamoDB did not serve a request in full, even after several attempts. */
export class ServiceBusy extends Error {
  override readonly name = 'ServiceBusy';
  /** Marked as the SDK marks throttling errors. */
  readonly $retryable = { throttling: true };
}

/** The reasons of a cancelled DynamoDB transaction that may succeed when it is sent again. */
const PASSING = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionConflict']);

/**
 * Whether a failure of an AWS service is temporary: no answer in time, throttling, or an error of its own. The same request
 * may succeed later.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    isThrottlingError(error as never) ||
    isTransientError(error as never) ||
    isServerError(error as never) ||
    error.name === 'AbortError' ||
    isTransientCancellation(error)
  );
}

function isTransientCancellation(error: Error & { readonly CancellationReasons?: unknown }): boolean {
  const reasons = Array.isArray(error.CancellationReasons) ? error.CancellationReasons : [];
  return reasons.some(({ Code }: { Code?: string }) => Code !== undefined && PASSING.has(Code));
}
