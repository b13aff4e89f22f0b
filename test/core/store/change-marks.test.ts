/** Which writes are marked as changes, and how often. */
import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChangeMarks } from '../../../core/store/change-marks.ts';
import { type Heartbeat, readHeartbeat } from '../../../core/store/heartbeat.ts';
import { quarantineKey } from '../../../core/store/quarantine/quarantine.ts';
import { openTable, type Table } from '../../../core/store/table.ts';
import { CHANGED_PARTS, type ItemKind, itemKey } from '../../../core/store/table-layout.ts';
import { type EngineTable, openEngineTable } from './tables/engine-table.ts';

let engine: EngineTable;
beforeAll(async () => {
  engine = await openEngineTable();
});
afterAll(() => engine.close());

/** A table as another environment of a function opens it, which has marked nothing yet. */
let table: Table;
let before: Heartbeat;
beforeEach(async () => {
  table = openTable(engine.table.name);
  before = await readHeartbeat(table);
  return () => table.client.destroy();
});

/** The times that have changed since the test began. */
async function marked(): Promise<string[]> {
  const after = await readHeartbeat(table);
  return Object.entries(after).flatMap(([name, at]) =>
    before[name as keyof Heartbeat] === at ? [] : [name],
  );
}

const put = (item: object, more: object = {}) =>
  table.client.send(new PutCommand({ TableName: table.name, Item: { sk: 'TX', ...item }, ...more }));

describe('a write', () => {
  // The heartbeat itself is the item that this looks at.
  const others = Object.entries(CHANGED_PARTS).filter(
    ([kind]) => kind !== 'HEARTBEAT' && kind !== 'QUARANTINE',
  );

  test.each(others)('of a %s marks: %s', async (kind, part) => {
    const update = { UpdateExpression: 'SET seen = :seen', ExpressionAttributeValues: { ':seen': 1 } };
    const Key = itemKey(kind as ItemKind, 'orders');
    await table.client.send(new UpdateCommand({ TableName: table.name, Key, ...update }));
    expect(await marked()).toEqual(part === null ? [] : [`${part}_at`]);
  });

  test('of several items marks what each of them changes', async () => {
    const Item = (kind: ItemKind) => ({ ...itemKey(kind, 'one') });
    const TransactItems = [
      {
        ConditionCheck: {
          TableName: table.name,
          Key: Item('TX'),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      { Put: { TableName: table.name, Item: Item('NOTE') } },
      { Put: { TableName: table.name, Item: Item('COUNTERS') } },
    ];
    await table.client.send(new TransactWriteCommand({ TransactItems }));
    expect(await marked()).toEqual(['rest_at']);
  });

  test('to another table with the same client marks the rest', async () => {
    await put({ ...quarantineKey('one') });
    expect(await marked()).toEqual(['rest_at']);
  });

  test('that is refused marks nothing', async () => {
    const refused = put({ pk: 'TX#refused' }, { ConditionExpression: 'attribute_exists(pk)' });
    await expect(refused).rejects.toThrow();
    expect(await marked()).toEqual([]);
  });

  test('succeeds even if its mark does not', async () => {
    const { marks } = table;
    const flush = vi.spyOn(marks as ChangeMarks, 'flush').mockRejectedValue(new Error('no'));
    await put({ pk: 'TX#unmarked' });
    expect(flush).toHaveBeenCalledOnce();
  });
});

describe('a transaction', () => {
  test.each([
    ['comes to a list', undefined, 'DECISION#0', 'worklist_at'],
    ['stays on one', 'DUE#0', 'DUE#0', 'worklist_at'],
    ['leaves one', 'STALE#0', undefined, 'worklist_at'],
    ['has never been on one', undefined, undefined, 'rest_at'],
    ['only waits for a check', 'ORDER_DUE#0', 'ORDER_DUE#1', 'rest_at'],
    ['stalls', 'ORDER_DUE#0', 'STALLED#0', 'worklist_at'],
  ])('that %s', async (name, list, next, expected) => {
    const at = (d_pk: string | undefined) => ({ pk: `TX#${name}`, ...(d_pk && { d_pk, d_sk: '1' }) });
    await engine.table.client.send(
      new PutCommand({ TableName: table.name, Item: { sk: 'TX', ...at(list) } }),
    );
    before = await readHeartbeat(table);
    await put(at(next), { ReturnValues: 'ALL_OLD' });
    expect(await marked()).toEqual([expected]);
  });
});

describe('the marks of an environment', () => {
  let now: number;
  let written: Heartbeat[];
  let marks: ChangeMarks;
  beforeEach(() => {
    now = Date.UTC(2026, 2, 1);
    written = [];
    marks = new ChangeMarks(
      async (times) => {
        if (Object.keys(times).length > 0) written.push(times);
      },
      () => now,
    );
  });

  async function note(...parts: ('worklist' | 'rest')[]): Promise<void> {
    for (const part of parts) marks.note(part);
    await marks.flush();
  }

  test('are written at most every ten seconds, each part for itself', async () => {
    await note('rest', 'rest');
    now += 9_999;
    await note('rest', 'worklist');
    now += 1;
    await note('rest', 'worklist');
    expect(written).toEqual([
      { rest_at: '2026-03-01T00:00:00.000000Z' },
      { worklist_at: '2026-03-01T00:00:09.999000Z' },
      { rest_at: '2026-03-01T00:00:10.000000Z' },
    ]);
  });

  test('are written again when the clock was set back by more', async () => {
    await note('rest');
    now -= 60_000;
    await note('rest');
    expect(written).toHaveLength(2);
  });

  test('share one write with the heartbeat', async () => {
    marks.note('worklist');
    await marks.flush({ written_at: '2026-03-01T00:00:00.000000Z' });
    expect(written).toEqual([
      { written_at: '2026-03-01T00:00:00.000000Z', worklist_at: '2026-03-01T00:00:00.000000Z' },
    ]);
  });

  test('wait for the next flush if they cannot be written', async () => {
    let fails = true;
    marks = new ChangeMarks(
      async (times) => {
        if (fails) throw new Error('no');
        written.push(times);
      },
      () => now,
    );
    await expect(note('rest')).rejects.toThrow('no');
    fails = false;
    now += 5;
    await marks.flush();
    expect(written).toEqual([{ rest_at: '2026-03-01T00:00:00.005000Z' }]);
  });
});
