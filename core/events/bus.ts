import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { Pause } from '../concurrency/retry.ts';
import {
  domainEvents,
  type EventEnvelope,
  type EventIn,
  type EventSchemas,
  type EventType,
} from '../domain/events/domain-events.ts';
import { type LinkTargets, linksOf } from './links.ts';
import { EVENT_SOURCE } from './source.ts';

export interface Bus {
  readonly client: EventBridgeClient;
  readonly name: string;
  readonly pause: Pause;
  /** Whether events about what happened before the service watched are withheld instead of marked. */
  readonly withholdsHistory?: boolean;
  /** Whether the deployment only watches: events say so, because nobody is to act on them. */
  readonly watchOnly?: boolean;
  /** The version of redraw-tracker, whose schemas describe the events. */
  readonly version: string;
  readonly linkTo: LinkTargets;
}

/** The event that carries what the insights count. It is never withheld: figures of history are figures too. */
const COUNTED: EventType = 'Insight Changed';

const ENTRIES_PER_REQUEST = 10;
const ATTEMPTS = 4;

/** An event, and whether it is history; absent for what is said now. */
type Markable<Schemas extends EventSchemas> = EventIn<Schemas> & { readonly historical?: boolean };

/**
 * Puts events on the bus in order, each parsed by its schema and marked. Retries the entries that the bus rejects.
 *
 * @param schemas of the capability whose events they are
 * @throws if the bus still rejects entries after the last attempt
 */
export async function putEvents<Schemas extends EventSchemas = typeof domainEvents>(
  bus: Bus,
  events: readonly Markable<Schemas>[],
  schemas: EventSchemas = domainEvents,
): Promise<void> {
  const shown = events.filter(
    ({ type, historical }) => !(historical && bus.withholdsHistory) || type === COUNTED,
  );
  const entries = shown.map(({ type, detail, historical = false }) =>
    entryOf(bus, type, {
      ...(schemas[type]?.parse(detail) as object),
      ...envelopeOf(bus, type, detail as object, historical),
    }),
  );
  for (let first = 0; first < entries.length; first += ENTRIES_PER_REQUEST) {
    await putEntries(bus, entries.slice(first, first + ENTRIES_PER_REQUEST));
  }
}

function envelopeOf(bus: Bus, type: string, detail: object, historical: boolean): EventEnvelope {
  return {
    type,
    schema_version: bus.version,
    historical,
    watch_only: bus.watchOnly ?? false,
    links: linksOf(detail, bus.linkTo),
  };
}

function entryOf(bus: Bus, type: string, detail: unknown): PutEventsRequestEntry {
  return { EventBusName: bus.name, Source: EVENT_SOURCE, DetailType: type, Detail: JSON.stringify(detail) };
}

async function putEntries(bus: Bus, entries: PutEventsRequestEntry[]): Promise<void> {
  let left = entries;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const { Entries = [] } = await bus.client.send(new PutEventsCommand({ Entries: left }));
    // Only an entry with an id was accepted. A response with too few entries must not lose an event.
    left = left.filter((_, index) => Entries[index]?.EventId === undefined);
    if (left.length === 0) return;
    if (attempt === ATTEMPTS) throw new Error(`the bus rejected ${left.length} events ${ATTEMPTS} times`);
    await bus.pause(attempt);
  }
}
