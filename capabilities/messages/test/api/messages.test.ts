/** The messages to patients by hand, what is recorded about patients, and how lists show who was told. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remarked } from '../../../../core/domain/stored/next-revision.ts';
import type { Told } from '../../../../core/domain/transaction/told.ts';
import { readTransaction, writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { olivia } from '../../../../docs/openapi/examples/caller.ts';
import { CLOCKS } from '../../../../test/clocks.ts';
import { openWithRedraw } from '../../../../test/core/api/scene/open-redraw.ts';
import type { QueryApi } from '../../../../test/core/api/scene/query-api.ts';
import { transactionId, USER } from '../../../../tools/verification/oracle/bodies.ts';
import { messageExamples } from '../../docs/api-examples.ts';

const MESSAGES = `/v1/transactions/${transactionId(1)}/messages`;
const SETTINGS = `/v1/users/${USER}/message-settings`;
const MESSAGE = { template: 'redraw_available', channel: 'sms', by: 'olivia', why: 'asked for the link' };
const PROGRAM = { subject: 'program', client_id: 'program', name: null };

let api: QueryApi;
beforeAll(async () => {
  api = await openWithRedraw();
  api.now = new Date('2026-03-10T08:00:00Z');
});
afterAll(() => api.close());

const send = (changes: object = {}, url = MESSAGES, as = api) =>
  as.ask('POST', url, { body: { ...MESSAGE, ...changes } });

test('the examples of the documents are real answers', async () => {
  const { subject, client_id, name } = olivia;
  const claims = { sub: subject, client_id, email: name, email_verified: 'true' };
  const another = await openWithRedraw({ claims });
  another.now = api.now;
  const answer = async (method: string, url: string, body?: object) =>
    (await another.ask(method, url, { body })).json;
  const { messageRequest, messageSettingsChange, ...answers } = messageExamples;
  expect({
    patientMessage: await answer('POST', MESSAGES, messageRequest),
    patientMessageList: await answer('GET', MESSAGES),
    messageSettings: await answer('PUT', SETTINGS, messageSettingsChange),
  }).toEqual(answers);
  await another.close();
});

test('a message is planned and announced once, with who requested it and why', async () => {
  const { status, json } = await send();
  expect([status, json]).toMatchObject([
    200,
    { id: 'redraw_available.sms.1', state: 'planned', by: 'olivia', caller: PROGRAM, why: MESSAGE.why },
  ]);
  expect((await api.get(MESSAGES)).json).toEqual({ messages: [json] });
  expect((await send()).status).toBe(409);
  expect(api.requested.map(({ id }) => id)).toEqual(['redraw_available.sms.1']);
});

test.each([
  ['that would not be true', 409, { template: 'results_complete' }],
  ['through a channel that is off', 409, { channel: 'email' }],
  ['without a template of ours', 400, { template: 'reminder_0' }],
  ['without a reason', 400, { why: ' ' }],
])('a message %s is refused with %d, and nothing is planned', async (_, wanted, changes) => {
  const before = (await api.get(MESSAGES)).json;
  expect((await send(changes)).status).toBe(wanted);
  expect((await api.get(MESSAGES)).json).toEqual(before);
});

test('nobody sends in the name of another, or about a transaction that is not shown', async () => {
  const clara = api.as({ claims: { sub: 'sub-of-clara', email: 'clara', email_verified: 'true' } });
  expect((await send({}, MESSAGES, clara)).status).toBe(403);
  const others = api.as({ teamId: 'another team' });
  expect((await send({}, MESSAGES, others)).status).toBe(404);
  expect((await others.get(MESSAGES)).status).toBe(404);
  expect((await others.get(SETTINGS)).status).toBe(404);
  expect((await others.put(SETTINGS, { by: 'x', consent: { sms: true } })).status).toBe(404);
});

test('what is recorded about a patient changes by channel, with who recorded it', async () => {
  const nothing = { consent: { sms: null, email: null }, opt_out: { sms: null, email: null } };
  expect((await api.get(SETTINGS)).json).toEqual({ user_id: USER, ...nothing });
  const { json } = await api.put(SETTINGS, {
    by: 'olivia',
    consent: { sms: true },
    opt_out: { email: true },
  });
  const recorded = { by: 'olivia', at: '2026-03-10T08:00:00.000000Z', caller: PROGRAM };
  expect(json).toEqual({
    user_id: USER,
    consent: { sms: { given: true, ...recorded }, email: null },
    opt_out: { sms: null, email: { ...recorded, reason: null } },
  });
  await api.put(SETTINGS, { by: 'olivia', opt_out: { email: false } });
  expect((await api.get(SETTINGS)).json).toMatchObject({
    consent: { sms: { given: true } },
    opt_out: { email: null },
  });
});

test('lists select by whether the patient was told', async () => {
  const listed = async (reach: string, list: string) => {
    const { json } = await api.get(`${list}?reach=${reach}`);
    return (json.transactions as { told: unknown }[]).map(({ told }) => told);
  };
  const lists = ['/v1/redraws', '/v1/transactions', `/v1/users/${USER}/transactions`];
  const sms = { channel: 'sms', template: 'redraw_available', at: '2026-03-10T09:00:00.000000Z' } as const;
  for (const [state, reach] of [
    ['delivered', 'told'],
    ['bounced', 'could_not_be_reached'],
  ] as const) {
    await tell({ ...sms, state });
    for (const list of lists) {
      expect(await listed(reach, list)).toEqual([{ ...sms, state, reached: reach === 'told' }]);
      expect(await listed('not_told', list)).toEqual([]);
    }
  }
});

async function tell(told: Told): Promise<void> {
  const stored = await readTransaction(api.table, transactionId(1));
  if (!stored) throw new Error('there is no transaction');
  expect(await writeTransaction(api.table, remarked(stored, { told }, CLOCKS), stored)).toBe('written');
}
