/** One damaged item takes down no list, review, email, count or sweep: it is left out and reported. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PatientMessage } from '../../../capabilities/messages/rules/message.ts';
import { newPatient } from '../../../capabilities/messages/rules/patient-record.ts';
import { listMessages, writeMessages } from '../../../capabilities/messages/store/messages.ts';
import { patientItem, readPatient } from '../../../capabilities/messages/store/patients.ts';
import { Clinic } from '../../../capabilities/messages/test/use-cases/scene/clinic.ts';
import { countersKey } from '../../../core/store/counts/counters.ts';
import { addCounts, readCountingItem } from '../../../core/store/counts/counting-item.ts';
import { DamagedItem } from '../../../core/store/damaged-items.ts';
import { readEntries } from '../../../core/store/handling/notes.ts';
import { readHeldReviews } from '../../../core/store/match-reviews/listed-review.ts';
import { listMatchReviews } from '../../../core/store/match-reviews/match-review-reading.ts';
import { writeMatchReview } from '../../../core/store/match-reviews/match-reviews.ts';
import { requestPass } from '../../../core/store/poll-marks/request-pass.ts';
import { moveUpdatesMark, readUpdatesMark } from '../../../core/store/poll-marks/updates-mark.ts';
import { transactionKey } from '../../../core/store/table-layout.ts';
import { byDueTime, listTransactions } from '../../../core/store/transactions/transaction-lists.ts';
import { countCriticalResults } from '../../../core/use-cases/count-critical-results.ts';
import { assign } from '../../../core/use-cases/handling/assign.ts';
import { listOwned } from '../../../core/use-cases/review/list-owned.ts';
import { reviewRedraws } from '../../../core/use-cases/review/review-redraws.ts';
import { search } from '../../../core/use-cases/search.ts';
import type { MemoryTable } from '../../../tools/verification/memory-table/memory-table.ts';
import { criticalResult, march } from '../../../tools/verification/oracle/bodies.ts';
import { PROGRAM } from '../../callers.ts';
import { rebuild } from './rebuild/lab.ts';
import { manyDue } from './sweep/scene/many-due.ts';
import { initialAvailable, TRANSACTION } from './sweep/scene/redraw-bodies.ts';
import { Tracker } from './sweep/scene/tracker.ts';

const reviewOf = (id: string) => ({
  ...{ id, team_id: null, status: 'pending_customer_review', decision_code: null },
  ...{ resolution_action: null, resolved_order_id: null },
});

let tracker: Tracker;
let shown: { table: MemoryTable; teamId: null };
let ids: string[];
let reported: string[];

beforeEach(async () => {
  tracker = new Tracker();
  reported = [];
  ids = await manyDue(tracker, 3);
  for (const id of ids) {
    const owner = { by: 'lead', caller: PROGRAM, assignee: 'ann', followUpAt: null };
    await assign(tracker.projection, id, owner, new Date(march(5)));
  }
  const table = Object.assign(tracker.memory, { onDamaged: (item: string) => void reported.push(item) });
  shown = { table, teamId: null };
});

/** As if something from outside had written to the table. */
async function damage(id: string, attributes: object): Promise<void> {
  const Key = transactionKey(id);
  const { Item } = await shown.table.client.send(new GetCommand({ TableName: '', Key }));
  // No reader of the stream here expects such an item.
  tracker.memory.onChange = () => undefined;
  await shown.table.client.send(new PutCommand({ TableName: '', Item: { ...Item, ...attributes } }));
}

test.each([
  ['contributions', { contributions: 'CANARY' }],
  ['marks', { marks: 7 }],
  ['revision', { revision: 'CANARY' }],
  ['due', { due: 7 }],
])('with damaged %s', async (_, attributes) => {
  const [bad = '', ...others] = ids;
  await damage(bad, attributes);
  const list = await listTransactions(shown.table, byDueTime('open'), { limit: 100, after: null });
  expect(list.transactions.map(({ id }) => id).sort()).toEqual(others.sort());
  expect((await reviewRedraws(shown, 'open', march(9))).open).toBe(2);
  expect((await listOwned(shown, march(9), march(10))).get('ann')).toHaveLength(2);
  expect((await search(shown, bad.slice(0, 13))).matches).toEqual([]);
  expect(new Set(reported)).toEqual(new Set([`TX#${bad}`]));
  expect(await tracker.sweep(march(9))).toMatchObject({ flagged: 2, skipped: 1 });
});

test('a critical result counts although the transaction of its order is damaged', async () => {
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  await tracker.deliver(criticalResult(2, march(7)), march(7));
  await damage(TRANSACTION, { contributions: 'CANARY' });
  expect(await countCriticalResults(shown, march(9), 1)).toMatchObject({ open: 1, overdue: 1 });
  expect((await listOwned(shown, march(9), march(10))).get('ann')).toHaveLength(3);
  expect(reported).toContain(`TX#${TRANSACTION}`);
});

describe('beside transactions', () => {
  const TIMES = { planned_at: march(5), due_at: march(6), not_after: march(20), updated_at: march(5) };
  const message = (transaction_id: string, id: string): PatientMessage => ({
    ...{ transaction_id, id, template: 'redraw_available', channel: 'sms', state: 'planned', reason: null },
    ...{ appointment_id: null, basis: null, ...TIMES, sent_at: null, by: null, caller: null, why: null },
    ...{ attempts: 0, provider_id: null, user_id: null, unreported: false, revision: 1 },
  });
  /** Replaces an attribute of the first item whose key begins like this. */
  async function spoil(start: string, attribute: string, value: unknown): Promise<string> {
    const found = [...tracker.memory.items.values()].find(({ pk, sk }) => `${pk} ${sk}`.startsWith(start));
    tracker.memory.onChange = () => undefined;
    await shown.table.client.send(new PutCommand({ TableName: '', Item: { ...found, [attribute]: value } }));
    return String(found?.pk);
  }
  const named = async () => {
    const { findings } = await rebuild(tracker.memory, { dryRun: true });
    return findings.flatMap((finding) => (finding.kind === 'failed' ? finding.item : []));
  };

  test('a note', async () => {
    const [id = ''] = ids;
    const page = { limit: 1, after: null };
    expect((await readEntries(shown.table, [id], page)).entries).toHaveLength(1);
    const pk = await spoil(`NOTE#${id}`, 'id', 7);
    expect((await readEntries(shown.table, [id], page)).entries).toEqual([]);
    expect(reported).toEqual([pk]);
    expect(await named()).toEqual([expect.stringContaining(`${pk} 2026-`)]);
  });

  test('a message is left out of the list, and nothing is sent for its transaction', async () => {
    const [id = ''] = ids;
    const messages = ['a.sms', 'b.sms'].map((one) => ({ next: message(id, one), read: null }));
    await writeMessages(shown.table, { messages });
    const pk = await spoil(`MESSAGE#${id} a.sms`, 'state', 'CANARY');
    expect((await listMessages(shown.table, id)).map((one) => one.id)).toEqual(['b.sms']);
    expect(reported).toEqual([pk]);
    const clinic = new Clinic(tracker.memory);
    clinic.through = () => shown.table;
    tracker.memory.onChange = () => undefined;
    expect(await clinic.run(march(6))).toMatchObject({ sent: 0, held: 0, left: 1 });
    expect(await named()).toEqual([`${pk} a.sms`]);
  });

  test("a patient's choices are not guessed", async () => {
    const patient = { ...newPatient('user'), revision: 1 };
    await shown.table.client.send(new PutCommand({ TableName: '', Item: patientItem(patient) }));
    await spoil('PATIENT#user', 'opt_out', { sms: 'CANARY' });
    await expect(readPatient(shown.table, 'user')).rejects.toThrow(DamagedItem);
    expect(await named()).toEqual(['PATIENT#user']);
  });

  test('a match review takes down neither the list nor the poll', async () => {
    for (const id of ['one', 'two']) await writeMatchReview(shown.table, reviewOf(id), march(5));
    await spoil('MATCH_REVIEW#one', 'state', 'CANARY');
    const list = await listMatchReviews(shown.table, 'open', { limit: 10, after: null });
    expect(list.reviews.map(({ id }) => id)).toEqual(['two']);
    expect([...(await readHeldReviews(shown.table, ['one', 'two'])).keys()]).toEqual(['two']);
    expect(await named()).toEqual(['MATCH_REVIEW#one']);
  });

  test('a counter', async () => {
    await addCounts(shown.table, countersKey(null), new Map([['total', 3]]));
    const pk = await spoil('COUNTERS#', 'status:active', 'CANARY');
    const { counts } = await readCountingItem(shown.table, countersKey(null));
    expect([...counts]).toEqual([['total', 3]]);
    expect(reported).toEqual([pk]);
  });

  test('a mark: its task starts over', async () => {
    await requestPass(shown.table, march(5));
    const pk = await spoil('MARK#updates', 'requested_at', 7);
    const started = { revision: 1, through: null, pass: null, requested_at: null };
    expect(await readUpdatesMark(shown.table)).toEqual(started);
    expect(reported).toEqual([pk]);
    expect(await moveUpdatesMark(shown.table, started, { ...started, through: march(6) })).toMatchObject({
      revision: 2,
    });
  });
});
