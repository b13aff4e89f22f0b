/** How a cancelled write of several items is read: another writer was first, or the write failed. */

import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { nextRevision } from '../../../../core/domain/stored/next-revision.ts';
import { quarantine } from '../../../../core/store/quarantine/quarantine.ts';
import type { Table } from '../../../../core/store/table.ts';
import { writeTransaction, writeTransactions } from '../../../../core/store/transactions/transactions.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, orderId } from '../../domain/order-records.ts';

/** A table that fails every request with this error. */
const failing = (error: Error) =>
  ({ name: 'orders', client: { send: () => Promise.reject(error) } }) as unknown as Table;

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'no',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const unexplained = new TransactionCanceledException({ message: 'no', $metadata: {} });

const first = nextRevision({ id: orderId(1), departures: {}, contributions: brings(1), after: null }, CLOCKS);
const other = nextRevision({ id: orderId(2), departures: {}, contributions: brings(2), after: null }, CLOCKS);
const bothIn = (table: Table) =>
  writeTransactions(
    table,
    [first, other].map((next) => ({ next, read: null })),
  );

describe('two transactions', () => {
  test.each([
    [['ConditionalCheckFailed', 'None', 'None'], 'conflict'],
    [['TransactionConflict', 'None', 'None'], 'conflict'],
    [['None', 'None', 'TransactionConflict'], 'conflict'],
    [['None', 'ConditionalCheckFailed', 'None'], 'conflict'],
  ])('%j is %s', async (codes, outcome) => {
    expect(await bothIn(failing(cancelled(...codes)))).toBe(outcome);
  });

  test.each([[cancelled('ThrottlingError', 'None')], [unexplained], [new Error('gone')]])(
    'are not written, and the error is rethrown: %s',
    async (error) => {
      await expect(bothIn(failing(error))).rejects.toBe(error);
    },
  );
});

test('a transaction that is written alone is refused for what it is or not at all', async () => {
  const next = nextRevision({ ...first, after: first }, CLOCKS);
  const refused = failing(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
  expect(await writeTransaction(refused, next, first)).toBe('conflict');
  const gone = new Error('gone');
  await expect(writeTransaction(failing(gone), next, first)).rejects.toBe(gone);
});

describe('a body', () => {
  const body = Buffer.from('words');
  const keeping = (error: Error) =>
    quarantine(failing(error), { body, reason: 'none', receivedAt: at(1), retentionDays: 1 });

  test('counts as stored if only its head exists already', async () => {
    expect(await keeping(cancelled('ConditionalCheckFailed', 'None'))).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });

  test.each([
    [cancelled('TransactionConflict', 'None')],
    [cancelled('ConditionalCheckFailed', 'None', 'TransactionConflict')],
    [unexplained],
    [new Error('gone')],
  ])('is not stored, and the error is rethrown: %s', async (error) => {
    await expect(keeping(error)).rejects.toBe(error);
  });
});
