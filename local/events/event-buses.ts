import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { DeliveryPorts } from '../messaging/delivery.ts';
import { type Destination, type Destinations, Refused } from '../messaging/destinations.ts';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import { attributeOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import { applyRule, type BusEvent, DEFAULT_BUS, type EventRule, readEventRules } from './event-rules.ts';

export interface BusOptions {
  destinations: Destinations;
  ports: DeliveryPorts;
  /** Each event that a bus takes, once. */
  onEvent(event: BusEvent): void;
  /** For a person: what could not be delivered. */
  report(line: string): void;
}

export interface EventBuses {
  /** Other rules may send to these. */
  destinations: Destination[];
  /** Reads the rules from the template, once all destinations are known. */
  connect(): void;
  operations: Record<string, Operation>;
  /** Waits for what is being tried again. */
  stop(): Promise<void>;
}

/** The default bus and those of the template. */
export function eventBuses(template: Template, options: BusOptions): EventBuses {
  const names = [
    DEFAULT_BUS,
    ...template.resources('AWS::Events::EventBus').map((id) => template.nameOf(id)),
  ];
  const delivering = new Set<Promise<unknown>>();
  let rules: EventRule[] = [];

  function take(bus: string, event: BusEvent): void {
    options.onEvent(event);
    const matching = rules.filter((rule) => rule.bus === bus && rule.matches(event));
    const delivery = Promise.all(matching.map((rule) => applyRule(rule, event, options.ports)))
      .then((troubles) => troubles.flat().forEach(options.report))
      .catch((error: unknown) => options.report(`An event is lost: ${String(error)}`))
      .finally(() => delivering.delete(delivery));
    delivering.add(delivery);
  }

  return {
    destinations: names.map((name) => ({
      arn: attributeOf('AWS::Events::EventBus', name, 'Arn') ?? name,
      accept({ body }) {
        const { data } = forwarded.safeParse(JSON.parse(body));
        if (!data) throw new Refused('MalformedDetail', 'An event bus takes events only.');
        take(name, data);
      },
    })),
    connect() {
      rules = readEventRules(template, options.destinations);
    },
    operations: {
      'AWSEvents.PutEvents': (input) => {
        const entries = readEntries(input);
        const results = entries.map((entry) => {
          const fault = faultOf(entry, names);
          if (fault) return fault;
          const event = eventOf(entry, new Date(options.ports.now()));
          take(busOf(entry), event);
          return { EventId: event.id };
        });
        return {
          FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
          Entries: results,
        };
      },
    },
    async stop() {
      await Promise.all(delivering);
    },
  };
}

const forwarded = z.looseObject({
  id: z.string(),
  'detail-type': z.string(),
  source: z.string(),
  time: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

const entrySchema = z.object({
  /** Seconds since the epoch. */
  Time: z.number().optional(),
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  Resources: z.array(z.string()).default([]),
  EventBusName: z.string().default(DEFAULT_BUS),
});

type Entry = z.output<typeof entrySchema>;

const putEventsInput = z.object({ Entries: z.array(entrySchema) });
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;
const BYTES_OF_TIME = 14;

function readEntries(input: unknown): Entry[] {
  const { data, error, success } = putEventsInput.safeParse(input);
  if (!success) throw new ServiceFault('ValidationException', z.prettifyError(error));
  const { Entries: entries } = data;
  if (entries.length < 1 || entries.length > MOST_ENTRIES) {
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MOST_ENTRIES}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > MOST_BYTES) {
    throw new ServiceFault(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  return entries;
}

/** As EventBridge counts. */
function bytesOf({ Time, Source = '', DetailType = '', Detail = '', Resources }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : BYTES_OF_TIME);
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
  if (entry.Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!detailOf(entry)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  // AWS may take such an event and lose it. Here somebody should notice.
  if (!buses.includes(busOf(entry))) {
    return { ErrorCode: 'InvalidArgument', ErrorMessage: `Event bus ${busOf(entry)} does not exist.` };
  }
  return undefined;
}

function eventOf(entry: Entry, now: Date): BusEvent {
  const { Source = '', DetailType = '', Resources, Time } = entry;
  const time = Time === undefined ? now : new Date(Time * 1000);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: ACCOUNT,
    time: `${time.toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources: Resources,
    detail: detailOf(entry) ?? {},
  };
}

/** @returns undefined if it is no JSON object. */
function detailOf({ Detail = '' }: Entry): Record<string, unknown> | undefined {
  try {
    const detail: unknown = JSON.parse(Detail);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail)
      ? (detail as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A bus is named by its name or by its ARN. */
function busOf({ EventBusName }: Entry): string {
  return EventBusName.slice(EventBusName.lastIndexOf('/') + 1);
}
