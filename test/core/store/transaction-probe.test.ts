/** A probe is cancelled, never written, and says whether the function may send the transaction. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../../core/store/table.ts';
import { answeringProbes, type TransactionProbe } from '../../../core/store/transaction-probe.ts';
import { tablePermissions, transactionOf } from '../../../lib/storage/table-permissions.ts';
import { type EngineTable, openEngineTable } from './tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

const probe: TransactionProbe = {
  probe: [
    { action: 'Put', pk: 'TX#probe' },
    { action: 'Update', pk: 'TX#probe' },
    { action: 'ConditionCheck', pk: 'TX#probe' },
    { action: 'Update', pk: 'COUNTERS#probe' },
  ],
};

const handle = async (event: unknown) => ({ handled: event }) as object;

test('a transaction that is allowed is cancelled and writes nothing', async () => {
  expect(await answeringProbes(table, handle)(probe, {})).toEqual({ allowed: true });
  const { Items } = await table.client.send(new ScanCommand({ TableName: table.name }));
  expect(Items).toEqual([]);
});

test('one that is denied says so, and any other error is not taken for an answer', async () => {
  const failing = (name: string) => {
    const send = () => Promise.reject(Object.assign(new Error('no'), { name }));
    return answeringProbes({ ...table, client: { send } } as unknown as Table, handle)(probe, {});
  };
  expect(await failing('AccessDeniedException')).toEqual({ allowed: false });
  await expect(failing('InternalServerError')).rejects.toThrow('no');
});

test('any other event is handled as before', async () => {
  for (const event of [null, {}, { probe: 'x' }, { probe: [] }, { Records: [] }, { body: '{"probe":[]}' }])
    expect(await answeringProbes(table, handle)(event, {})).toEqual({ handled: event });
});

test('each function that sends transactions answers probes', () => {
  const sending = Object.entries(tablePermissions).filter(([, one]) => transactionOf(one).length > 0);
  expect(sending.length).toBeGreaterThan(5);
  for (const [name] of sending) {
    const file = join(import.meta.dirname, '../../../functions', name, 'handler.ts');
    expect([name, readFileSync(file, 'utf8')]).toEqual([
      name,
      expect.stringContaining('export const handler = answeringProbes('),
    ]);
  }
});
