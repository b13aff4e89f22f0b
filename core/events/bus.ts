import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { Pause } from '../concurrency/retry.ts';
import { domainEvents, type EventIn, type EventSchemas } from '../domain/events/domain-events.ts';
import { EVENT_SOURCE } from './source.ts';

export interface Bus {
  readonly client: EventBridgeClient;
  readonly name: string;
  readonly pause: Pause;
}

const ENTRIES_PER_REQUEST = 10;
const ATTEMPTS = 4;

/**
 * Puts events on the bus in order, each parsed by its schema. Retries the entries that the bus rejects.
 *
 * @param schemas of the capability whose events they are
 * @throws if the bus still rejects entries after the last attempt
 */
export async function putEvents<Schemas extends EventSchemas = typeof domainEvents>(
  bus: Bus,
  events: readonly EventIn<Schemas>[],
  schemas: EventSchemas = domainEvents,
): Promise<void> {
  const entries = events.map(({ type, detail }) => entryOf(bus, type, schemas[type]?.parse(detail)));
  for (let first = 0; first < entries.length; first += ENTRIES_PER_REQUEST) {
    await putEntries(bus, entries.slice(first, first + ENTRIES_PER_REQUEST));
  }
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
