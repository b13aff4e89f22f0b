// Runs in a worker thread, in place of Lambda's Node.js runtime.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { followClock } from './function-clock.ts';
import type { FailureReport, FunctionIdentity, WorkerCall, WorkerResponse } from './worker-messages.ts';

type Handler = (event: unknown, context: object) => unknown;

const { file, exportName, identity, clock } = workerData as {
  file: string;
  exportName: string;
  identity: FunctionIdentity;
  /** What moves the clock of the function; undefined if nothing does. */
  clock: SharedArrayBuffer | undefined;
};

// The deadline of a call is by the clock of the machine.
const machineNow = Date.now;
if (clock) followClock(clock);

const answer = (message: WorkerResponse) => parentPort?.postMessage(message);

try {
  const handler = loadHandler();
  parentPort?.on('message', (call: WorkerCall) => void run(handler, call));
  answer({ kind: 'ready' });
} catch (error) {
  answer({ kind: 'unusable', failure: report(error) });
}

function loadHandler(): Handler {
  const bundle = createRequire(import.meta.url)(file);
  const handler: unknown = bundle[exportName];
  if (typeof handler !== 'function') throw new Error(`${file} does not export a function ${exportName}`);
  return handler as Handler;
}

async function run(handler: Handler, call: WorkerCall): Promise<void> {
  try {
    const result = await handler(JSON.parse(call.payload), context(call));
    answer({ kind: 'done', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    answer({ kind: 'failed', failure: report(error) });
  }
}

function context(call: WorkerCall) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: identity.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: identity.functionArn,
    memoryLimitInMB: String(identity.memoryMb),
    awsRequestId: call.requestId,
    logGroupName: `/aws/lambda/${identity.functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, call.deadlineMs - machineNow()),
  };
}

function report(error: unknown): FailureReport {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
