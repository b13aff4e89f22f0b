/** The publish function, called as by the stream. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { countersKey } from '../../../core/store/counts/counters.ts';
import { readCountingItem } from '../../../core/store/counts/counting-item.ts';
import { beginWatching, readWatchingMark } from '../../../core/store/poll-marks/watching-mark.ts';
import { isOfKind } from '../../../core/store/table-layout.ts';
import type { Attributes } from '../../../tools/verification/memory-table/expressions.ts';
import { march } from '../../../tools/verification/oracle/bodies.ts';
import { type Entry, eventBridge, taking } from '../../core/events/event-bridge.ts';
import { type EngineTable, openEngineTable } from '../../core/store/tables/engine-table.ts';
import { initialAvailable, ORDERED, redrawAt } from '../../core/use-cases/sweep/scene/redraw-bodies.ts';
import { Tracker } from '../../core/use-cases/sweep/scene/tracker.ts';

let engine: EngineTable;
beforeAll(async () => {
  engine = await openEngineTable();
});
afterAll(() => engine.close());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

let loaded = 0;

/** The handler reads its environment when it is loaded. Node loads it again for another address. */
async function loadHandler(): Promise<typeof import('../../../functions/publish/handler.ts')> {
  loaded += 1;
  return import(`../../../functions/publish/handler.ts?${loaded}`);
}

async function publisher(
  answer: Parameters<typeof eventBridge>[0],
  { tableName = engine.table.name, watchingSince = 'import' } = {},
) {
  const { url, requests } = await eventBridge(answer);
  vi.stubEnv('EVENT_BUS_NAME', 'the-bus');
  vi.stubEnv('HISTORICAL_EVENTS', 'marked');
  vi.stubEnv('WATCH_ONLY', 'off');
  vi.stubEnv('API_URL', 'https://api.example.com');
  vi.stubEnv('SERVICE_VERSION', '1.2.3');
  vi.stubEnv('WATCHING_SINCE', watchingSince);
  vi.stubEnv('TABLE_NAME', tableName);
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'none');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'none');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { handler: invoke } = await loadHandler();
  const handler = (event: DynamoDBStreamEvent) => invoke(event, { awsRequestId: 'invocation' });
  return { handler, requests };
}

/** The stream of a table while a redraw becomes available, is ordered and becomes stale. */
async function streamed(): Promise<DynamoDBStreamEvent> {
  const tracker = new Tracker();
  const records: DynamoDBRecord[] = [];
  const project = tracker.memory.onChange;
  tracker.memory.onChange = (change) => {
    project(change);
    const image = (item: Attributes | null) =>
      item === null ? undefined : marshall(item, { removeUndefinedValues: true });
    if (!isOfKind('TX', (change.after ?? change.before)?.sk)) return;
    const [OldImage, NewImage] = [image(change.before), image(change.after)];
    const dynamodb = { SequenceNumber: String(records.length + 1), OldImage, NewImage };
    records.push({ dynamodb } as DynamoDBRecord);
  };
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  await tracker.deliver(redrawAt([ORDERED]), march(5, '10:00:06'));
  await tracker.sweep(march(7));
  return { Records: records };
}

const kinds = (requests: readonly (readonly Entry[])[]) =>
  requests.flat().map(({ DetailType }) => DetailType);

test('publishes the events of each change in stream order', async () => {
  const { handler, requests } = await publisher((entries) => taking(entries));
  expect(await handler(await streamed())).toEqual({ batchItemFailures: [] });
  expect(kinds(requests)).toEqual([
    'Redraw Available',
    'Redraw Order Linked',
    'Redraw Progressed',
    'Redraw Stale',
  ]);
});

test('what an export brought is not published, and what changes after it is', async () => {
  const { handler, requests } = await publisher((entries) => taking(entries));
  const {
    Records: [first, ...later],
  } = await streamed();
  const NewImage = { ...first?.dynamodb?.NewImage, loaded: { BOOL: true } };
  await handler({ Records: [{ dynamodb: { ...first?.dynamodb, NewImage } }, ...later] });
  expect(kinds(requests)).toEqual(['Redraw Order Linked', 'Redraw Progressed', 'Redraw Stale']);
});

test('each event and each line about it name what caused the change, not the change before it', async () => {
  const { handler, requests } = await publisher((entries) => taking(entries));
  const { Records } = await streamed();
  const causes = ['msg_one', 'msg_two', undefined];
  const caused = Records.map(({ dynamodb }, index) => {
    const cause = causes[index];
    return {
      dynamodb: { ...dynamodb, NewImage: { ...dynamodb?.NewImage, ...(cause && { cause: { S: cause } }) } },
    };
  });
  await handler({ Records: caused });
  const told = requests.flat().map(({ Detail }) => JSON.parse(Detail).correlation_id);
  expect(told).toEqual(['msg_one', 'msg_two', 'msg_two', null]);
  const lines = vi.mocked(process.stdout.write).mock.calls.map(([line]) => JSON.parse(String(line)));
  expect(lines.filter(({ message }) => message === 'published')).toMatchObject([
    { request_id: 'invocation', correlation_id: 'msg_one' },
    { request_id: 'invocation', correlation_id: 'msg_two' },
    { request_id: 'invocation', correlation_id: 'invocation' },
  ]);
});

test('stops at the first change that cannot be published, and reports it', async () => {
  const stream = await streamed();
  const linked = (entry: Entry) => entry.DetailType === 'Redraw Order Linked';
  const { handler, requests } = await publisher((entries) =>
    entries.some(linked) ? { status: 400, body: { __type: 'ValidationException' } } : taking(entries),
  );
  expect(await handler(stream)).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  expect(kinds(requests)).not.toContain('Redraw Stale');
});

describe('the counts', () => {
  const counts = async () => (await readCountingItem(engine.table, countersKey(null))).counts;
  const total = async () => (await counts()).get('total') ?? 0;

  test('change with what was published before the first failure', async () => {
    const stream = await streamed();
    const before = new Map(await counts());
    const linked = (entry: Entry) => entry.DetailType === 'Redraw Order Linked';
    const { handler } = await publisher((entries) =>
      entries.some(linked) ? { status: 400, body: { __type: 'ValidationException' } } : taking(entries),
    );
    await handler(stream);
    const after = await counts();
    const added = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect(['total', 'redraw:expected', 'redraw:stale'].map(added)).toEqual([1, 1, 0]);
  });

  test('do not hold events back if they cannot be written', async () => {
    const { handler, requests } = await publisher((entries) => taking(entries), {
      tableName: 'no-such-table',
      watchingSince: march(1),
    });
    const before = await total();
    expect(await handler(await streamed())).toEqual({ batchItemFailures: [] });
    expect(kinds(requests)).toContain('Redraw Stale');
    expect(await total()).toBe(before);
    const lines = vi.mocked(process.stdout.write).mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines.filter(({ ChangesUncounted }) => ChangesUncounted > 0)).toHaveLength(1);
  });
});

describe('history', () => {
  const marks = (requests: readonly (readonly Entry[])[]) =>
    requests.flat().map(({ DetailType, Detail }) => [DetailType, JSON.parse(Detail).historical]);

  test('is what is dated before the service watched, by its setting', async () => {
    const { handler, requests } = await publisher((entries) => taking(entries), { watchingSince: march(6) });
    await handler(await streamed());
    expect(marks(requests)).toEqual([
      ['Redraw Available', true],
      ['Redraw Order Linked', true],
      ['Redraw Progressed', true],
      // Its clock ran out afterwards.
      ['Redraw Stale', false],
    ]);
  });

  test('begins as soon as an import has stored the time', async () => {
    const { handler, requests } = await publisher((entries) => taking(entries));
    const { Records } = await streamed();
    await handler({ Records: Records.slice(0, 1) });
    await beginWatching(engine.table, march(20));
    await handler({ Records: Records.slice(1) });
    expect(marks(requests).map(([, historical]) => historical)).toEqual([false, true, true, true]);
    await beginWatching(engine.table, march(1));
    expect(await readWatchingMark(engine.table)).toMatchObject({ since: march(20) });
  });
});

test('repeated publishing gives the same events with the same ids', async () => {
  const stream = await streamed();
  const { handler, requests } = await publisher((entries) => taking(entries));
  await handler(stream);
  const first = requests.flat();
  await handler(stream);
  expect(requests.flat().slice(first.length)).toEqual(first);
});

test('publishes nothing for a deleted transaction, and stops at an invalid item', async () => {
  const [created] = (await streamed()).Records;
  const { handler, requests } = await publisher((entries) => taking(entries));
  const OldImage = created?.dynamodb?.NewImage ?? {};
  const gone = { dynamodb: { SequenceNumber: '9', OldImage } } as DynamoDBRecord;
  expect(await handler({ Records: [gone] })).toEqual({ batchItemFailures: [] });
  const strange = { dynamodb: { SequenceNumber: '10', NewImage: { pk: { S: 'TX#1' } } } } as DynamoDBRecord;
  expect(await handler({ Records: [strange] })).toEqual({ batchItemFailures: [{ itemIdentifier: '10' }] });
  expect(requests).toEqual([]);
});
