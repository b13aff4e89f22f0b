/** The burst that a route accepts, in requests: twice its requests per second, and at most what API Gateway allows an account. */
export function burstOf(requestsPerSecond: number): number {
  return Math.min(2 * requestsPerSecond, 5_000);
}
