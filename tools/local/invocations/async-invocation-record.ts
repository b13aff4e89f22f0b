import type { InvocationResult } from '../runtime/function-instance.ts';

/** How an asynchronous invocation ended. */
export interface Outcome {
  condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  failures: number;
  /** The last invocation, if there was one. */
  result: InvocationResult | undefined;
}

/**
 * The record that Lambda sends to the on-failure destination of an asynchronous invocation.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function invocationRecord(functionArn: string, payload: string, outcome: Outcome, now: Date): string {
  const { condition, failures, result } = outcome;
  return JSON.stringify({
    version: '1.0',
    timestamp: now.toISOString(),
    requestContext: {
      requestId: result?.requestId ?? null,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: failures,
    },
    requestPayload: JSON.parse(payload),
    ...(result && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: result.ok ? JSON.parse(result.payload) : result.failure,
    }),
  });
}
