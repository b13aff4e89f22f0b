/**
 * The quota of concurrent executions that Lambda applies to all functions of an account in a region together. AWS
 * documents 1,000 as its default, and gives new accounts less, often ten.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const concurrencyQuota = {
  service: 'lambda',
  code: 'L-B99A9384',
  /**
   * Covers a burst of webhooks that all meet a cold start , one of queries, both readers of the
   * stream at a parallelization of ten, and the schedules.
   */
  recommended: 1_000,
} as const;
