import type { InvocationResult } from './function-instance.ts';

/** How an asynchronous invocation ended. */
export interface Outcome {
  condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  failures: number;
  /** Of the last invocation, if there was one. */
  result: InvocationResult | undefined;
}

/** What Lambda sends to the destination of an asynchronous invocation. */
export function outcomeRecord(functionArn: string, payload: string, outcome: Outcome, now: Date): string {
  const { condition, failures, result } = outcome;
  return JSON.stringify({
    version: '1.0',
    timestamp: now.toISOString(),
    requestContext: {
      requestId: result?.requestId ?? null,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: failures + (result?.ok ? 1 : 0),
    },
    requestPayload: JSON.parse(payload),
    ...(result && { responseContext: contextOf(result), responsePayload: responseOf(result) }),
  });
}

function contextOf({ ok }: InvocationResult) {
  return { statusCode: 200, executedVersion: '$LATEST', ...(!ok && { functionError: 'Unhandled' }) };
}

function responseOf(result: InvocationResult): unknown {
  return result.ok ? JSON.parse(result.payload) : result.failure;
}
