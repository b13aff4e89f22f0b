import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import type { Template } from '../template/template.ts';
import type { DeliveryContext } from '../topics-and-queues/delivery.ts';
import type { Destinations } from '../topics-and-queues/destinations.ts';
import { applyRule, type BusEvent, DEFAULT_BUS, type EventRule, readEventRules } from './event-rules.ts';

export interface BusOptions {
  destinations: Destinations;
  context: DeliveryContext;
  /** Called once for each event that a bus accepts. */
  onEvent(event: BusEvent): void;
  /** Shows a person what could not be delivered. */
  report(line: string): void;
}

export interface EventBuses {
  /** Reads the rules from the template. Call it when all destinations are registered. */
  connect(): void;
  operations: Record<string, Operation>;
  /** Puts an event of an AWS service on the default bus of the account. It is not printed, because it is not one of the stack's events. */
  emit(event: BusEvent): void;
  /** Waits for deliveries that are being retried. */
  stop(): Promise<void>;
}

/** The event buses of the template. */
export function eventBuses(template: Template, options: BusOptions): EventBuses {
  const names = template.resources('AWS::Events::EventBus').map((id) => template.nameOf(id));
  const delivering = new Set<Promise<unknown>>();
  let rules: EventRule[] = [];

  function deliver(bus: string, event: BusEvent): void {
    const matching = rules.filter((rule) => rule.bus === bus && rule.matches(event));
    const delivery = Promise.all(matching.map((rule) => applyRule(rule, event, options.context)))
      .then((failures) => failures.flat().forEach(options.report))
      .catch((error: unknown) => options.report(`The event ${event.id} is lost: ${String(error)}`))
      .finally(() => delivering.delete(delivery));
    delivering.add(delivery);
  }

  return {
    connect() {
      rules = readEventRules(template, options.destinations);
    },
    operations: {
      'AWSEvents.PutEvents': (input) => {
        const entries = readEntries(input);
        const results = entries.map((entry) => {
          const fault = faultOf(entry, names);
          if (fault) return fault;
          const event = eventOf(entry, new Date(options.context.now()));
          options.onEvent(event);
          deliver(entry.EventBusName, event);
          return { EventId: event.id };
        });
        return {
          FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
          Entries: results,
        };
      },
    },
    emit: (event) => deliver(DEFAULT_BUS, event),
    async stop() {
      await Promise.all(delivering);
    },
  };
}

const entrySchema = z.strictObject({
  Source: z.string().default(''),
  DetailType: z.string().default(''),
  Detail: z.string().default(''),
  EventBusName: z.string().default('default'),
});

type Entry = z.output<typeof entrySchema>;

const putEventsInput = z.object({ Entries: z.array(entrySchema) });
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;

function readEntries(input: unknown): Entry[] {
  const { data, error, success } = putEventsInput.safeParse(input);
  if (!success) throw new ServiceFault('ValidationException', z.prettifyError(error));
  const { Entries: entries } = data;
  if (entries.length < 1 || entries.length > MAX_ENTRIES) {
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MAX_ENTRIES}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > MAX_BYTES) {
    throw new ServiceFault(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  return entries;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
function bytesOf({ Source, DetailType, Detail }: Entry): number {
  return [Source, DetailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function faultOf(
  entry: Entry,
  buses: readonly string[],
): { ErrorCode: string; ErrorMessage: string } | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (entry[name]) continue;
    const ErrorMessage = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  if (entry.Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!detailOf(entry)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  // AWS may accept such an event and drop it. The local run reports it.
  if (!buses.includes(entry.EventBusName)) {
    return { ErrorCode: 'InvalidArgument', ErrorMessage: `Event bus ${entry.EventBusName} does not exist.` };
  }
  return undefined;
}

function eventOf(entry: Entry, now: Date): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: ACCOUNT,
    time: `${now.toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources: [],
    detail: detailOf(entry) ?? {},
  };
}

/** @returns undefined unless it is a JSON object. */
function detailOf({ Detail }: Entry): Record<string, unknown> | undefined {
  try {
    const detail: unknown = JSON.parse(Detail);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail)
      ? (detail as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
