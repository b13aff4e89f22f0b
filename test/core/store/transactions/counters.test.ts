/** The counter of each transaction, and the correction of a wrong counter during other writes. */

import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CountedClass } from '../../../../core/domain/transaction/counts.ts';
import { nextRevision } from '../../../../core/domain/transaction/next-revision.ts';
import { correctCounts } from '../../../../core/store/counting-item.ts';
import type { Table } from '../../../../core/store/table.ts';
import { itemKey } from '../../../../core/store/table-layout.ts';
import {
  counterOf,
  countingUpdates,
  readCounts,
  readShards,
  shardOf,
} from '../../../../core/store/transactions/counters.ts';
import { readItems } from '../../../../core/store/transactions/index-pages.ts';
import { readTransaction, writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { CLOCKS } from '../../../clocks.ts';
import { brings } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';
import { emptied } from './emptied.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

const counted = (team_id: string | null, status = 'active'): CountedClass =>
  ({
    status,
    outcome: 'in_progress',
    redraw: 'none',
    needs_decision: false,
    stalled: false,
    could_not_be_reached: false,
    team_id,
  }) as CountedClass;

/** Ids of shard 10: `…1a` and `…2a` modulo 16. */
const [ID, NEIGHBOUR] = ['001a0000-0000-4000-8000-000000000000', '002a0000-0000-4000-8000-000000000000'];
const SHARD = 10;

async function count(id: string, from: unknown, to: string | null): Promise<void> {
  const TransactItems = countingUpdates(table, [{ id, from, to }]);
  if (TransactItems.length > 0) await table.client.send(new TransactWriteCommand({ TransactItems }));
}

/** The counters of one test's team that are not zero. */
const counts = async (team: string) =>
  (await readCounts(table)).filter(([{ team_id }, n]) => team_id === team && n !== 0);

let tests = 0;
let team = '';
beforeEach(() => {
  tests += 1;
  team = `team-${tests}`;
});

describe('a transaction is counted', () => {
  test('in its current class, and no longer in its previous one', async () => {
    const [active, completed] = [counted(team), counted(team, 'completed')];
    await count(ID, null, counterOf(active));
    await count(NEIGHBOUR, null, counterOf(active));
    expect(await counts(team)).toEqual([[active, 2]]);
    await count(ID, counterOf(active), counterOf(completed));
    expect(await counts(team)).toEqual(
      expect.arrayContaining([
        [active, 1],
        [completed, 1],
      ]),
    );
    await count(ID, counterOf(completed), null);
    await count(NEIGHBOUR, counterOf(active), null);
    expect(await counts(team)).toEqual([]);
  });

  test('until it is emptied', async () => {
    const contributions = brings(1, { snapshot: { team_id: team } });
    const first = nextRevision({ id: ID, contributions, departures: {}, after: null }, CLOCKS);
    await writeTransaction(table, first, null);
    expect(await counts(team)).toHaveLength(1);
    expect(await writeTransaction(table, emptied(first), first)).toBe('written');
    expect(await counts(team)).toEqual([]);
    expect(await readTransaction(table, ID)).toBeNull();
  });

  test('in one of sixteen shards, by its id', async () => {
    expect([shardOf(ID), shardOf(NEIGHBOUR), shardOf('ffff')]).toEqual([SHARD, SHARD, 15]);
    expect(shardOf('0010ffff')).toBe(0);
    const before = await readShards(table);
    expect(before).toHaveLength(16);
    await count(ID, null, counterOf(counted(team)));
    const after = await readShards(table);
    const changed = after.filter(({ writes }, shard) => writes !== before[shard]?.writes);
    expect(changed).toEqual([after[SHARD]]);
    expect(after[SHARD]?.counts.get(counterOf(counted(team)))).toBe(1);
  });

  test('without a write if its class stays, and once if an older generation counted it', async () => {
    const as = counterOf(counted(team));
    expect(countingUpdates(table, [{ id: ID, from: as, to: as }])).toEqual([]);
    for (const older of [undefined, null, 7, `0${as.slice(1)}`, '1', '']) {
      expect(countingUpdates(table, [{ id: ID, from: older, to: null }])).toEqual([]);
      await count(ID, older, as);
    }
    expect(await counts(team)).toEqual([[counted(team), 6]]);
  });

  test('in the item of the current generation', async () => {
    const as = counterOf(counted(team));
    await count(ID, null, as);
    const [item] = await readItems(table, [{ pk: `COUNTERS#1#${SHARD}`, sk: 'COUNTERS' }]);
    expect(item).toMatchObject({ [as]: 1, writes: expect.any(Number) });
    expect(as).toBe(`1["active","in_progress","none",false,false,"${team}",false]`);
  });
});

describe('a wrong counter', () => {
  const [wrong, right] = [counterOf(counted('wrong')), counterOf(counted('right'))];

  test('is corrected if its shard has not changed since it was read, and the correction counts as a change', async () => {
    const first = (await readShards(table))[3];
    expect(first).toMatchObject({ writes: 0, counts: new Map() });
    if (!first) throw new Error('no shard');
    expect(await correctCounts(table, first, new Map([[wrong, 5]]))).toBe(true);
    // A writer that read the shard before is too late, because the correction changed it.
    expect(await correctCounts(table, first, new Map([[wrong, 9]]))).toBe(false);
    const second = (await readShards(table))[3];
    expect(second).toMatchObject({ writes: 1, counts: new Map([[wrong, 5]]) });
    if (!second) throw new Error('no shard');
    const corrections = new Map([
      [wrong, 0],
      [right, 2],
    ]);
    expect(await correctCounts(table, second, corrections)).toBe(true);
    expect((await readShards(table))[3]).toMatchObject({ writes: 2, counts: corrections });
    expect(await correctCounts(table, second, new Map([[right, 7]]))).toBe(false);
    expect((await readShards(table))[3]?.counts).toEqual(corrections);
  });

  test('stays if the table fails, which is not a conflict', async () => {
    const gone = { ...table, name: `${table.name}-gone` };
    const shard = { key: itemKey('COUNTERS', '1#4'), writes: 1, counts: new Map() };
    await expect(correctCounts(gone, shard, new Map([[`${right}, `, Number.NaN]]))).rejects.toThrow();
  });
});
