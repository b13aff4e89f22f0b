import { setTimeout as sleep } from 'node:timers/promises';
import { eventBuses } from '../events/event-buses.ts';
import type { BusEvent } from '../events/event-rules.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import { type AsyncInvocations, asyncInvocations } from '../runtime/async-invocations.ts';
import { type AsyncRules, readAsyncRules } from '../runtime/async-invoke-config.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import type { LocalFunction } from '../runtime/functions.ts';
import type { Operation } from '../services/service-operation.ts';
import type { Template } from '../template/template.ts';
import type { DeliveryPorts } from './delivery.ts';
import { type Destinations, destinations } from './destinations.ts';
import { logGroups } from './log-groups.ts';
import { readQueues, sqs } from './queues.ts';
import { sns } from './sns.ts';
import { readTopics } from './topics.ts';

export interface MessagingOptions {
  data: DataDirectory;
  definitions: FunctionDefinition[];
  /** By name; filled before the first message. */
  functions: ReadonlyMap<string, LocalFunction>;
  print(line: string): void;
  /** For a person: what went wrong. */
  report(line: string): void;
  onEvent(event: BusEvent): void;
}

/** All by which the template's parts send one another messages: queues, topics, log groups, buses, asynchronous calls. */
export interface Messaging {
  /** For the service endpoint. */
  json: Record<string, Operation>;
  query: Record<string, Operation>;
  destinations: Destinations;
  invocations: AsyncInvocations;
  ports: DeliveryPorts;
  /** Nothing is tried again from now on; what is kept on disk is tried by the next run. */
  stopRetrying(): void;
  /** Waits for the rest, once the functions have stopped. */
  finished(): Promise<void>;
}

/** @throws Problem where something sends to what the local run does not have. */
export function openMessaging(template: Template, options: MessagingOptions): Messaging {
  const { data, definitions, functions, print, report, onEvent } = options;
  const stopping = new AbortController();
  const ports = deliveryPorts(stopping.signal);
  const now = () => new Date(ports.now());
  const everything = destinations();
  let asyncRules: ReadonlyMap<string, AsyncRules> = new Map();
  const invocations = asyncInvocations({
    data,
    functions,
    rules(name) {
      const rules = asyncRules.get(name);
      if (!rules) throw new Error(`no function ${name}`);
      return rules;
    },
    ports,
    report,
  });
  const queues = readQueues(template, data, now);
  const { topics, subscribe } = readTopics(template, { data, destinations: everything, print, report, now });
  const buses = eventBuses(template, { destinations: everything, ports, onEvent, report });
  const all = [
    ...queues,
    ...topics,
    ...logGroups(template, data),
    ...buses.destinations,
    ...definitions.map(invocations.destination),
  ];
  for (const destination of all) everything.add(destination);
  // Who sends to whom can be read once everybody is known.
  subscribe();
  buses.connect();
  asyncRules = readAsyncRules(template, definitions, everything);
  return {
    json: { ...buses.operations, ...sqs(queues) },
    query: sns(topics, print),
    destinations: everything,
    invocations,
    ports,
    stopRetrying: () => stopping.abort(),
    async finished() {
      await Promise.all([invocations.finished(), buses.stop()]);
    },
  };
}

function deliveryPorts(stopping: AbortSignal): DeliveryPorts {
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
