/**
 * How long a client waits for AWS: three quick attempts, because whoever calls us retries too. Without
 * `throwOnRequestTimeout` the SDK only warns of an answer that does not come, and waits on for as long as the function lives.
 */
export const QUICK = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
};
