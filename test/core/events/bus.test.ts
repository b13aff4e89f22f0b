/** Events on their way to the bus: over HTTP, with the official client. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import type { DomainEvent } from '../../../core/domain/events/domain-events.ts';
import { putEvents } from '../../../core/events/bus.ts';
import { INITIAL, TRANSACTION } from '../../../docs/events/catalogue/example-scene.ts';
import { catalogue } from '../../../docs/events/catalogue.ts';
import { type Entry, eventBridge, RELEASED, taking } from './event-bridge.ts';

const events = (count: number): DomainEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    type: 'Redraw Stale',
    detail: { ...catalogue['Redraw Stale'].example, id: `event-${n}` },
  }));

const idOf = ({ Detail }: Entry) => String(JSON.parse(Detail).id);

async function telling(answer: Parameters<typeof eventBridge>[0]) {
  const { url, requests } = await eventBridge(answer);
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const client = new EventBridgeClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 3 });
  const pauses: number[] = [];
  const pause = async (attempt: number) => {
    pauses.push(attempt);
  };
  return { bus: { client, name: 'the-bus', pause, ...RELEASED }, requests, pauses };
}

describe('events are put on the bus', () => {
  test('in order, ten at a time, with our source', async () => {
    const { bus, requests, pauses } = await telling((entries) => taking(entries));
    await putEvents(bus, events(23));
    expect(requests.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(requests.flat().map(idOf)).toEqual(events(23).map(({ detail }) => detail.id));
    expect(requests[0]?.[0]).toMatchObject({
      EventBusName: 'the-bus',
      Source: 'redraw-tracker',
      DetailType: 'Redraw Stale',
    });
    const path = `/transactions/${TRANSACTION}`;
    expect(JSON.parse(requests[0]?.[0]?.Detail ?? '')).toEqual({
      ...events(1)[0]?.detail,
      type: 'Redraw Stale',
      schema_version: '1.2.3',
      historical: false,
      watch_only: false,
      links: { dashboard: `https://page.example.com${path}`, api: `https://api.example.com/v1${path}` },
    });
    expect(pauses).toEqual([]);
  });

  test.each([
    ['Match Review Opened', '/match-reviews', '/v1/match-reviews?state=open'],
    ['Redraw Review', '/', '/v1/redraws?state=open'],
    ['Critical Result Reported', `/search?q=${INITIAL}`, `/v1/orders/${INITIAL}`],
  ] as const)('with links to what a %s is about', async (type, page, resource) => {
    const { bus, requests } = await telling((entries) => taking(entries));
    const detail = {
      ...catalogue[type].example,
      ...(type === 'Critical Result Reported' && { transaction_id: null }),
    };
    await putEvents({ ...bus, linkTo: { ...RELEASED.linkTo, dashboard: null } }, [
      { type, detail } as DomainEvent,
    ]);
    await putEvents(bus, [{ type, detail } as DomainEvent]);
    const api = `https://api.example.com${resource}`;
    expect(requests.flat().map(({ Detail }) => JSON.parse(Detail).links)).toEqual([
      { dashboard: null, api },
      { dashboard: `https://page.example.com${page}`, api },
    ]);
  });

  test('marked as history or news, and as those of a deployment that only watches', async () => {
    const { bus, requests } = await telling((entries) => taking(entries));
    const [old, fresh] = events(2).map((event, n) => ({ ...event, historical: n === 0 }));
    await putEvents(
      { ...bus, watchOnly: true },
      [old, fresh].flatMap((event) => event ?? []),
    );
    expect(requests.flat().map(({ Detail }) => JSON.parse(Detail))).toMatchObject([
      { id: 'event-0', historical: true, watch_only: true },
      { id: 'event-1', historical: false, watch_only: true },
    ]);
  });

  test('and history can be withheld, but not what the insights count of it', async () => {
    const { bus, requests } = await telling((entries) => taking(entries));
    const counted = { type: 'Insight Changed', detail: catalogue['Insight Changed'].example } as const;
    const history = [...events(1), counted].map((event) => ({ ...event, historical: true }));
    await putEvents({ ...bus, withholdsHistory: true }, [...history, ...events(1)]);
    expect(requests.flat().map(({ DetailType }) => DetailType)).toEqual(['Insight Changed', 'Redraw Stale']);
  });

  test('and without events there is no request', async () => {
    const { bus, requests } = await telling((entries) => taking(entries));
    await putEvents(bus, []);
    expect(requests).toEqual([]);
  });

  test('and rejected ones are put again, without the others, after a pause', async () => {
    const { bus, requests, pauses } = await telling((entries, request) =>
      taking(entries, (entry) => ['event-1', 'event-4'].includes(idOf(entry)) && request < 2),
    );
    await putEvents(bus, events(5));
    expect(requests.map((entries) => entries.map(idOf))).toEqual([
      ['event-0', 'event-1', 'event-2', 'event-3', 'event-4'],
      ['event-1', 'event-4'],
      ['event-1', 'event-4'],
    ]);
    expect(pauses).toEqual([1, 2]);
  });

  test('and events that are always rejected are reported after four attempts', async () => {
    const { bus, requests } = await telling((entries) =>
      taking(entries, (entry) => idOf(entry) === 'event-2'),
    );
    await expect(putEvents(bus, events(12))).rejects.toThrow('rejected 1 events 4 times');
    // Later events wait: the record is retried as a whole.
    expect(requests.map(({ length }) => length)).toEqual([10, 1, 1, 1]);
  });

  test('and an answer with too few entries does not count as acceptance', async () => {
    const { bus, requests } = await telling((entries, request) =>
      request === 0
        ? { status: 200, body: { FailedEntryCount: 0, Entries: [{ EventId: 'taken' }] } }
        : taking(entries),
    );
    await putEvents(bus, events(3));
    expect(requests[1]?.map(idOf)).toEqual(['event-1', 'event-2']);
  });

  test('and a short outage of the bus is retried', async () => {
    const { bus, requests } = await telling((entries, request) =>
      request === 0 ? { status: 503, body: { __type: 'ServiceUnavailable' } } : taking(entries),
    );
    await putEvents(bus, events(2));
    expect(requests).toHaveLength(2);
  });

  test('and a refused request is reported at once', async () => {
    const { bus, requests } = await telling(() => ({
      status: 400,
      body: { __type: 'ValidationException', message: 'no such bus' },
    }));
    await expect(putEvents(bus, events(2))).rejects.toThrow('no such bus');
    expect(requests).toHaveLength(1);
  });

  test('with the fields of their schema only', async () => {
    const { bus, requests } = await telling((entries) => taking(entries));
    const [one] = events(1);
    await putEvents(bus, [
      { ...one, detail: { ...one?.detail, patient: 'CANARY' } } as unknown as DomainEvent,
    ]);
    expect(JSON.stringify(requests)).not.toContain('CANARY');
    const wrong = { type: 'Redraw Stale', detail: { ...one?.detail, stale_since: null } };
    await expect(putEvents(bus, [wrong as unknown as DomainEvent])).rejects.toThrow();
    expect(requests).toHaveLength(1);
  });
});
