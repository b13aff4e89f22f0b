import { setTimeout as sleep } from 'node:timers/promises';
import { eventBuses } from './events/event-buses.ts';
import type { BusEvent } from './events/event-rules.ts';
import type { DataDirectory } from './files/data-directory.ts';
import { type AsyncInvocations, asyncInvocations } from './invocations/async-invocations.ts';
import { type AsyncInvokeConfig, readAsyncInvokeConfigs } from './invocations/async-invoke-config.ts';
import type { FunctionDefinition } from './runtime/function-definition.ts';
import type { LocalFunction } from './runtime/functions.ts';
import type { Operation } from './services/service-operation.ts';
import { sns } from './services/sns.ts';
import type { Template } from './template/template.ts';
import type { DeliveryContext } from './topics-and-queues/delivery.ts';
import { type Destinations, destinations } from './topics-and-queues/destinations.ts';
import { logGroups } from './topics-and-queues/log-groups.ts';
import { type Queue, queues } from './topics-and-queues/queues.ts';
import { readTopics } from './topics-and-queues/topics.ts';

export interface MessagingOptions {
  data: DataDirectory;
  definitions: FunctionDefinition[];
  /** By name. Filled before the first message. */
  functions: ReadonlyMap<string, LocalFunction>;
  print(line: string): void;
  /** Shows a person what went wrong. */
  report(line: string): void;
  onEvent(event: BusEvent): void;
}

/** Everything that carries messages between resources: queues, topics, log groups, buses, asynchronous invocations. */
export interface Messaging {
  /** Operations in AWS's JSON protocol. */
  json: Record<string, Operation>;
  /** Operations in AWS's query protocol. */
  query: Record<string, Operation>;
  destinations: Destinations;
  queues: Queue[];
  /** Puts an event of an AWS service on the default event bus. */
  emit(event: BusEvent): void;
  /** Publishes what an AWS service sends to a topic. */
  publish(topicArn: string, message: string): void;
  invocations: AsyncInvocations;
  context: DeliveryContext;
  /** Ends all retries. What is on disk is retried by the next run. */
  stopRetrying(): void;
  /** Waits until nothing more is written. Call it when the functions have stopped. */
  finished(): Promise<void>;
}

/** @throws Problem if a resource sends to a destination that the local run does not have. */
export function openMessaging(template: Template, options: MessagingOptions): Messaging {
  const { data, definitions, functions, print, report, onEvent } = options;
  const stopping = new AbortController();
  const context = deliveryContext(stopping.signal);
  const now = () => new Date(context.now());
  const known = destinations();
  let configs: ReadonlyMap<string, AsyncInvokeConfig> = new Map();
  const invocations = asyncInvocations({
    data,
    functions,
    configOf(name) {
      const config = configs.get(name);
      if (!config) throw new Error(`There is no function ${name}.`);
      return config;
    },
    context,
    report,
  });
  for (const definition of definitions) known.add(invocations.destination(definition));
  const functionWith = (arn: string) => known.find(arn, 'subscription');
  const topics = readTopics(template, { data, print, now, functionWith });
  const waiting = queues(template, data, now);
  const buses = eventBuses(template, { destinations: known, context, onEvent, report });
  const all = [...waiting, ...topics, ...logGroups(template, data)];
  for (const destination of all) known.add(destination);
  // Rules and invoke configurations name destinations, so they are read last.
  buses.connect();
  configs = readAsyncInvokeConfigs(template, definitions, known);
  return {
    json: buses.operations,
    query: sns(topics, print),
    destinations: known,
    queues: waiting,
    emit: buses.emit,
    publish: (topicArn, message) => known.find(topicArn, 'event destination').accept({ body: message }),
    invocations,
    context,
    stopRetrying: () => stopping.abort(),
    async finished() {
      await Promise.all([invocations.finished(), buses.stop()]);
    },
  };
}

function deliveryContext(stopping: AbortSignal): DeliveryContext {
  return {
    now: () => Date.now(),
    sleep: (milliseconds) =>
      sleep(milliseconds, undefined, { signal: stopping, ref: false }).then(
        () => true,
        () => false,
      ),
    stopping: () => stopping.aborted,
  };
}
