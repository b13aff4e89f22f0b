/** Whatever is wrong with a transaction's item, a rebuild makes only changes that the outbox can publish. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import type { Bus } from '../../../../core/events/bus.ts';
import type { Item } from '../../../../core/store/table.ts';
import { isOfKind, transactionKey } from '../../../../core/store/table-layout.ts';
import { publishChange } from '../../../../core/use-cases/publish-change.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { initialAvailable, TRANSACTION } from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';
import { rebuild } from './lab.ts';

const Key = transactionKey(TRANSACTION);

const DAMAGES: Readonly<Record<string, (item: Item) => Item>> = {
  'contributions that are a text': (item) => ({ ...item, contributions: 'garbage' }),
  'nothing but its key': ({ pk, sk }) => ({ pk, sk }),
  'a revision that is a text': (item) => ({ ...item, revision: 'seven' }),
  'no marks': (item) => ({ ...item, marks: null }),
  'departures that are texts': (item) => ({ ...item, departures: { x: 'gone' } }),
};

test.each(Object.keys(DAMAGES))('%s', async (damage) => {
  const { memory } = await delivered();
  const { Item = {} } = await memory.client.send(new GetCommand({ TableName: memory.name, Key }));
  memory.onChange = () => undefined;
  const damaged = { ...DAMAGES[damage]?.(Item), ...Key };
  await memory.client.send(new PutCommand({ TableName: memory.name, Item: damaged }));
  const published: string[] = [];
  const changes: Promise<unknown>[] = [];
  memory.onChange = ({ before, after }) => {
    if (!isOfKind('TX', (after ?? before)?.sk)) return;
    const [OldImage, NewImage] = [before, after].map((item) =>
      item ? marshall(item, { removeUndefinedValues: true }) : undefined,
    );
    changes.push(publishChange(bus(published), { OldImage, NewImage }, null));
  };
  expect((await rebuild(memory)).findings).toMatchObject([{ kind: 'unreadable' }]);
  await Promise.all(changes);
  expect(changes).toHaveLength(2);
  expect(published).toContain('Redraw Available');
  expect((await rebuild(memory)).findings).toEqual([]);
});

async function delivered(): Promise<Tracker> {
  const tracker = new Tracker();
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  return tracker;
}

/** Takes every event. */
function bus(published: string[]): Bus {
  const send = async ({ input }: { input: { Entries: { DetailType: string }[] } }) => {
    published.push(...input.Entries.map(({ DetailType }) => DetailType));
    return { FailedEntryCount: 0, Entries: input.Entries.map(() => ({ EventId: 'id' })) };
  };
  return {
    client: { send } as unknown as Bus['client'],
    name: 'bus',
    pause: async () => undefined,
    version: '1.0.0',
    linkTo: { dashboard: null, api: 'https://api.example.com' },
  };
}
