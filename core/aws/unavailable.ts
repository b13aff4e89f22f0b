import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/** A request that DynamoDB did not serve in full, however often it was repeated. */
export class ServiceBusy extends Error {
  override readonly name = 'ServiceBusy';
  /** As the SDK marks what it was throttled with. */
  readonly $retryable = { throttling: true };
}

/** Why a transaction of DynamoDB can be cancelled that may succeed when it is sent again. */
const PASSING = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionConflict']);

/**
 * Whether a service of AWS failed in a way that passes: no answer in time, throttled, or a fault of its own. The same
 * request may succeed later.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    isThrottlingError(error as never) ||
    isTransientError(error as never) ||
    isServerError(error as never) ||
    error.name === 'AbortError' ||
    isPassingCancellation(error)
  );
}

function isPassingCancellation(error: Error & { readonly CancellationReasons?: unknown }): boolean {
  const reasons = Array.isArray(error.CancellationReasons) ? error.CancellationReasons : [];
  return reasons.some(({ Code }: { Code?: string }) => Code !== undefined && PASSING.has(Code));
}
