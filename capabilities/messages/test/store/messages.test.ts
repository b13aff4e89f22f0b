/** The items of messages and patients on an engine: guarded writes, and the index of what to look at. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextRevision } from '../../../../core/domain/stored/next-revision.ts';
import type { Table } from '../../../../core/store/table.ts';
import { writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { CLOCKS } from '../../../../test/clocks.ts';
import { brings } from '../../../../test/core/domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../../../../test/core/store/tables/engine-table.ts';
import { march, transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import type { PatientMessage } from '../../rules/message.ts';
import { held, planned, reported, sending, withOutcome } from '../../rules/message-steps.ts';
import { counting } from '../../rules/patient-record.ts';
import { readMessage, transactionsToLookAt, writeMessages } from '../../store/messages.ts';
import { readPatient } from '../../store/patients.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

const DUE = march(6);

function message(n: number): PatientMessage {
  const named = { id: 'redraw_available.sms', transaction_id: transactionId(n) } as const;
  const dates = { at: DUE, basis: '["awaiting_order"]', appointment_id: null, not_after: march(7) };
  return planned({ ...named, template: 'redraw_available', channel: 'sms' }, dates, march(5));
}

async function lookedAt(now: string): Promise<string[]> {
  const found: string[] = [];
  for await (const page of transactionsToLookAt(table, now, 300_000)) found.push(...page);
  return found;
}

test('a message is looked at when it is due, while it is being sent, and until its outcome is shown', async () => {
  const first = message(1);
  const steps = [first, sending(first, 'user-2', DUE)];
  const sent = withOutcome(steps[1] ?? first, { state: 'sent', reason: null, provider_id: 'm-1' }, DUE);
  if (!sent) throw new Error('the outcome is refused');
  const looks: [PatientMessage, string, boolean][] = [
    [first, march(5), false],
    [first, DUE, true],
    [sending(first, 'user-2', DUE), march(6, '08:14:59'), false],
    [sending(first, 'user-2', DUE), march(6, '08:15:00'), true],
    [sent, DUE, true],
    [reported(sent), march(20), false],
  ];
  let read: PatientMessage | null = null;
  for (const [next, now, isFound] of looks) {
    if (next.revision !== read?.revision) {
      expect(await writeMessages(table, { messages: [{ next, read }] })).toBe('written');
      read = next;
    }
    expect(await readMessage(table, first)).toEqual(next);
    expect([next.state, now, await lookedAt(now)]).toEqual([
      next.state,
      now,
      isFound ? [first.transaction_id] : [],
    ]);
  }
});

test('nothing is written if the message, the patient or the transaction has changed since', async () => {
  const read = message(2);
  const transaction = nextRevision(
    { id: transactionId(2), contributions: brings(2), departures: {}, after: null },
    CLOCKS,
  );
  await writeTransaction(table, transaction, null);
  await writeMessages(table, { messages: [{ next: read, read: null }] });
  const patient = await readPatient(table, 'user-2');
  const write = (about: Partial<Parameters<typeof writeMessages>[1]>) =>
    writeMessages(table, {
      messages: [{ next: sending(read, 'user-2', DUE), read }],
      patient: { next: counting(patient, '2026-03-06', 1), read: patient },
      transaction,
      ...about,
    });
  const unread = { ...read, revision: 7 };
  expect(await write({ messages: [{ next: sending(unread, 'user-2', DUE), read: unread }] })).toBe(
    'conflict',
  );
  expect(await write({ messages: [{ next: read, read: null }] })).toBe('conflict');
  expect(await write({ transaction: { ...transaction, revision: 7 } })).toBe('conflict');
  expect(await readPatient(table, 'user-2')).toEqual(patient);
  expect(await write({})).toBe('written');
  expect(await write({ messages: [{ next: held(read, 'progressed', DUE), read }] })).toBe('conflict');
  expect((await readPatient(table, 'user-2')).sends).toEqual({ day: '2026-03-06', count: 1 });
});
