/** The payload of a failed invocation, as Lambda's Invoke operation returns it. */
export interface FailureReport {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

export interface FunctionIdentity {
  functionName: string;
  functionArn: string;
  memoryMb: number;
}

export interface WorkerCall {
  /** The event as JSON, so that the function shares no objects with its caller. */
  payload: string;
  requestId: string;
  /** Milliseconds since the epoch. */
  deadlineMs: number;
}

export type WorkerResponse =
  | { kind: 'ready' }
  /** The bundle cannot be loaded. */
  | { kind: 'unusable'; failure: FailureReport }
  | { kind: 'done'; payload: string }
  | { kind: 'failed'; failure: FailureReport };
