import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';
import { openSpool, spoolId } from '../files/spool.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import type { InvocationResult } from '../runtime/function-instance.ts';
import type { LocalFunction } from '../runtime/functions.ts';
import { type DeliveryContext, deliver, retryPolicy } from '../topics-and-queues/delivery.ts';
import { type Destination, MessageRejected } from '../topics-and-queues/destinations.ts';
import { invocationRecord, type Outcome } from './async-invocation-record.ts';
import type { AsyncInvokeConfig } from './async-invoke-config.ts';
import { invokeWithRetries } from './async-retries.ts';

export interface AsyncInvocations {
  /** The function as a destination of schedules. */
  destination(definition: FunctionDefinition): Destination;
  /**
   * Queues an event for a function. The caller does not wait for the invocation.
   * @throws MessageRejected if the payload is not JSON
   */
  accept(functionName: string, payload: string): void;
  /** Handles the events that an earlier run left behind. Call it when the functions can be invoked. */
  resume(): void;
  /** Resolves when no invocation is running. Events that wait for a retry do not count. */
  idle(): Promise<void>;
  /** Resolves when nothing more is written. Call it when the functions have stopped and no retry is waiting. */
  finished(): Promise<void>;
}

export interface AsyncOptions {
  data: DataDirectory;
  /** By name; looked up when an event is handled. */
  functions: ReadonlyMap<string, LocalFunction>;
  configOf(functionName: string): AsyncInvokeConfig;
  context: DeliveryContext;
  /** Shows a person which events were discarded. */
  report(line: string): void;
}

const eventSchema = z.object({
  id: z.string(),
  functionName: z.string(),
  payload: z.string(),
  acceptedAt: z.number(),
  failures: z.number(),
});

type QueuedEvent = z.output<typeof eventSchema>;

/** Lambda's queue of asynchronous invocations. An event stays in `invocations/` until it is handled. */
export function asyncInvocations(options: AsyncOptions): AsyncInvocations {
  const { data, functions, configOf, context, report } = options;
  const spool = openSpool(data.file('invocations'), eventSchema);
  const leftBehind = spool.all();
  const handling = new Set<Promise<void>>();
  const running = new Set<Promise<unknown>>();

  function accept(functionName: string, payload: string): void {
    if (!isJson(payload)) {
      throw new MessageRejected('InvalidRequestContentException', 'Could not parse request body into json.');
    }
    const now = new Date(context.now());
    const event = { id: spoolId(now), functionName, payload, acceptedAt: now.getTime(), failures: 0 };
    spool.put(event.id, event);
    begin(event);
  }

  function begin(event: QueuedEvent): void {
    const handled = handle(event)
      .catch((error: unknown) =>
        report(`An event for ${event.functionName} was not handled: ${String(error)}`),
      )
      .finally(() => handling.delete(handled));
    handling.add(handled);
  }

  async function handle(event: QueuedEvent): Promise<void> {
    const target = functions.get(event.functionName);
    if (!target) throw new Error('the function no longer exists');
    const outcome = await invokeWithRetries(event, {
      config: configOf(event.functionName),
      context,
      invoke: (payload) => tracked(target.invoke(payload)),
      onFailure: (failures) => spool.put(event.id, { ...event, failures }),
    });
    if (!outcome) return;
    if (outcome.condition !== 'Success') await discard(event, outcome);
    spool.remove(event.id);
  }

  function tracked(call: Promise<InvocationResult>): Promise<InvocationResult> {
    running.add(call);
    const done = () => running.delete(call);
    call.then(done, done);
    return call;
  }

  async function discard({ functionName: name, payload }: QueuedEvent, outcome: Outcome): Promise<void> {
    const { functionArn, onFailure } = configOf(name);
    report(discarded(name, outcome, onFailure));
    if (!onFailure) return;
    const body = invocationRecord(functionArn, payload, outcome, new Date(context.now()));
    const failure = await deliver(onFailure, { body }, retryPolicy(), context);
    if (failure)
      report(`A failed event of ${name} could not be sent to ${onFailure.arn}: ${failure.message}`);
  }

  return {
    accept,
    destination: ({ arn, name }) => ({ arn, accept: ({ body }) => accept(name, body) }),
    resume: () => leftBehind.splice(0).forEach(begin),
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
    async finished() {
      await Promise.all(handling);
    },
  };
}

function discarded(
  name: string,
  { condition, failures }: Outcome,
  onFailure: Destination | undefined,
): string {
  const where = onFailure
    ? `it is kept in ${onFailure.path ?? onFailure.arn}`
    : 'it is lost, because the function has no on-failure destination';
  return `${name} discarded an event (${condition}, ${failures} failed attempts); ${where}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
