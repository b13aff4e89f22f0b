import type { Readable } from 'node:stream';
import type { FunctionDefinition } from './function-definition.ts';
import { type FunctionInstance, type InvocationResult, startInstance } from './function-instance.ts';
import type { FailureReport } from './worker-messages.ts';

/** The function is at its concurrency limit. */
export class Throttled extends Error {
  override name = 'TooManyRequestsException';
}

export interface LocalFunction {
  definition: FunctionDefinition;
  /**
   * @param payload the event as JSON
   * @throws Throttled
   */
  invoke(payload: string): Promise<InvocationResult>;
  /** Starts an instance, so that the first event does not wait for it. */
  warmUp(): Promise<void>;
  /** Waits up to `graceMs` for running events, then ends all instances. */
  stop(graceMs: number): Promise<void>;
}

/** Threads need memory. Further events wait for an instance. */
const MAX_INSTANCES = 4;
const MAX_WAITING = 1000;

interface Options {
  environment: Record<string, string>;
  /** What moves the clock of the function; undefined if nothing does. */
  clock?: SharedArrayBuffer | undefined;
  onOutput(definition: FunctionDefinition, output: Readable): void;
  onFailure(definition: FunctionDefinition, failure: FailureReport): void;
  /** Called for each event that the function's limit of concurrency refuses. */
  onThrottled(definition: FunctionDefinition): void;
}

export function localFunction(definition: FunctionDefinition, options: Options): LocalFunction {
  const maxInstances = Math.min(MAX_INSTANCES, definition.reservedConcurrency ?? MAX_INSTANCES);
  const maxConcurrency = definition.reservedConcurrency ?? MAX_WAITING;
  const instances = new Set<FunctionInstance>();
  const idle: FunctionInstance[] = [];
  const waiting: ((instance: FunctionInstance) => void)[] = [];
  let running = 0;

  function start(): FunctionInstance {
    const onOutput = (output: Readable) => options.onOutput(definition, output);
    const instance = startInstance(definition, options.environment, onOutput, options.clock);
    instances.add(instance);
    return instance;
  }

  async function acquire(): Promise<FunctionInstance> {
    // The instance that was used last has the warmest caches.
    for (let instance = idle.pop(); instance; instance = idle.pop()) {
      if (!instance.dead) return instance;
      instances.delete(instance);
    }
    if (instances.size < maxInstances) return start();
    return new Promise((take) => waiting.push(take));
  }

  function release(instance: FunctionInstance): void {
    if (instance.dead) instances.delete(instance);
    const next = waiting.shift();
    if (next) next(instance.dead ? start() : instance);
    else if (!instance.dead) idle.push(instance);
  }

  async function invoke(payload: string): Promise<InvocationResult> {
    if (running >= maxConcurrency) {
      options.onThrottled(definition);
      throw new Throttled('Rate exceeded');
    }
    running += 1;
    try {
      const instance = await acquire();
      const result = await instance.invoke(payload);
      release(instance);
      if (!result.ok) options.onFailure(definition, result.failure);
      return result;
    } finally {
      running -= 1;
    }
  }

  return {
    definition,
    invoke,
    async warmUp() {
      if (maxInstances === 0) return;
      const instance = start();
      const failure = await instance.loaded;
      if (failure) options.onFailure(definition, failure);
      release(instance);
    },
    async stop(graceMs) {
      const end = performance.now() + graceMs;
      while (running > 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 20));
      await Promise.all([...instances].map((instance) => instance.end()));
    },
  };
}
