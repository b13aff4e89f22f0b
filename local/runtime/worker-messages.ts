/** As AWS's Invoke answers it. */
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
  /** The event as JSON: a function must not share objects with its caller. */
  payload: string;
  requestId: string;
  /** Milliseconds since the epoch. */
  deadlineMs: number;
}

export type WorkerAnswer =
  | { kind: 'ready' }
  /** The bundle could not be loaded. */
  | { kind: 'unusable'; failure: FailureReport }
  | { kind: 'done'; payload: string }
  | { kind: 'failed'; failure: FailureReport };
