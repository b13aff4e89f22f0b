import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';
import { openSpool, spoolId } from '../files/spool.ts';
import { type DeliveryPorts, deliver, retryPolicy } from '../messaging/delivery.ts';
import { type Destination, Refused } from '../messaging/destinations.ts';
import { outcomeOf } from './async-attempts.ts';
import type { AsyncRules } from './async-invoke-config.ts';
import { type Outcome, outcomeRecord } from './async-outcomes.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { InvocationResult } from './function-instance.ts';
import type { LocalFunction } from './functions.ts';

export interface AsyncInvocations {
  /** Takes functions as destinations. */
  destination(definition: FunctionDefinition): Destination;
  /**
   * Queues an event for a function, as Lambda does for callers who do not wait.
   * @throws Refused if it is no JSON
   */
  accept(functionName: string, payload: string): void;
  /** Starts on what an earlier run left behind. Call it once the functions can be invoked. */
  resume(): void;
  /** Resolves when nothing is running; what waits for a retry is not waited for. */
  idle(): Promise<void>;
  /** Resolves when nothing more will be written. Call it when the functions have stopped, and `ports` sleep no more. */
  finished(): Promise<void>;
}

export interface AsyncOptions {
  data: DataDirectory;
  /** By name; looked up when an event is due. */
  functions: ReadonlyMap<string, LocalFunction>;
  /** By the function's name. */
  rules(name: string): AsyncRules;
  ports: DeliveryPorts;
  /** For a person: what was given up. */
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

/** Lambda's queue for asynchronous invocations. Events are kept under `invocations/` until they are done with. */
export function asyncInvocations({ data, functions, rules, ports, report }: AsyncOptions): AsyncInvocations {
  const spool = openSpool(data.file('invocations'), eventSchema);
  const leftBehind = spool.all();
  const handling = new Set<Promise<void>>();
  const running = new Set<Promise<unknown>>();

  function accept(functionName: string, payload: string): void {
    if (!isJson(payload)) {
      throw new Refused('InvalidRequestContentException', 'Could not parse request body into json.');
    }
    const now = new Date(ports.now());
    const event = { id: spoolId(now), functionName, payload, acceptedAt: now.getTime(), failures: 0 };
    spool.put(event.id, event);
    begin(event);
  }

  function begin(event: QueuedEvent): void {
    const handled = handle(event)
      .catch((error: unknown) => report(`${event.functionName} cannot be given its event: ${String(error)}`))
      .finally(() => handling.delete(handled));
    handling.add(handled);
  }

  async function handle(event: QueuedEvent): Promise<void> {
    const target = functions.get(event.functionName);
    if (!target) throw new Error('there is no such function any more');
    const outcome = await outcomeOf(event, {
      rules: rules(event.functionName),
      ports,
      invoke: (payload) => noted(target.invoke(payload)),
      failed: (failures) => spool.put(event.id, { ...event, failures }),
    });
    if (!outcome) return;
    await tell(event, outcome);
    spool.remove(event.id);
  }

  function noted(call: Promise<InvocationResult>): Promise<InvocationResult> {
    running.add(call);
    const done = () => running.delete(call);
    call.then(done, done);
    return call;
  }

  async function tell({ functionName: name, payload }: QueuedEvent, outcome: Outcome): Promise<void> {
    const { arn, onSuccess, onFailure, deadLetters } = rules(name);
    const record = outcomeRecord(arn, payload, outcome, new Date(ports.now()));
    if (outcome.condition === 'Success') return send(name, onSuccess, record);
    const kept = [onFailure, deadLetters].flatMap(
      (destination) => destination?.place ?? destination?.arn ?? [],
    );
    report(givenUp(name, outcome, kept));
    await send(name, onFailure, record);
    const { requestId = randomUUID() } = outcome.result ?? {};
    await send(name, deadLetters, payload, { RequestID: requestId, ErrorCode: '200' });
  }

  async function send(
    name: string,
    destination: Destination | undefined,
    body: string,
    attributes: Record<string, string> = {},
  ): Promise<void> {
    if (!destination) return;
    const failure = await deliver(destination, { body, attributes }, retryPolicy(), ports);
    if (failure) report(`${name}'s result could not be sent to ${destination.arn}: ${failure.message}`);
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

function givenUp(name: string, { condition, failures }: Outcome, kept: string[]): string {
  const where =
    kept.length > 0
      ? `it is kept in ${kept.join(', ')}`
      : 'it is lost: the function has no on-failure destination';
  return `${name} gave up an event (${condition}, ${failures} failed attempts); ${where}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
