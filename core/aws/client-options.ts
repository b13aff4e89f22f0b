/**
 * How long a client waits for AWS. Three quick attempts are enough, because the callers retry too. Without
 * `throwOnRequestTimeout` the SDK only logs a warning after the timeout and keeps waiting until the function ends.
 */
export const QUICK = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
};

/** For requests that a caller waits for in addition to the answer itself: three seconds in all for both attempts. */
export const BRIEF = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
};
