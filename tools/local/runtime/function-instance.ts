import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FunctionDefinition } from './function-definition.ts';
import type { FailureReport, WorkerResponse } from './worker-messages.ts';

export type InvocationResult =
  | { ok: true; requestId: string; payload: string }
  | { ok: false; requestId: string; failure: FailureReport };

/** An execution environment of Lambda: a worker thread that handles one event at a time. */
export interface FunctionInstance {
  /** Never rejects: an error in the function is a failed result. */
  invoke(payload: string): Promise<InvocationResult>;
  /** Resolves when the bundle is loaded, with the failure if it could not be loaded. */
  loaded: Promise<FailureReport | undefined>;
  /** It has ended or must not be used again. */
  readonly dead: boolean;
  end(): Promise<void>;
}

type Outcome = { payload: string } | { failure: FailureReport };

/**
 * @param onOutput receives the output of the function
 * @param clock moves the clock of the function; undefined if nothing does
 */
export function startInstance(
  definition: FunctionDefinition,
  environment: Record<string, string>,
  onOutput: (output: Readable) => void,
  clock?: SharedArrayBuffer,
): FunctionInstance {
  const worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
    env: environment,
    execArgv: [],
    name: definition.name,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMb },
    workerData: {
      file: definition.file,
      exportName: definition.exportName,
      clock,
      identity: {
        functionName: definition.physicalName,
        functionArn: definition.arn,
        memoryMb: definition.memoryMb,
      },
    },
  });
  onOutput(worker.stdout);
  onOutput(worker.stderr);

  let dead = false;
  let unusable: FailureReport | undefined;
  let settle: ((outcome: Outcome) => void) | undefined;
  const { promise: loaded, resolve: setLoaded } = Promise.withResolvers<FailureReport | undefined>();

  const die = (failure: FailureReport) => {
    dead = true;
    unusable ??= failure;
    setLoaded(unusable);
    settle?.({ failure });
  };
  worker.on('message', (message: WorkerResponse) => {
    if (message.kind === 'ready') setLoaded(undefined);
    else if (message.kind === 'unusable') die(message.failure);
    else settle?.(message);
  });
  worker.on('error', (error) => die(crash(error)));
  worker.on('exit', (code) =>
    die({ errorType: 'Runtime.ExitError', errorMessage: `The function exited with code ${code}`, trace: [] }),
  );

  async function invoke(payload: string): Promise<InvocationResult> {
    const requestId = randomUUID();
    await loaded;
    if (unusable) return { ok: false, requestId, failure: unusable };
    const deadlineMs = Date.now() + definition.timeoutMs;
    const outcome = await new Promise<Outcome>((done) => {
      const timer = setTimeout(() => die(timeout(definition, requestId)), definition.timeoutMs);
      settle = (result) => {
        clearTimeout(timer);
        settle = undefined;
        done(result);
      };
      worker.postMessage({ payload, requestId, deadlineMs });
    });
    if (dead) await worker.terminate();
    return 'payload' in outcome ? { ok: true, requestId, ...outcome } : { ok: false, requestId, ...outcome };
  }

  return {
    invoke,
    loaded,
    get dead() {
      return dead;
    },
    async end() {
      dead = true;
      await worker.terminate();
    },
  };
}

function timeout(definition: FunctionDefinition, requestId: string): FailureReport {
  const seconds = (definition.timeoutMs / 1000).toFixed(2);
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
    trace: [],
  };
}

function crash(error: unknown): FailureReport {
  const known = error instanceof Error ? error : new Error(String(error));
  return { errorType: known.name, errorMessage: known.message, trace: (known.stack ?? '').split('\n') };
}
