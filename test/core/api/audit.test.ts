/** What the audit trail holds, and what happens while it takes nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AUDITED_ACTIONS, type AuditEntry } from '../../../core/audit/audit-entry.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';
import { orderId, transactionId, USER } from '../../../tools/verification/oracle/bodies.ts';
import { ACKNOWLEDGEMENT, openWithRedraw } from './scene/open-redraw.ts';
import type { QueryApi } from './scene/query-api.ts';

const olivia = { subject: 'sub-of-olivia', client_id: 'page', name: 'olivia' };
const claims = { sub: 'sub-of-olivia', client_id: 'page', email: 'olivia', email_verified: 'true' };
const results = `/v1/transactions/${transactionId(1)}/results`;
const quarantined = '0'.repeat(40);

let api: QueryApi;
let sandbox: Sandbox;
let junction: { baseUrl: string; apiKey: string };

beforeAll(async () => {
  sandbox = await startSandbox({
    fault: ({ path }) => (path.endsWith('/result') ? { status: 200, body: '{"results":"CANARY"}' } : null),
  });
  junction = { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY };
  api = await openWithRedraw({ junction, claims, patientNames: true });
});
afterAll(async () => {
  await sandbox.close();
  await api.close();
});
beforeEach(() => {
  api.audited.length = 0;
});

/** The requests of each action that is audited, and what each is about. */
const REQUESTS: [AuditEntry['action'], method: string, url: string, about: object, body?: object][] = [
  ['results.read', 'GET', results, { transaction_id: transactionId(1) }],
  ['requisition.read', 'GET', `/v1/orders/${orderId(1)}/requisition.pdf`, { order_id: orderId(1) }],
  [
    ...(['patient.read', 'GET', `/v1/transactions/${transactionId(1)}/patient`] as const),
    { transaction_id: transactionId(1) },
  ],
  [
    ...(['view.save', 'PUT', `/v1/views/${orderId(8)}`] as const),
    { view_id: orderId(8) },
    { name: 'Quest', address: 'f=lab%3DQuest', replaces: null },
  ],
  [
    ...(['view.delete', 'DELETE', `/v1/views/${orderId(8)}?replaces=2026-03-10T08:00:00Z`] as const),
    { view_id: orderId(8) },
  ],
  ['redraw.acknowledge', 'PUT', ACKNOWLEDGEMENT, { transaction_id: transactionId(1) }, { by: 'olivia' }],
  ['redraw.withdraw', 'DELETE', `${ACKNOWLEDGEMENT}?by=olivia`, { transaction_id: transactionId(1) }],
  [
    ...([
      'critical_result.acknowledge',
      'PUT',
      `/v1/orders/${orderId(1)}/critical-result/acknowledgement`,
    ] as const),
    { order_id: orderId(1) },
    { by: 'olivia', told: 'Dr. Lee', channel: 'phone', read_back: true },
  ],
  [
    ...(['order.acknowledge', 'PUT', `/v1/orders/${orderId(1)}/acknowledgement`] as const),
    { order_id: orderId(1) },
    { by: 'olivia' },
  ],
  [
    ...(['order.withdraw', 'DELETE', `/v1/orders/${orderId(1)}/acknowledgement?by=olivia`] as const),
    { order_id: orderId(1) },
  ],
  [
    ...(['order.register', 'PUT', `/v1/orders/${orderId(7)}`] as const),
    { order_id: orderId(7), transaction_id: transactionId(7) },
    { order_transaction_id: transactionId(7) },
  ],
  [
    ...(['message.send', 'POST', `/v1/transactions/${transactionId(1)}/messages`] as const),
    { transaction_id: transactionId(1) },
    { template: 'redraw_available', channel: 'sms', by: 'olivia', why: 'asked for it' },
  ],
  [
    ...(['message_settings.change', 'PUT', `/v1/users/${USER}/message-settings`] as const),
    { user_id: USER, channel: 'sms', state: 'consent_given' },
    { by: 'olivia', consent: { sms: true } },
  ],
  [
    ...(['transaction.assign', 'PUT', `/v1/transactions/${transactionId(1)}/assignment`] as const),
    { transaction_id: transactionId(1) },
    { assignee: 'olivia' },
  ],
  [
    ...(['transaction.unassign', 'DELETE', `/v1/transactions/${transactionId(1)}/assignment`] as const),
    { transaction_id: transactionId(1) },
  ],
  [
    ...(['results_review.add', 'PUT', `/v1/transactions/${transactionId(1)}/review`] as const),
    { transaction_id: transactionId(1) },
    {},
  ],
  [
    ...(['results_review.withdraw', 'DELETE', `/v1/transactions/${transactionId(1)}/review`] as const),
    { transaction_id: transactionId(1) },
  ],
  [
    ...(['note.add', 'POST', `/v1/transactions/${transactionId(1)}/notes`] as const),
    { transaction_id: transactionId(1) },
    { kind: 'called' },
  ],
  ['quarantine.replay', 'POST', `/v1/quarantine/${quarantined}/replay`, { quarantine_id: quarantined }],
  [
    ...(['quarantine.dismiss', 'PUT', `/v1/quarantine/${quarantined}/dismissal`] as const),
    { quarantine_id: quarantined },
    { note: 'a test' },
  ],
  [
    ...(['transaction.reconcile', 'POST', `/v1/transactions/${transactionId(1)}/reconcile`] as const),
    { transaction_id: transactionId(1) },
  ],
  [
    ...(['order.discard', 'POST', `/v1/orders/${orderId(9)}/discard`] as const),
    { order_id: orderId(9) },
    { note: 'a test' },
  ],
  [
    ...(['transaction.discard', 'POST', `/v1/transactions/${transactionId(9)}/discard`] as const),
    { transaction_id: transactionId(9) },
    { note: 'a test' },
  ],
  [
    ...(['match_review.discard', 'POST', '/v1/match-reviews/review-1/discard'] as const),
    { match_review_id: 'review-1' },
    { note: 'a test' },
  ],
  // Only a placed order has ids.
  ['order.place', 'POST', '/v1/orders', {}, {}],
  [
    ...(['portal_link.read', 'POST', `/v1/orders/${orderId(1)}/portal-link`] as const),
    { order_id: orderId(1) },
    { context: 'launch' },
  ],
  ['order.cancel', 'POST', `/v1/orders/${orderId(1)}/cancel`, { order_id: orderId(1) }],
  ...(['book', 'reschedule', 'cancel'] as const).map((change): (typeof REQUESTS)[number] => [
    `appointment.${change}`,
    { book: 'POST', reschedule: 'PATCH', cancel: 'DELETE' }[change],
    `/v1/orders/${orderId(1)}/appointment`,
    { order_id: orderId(1) },
    change === 'cancel' ? { cancellation_reason_id: 'x' } : { booking_key: 'x' },
  ]),
];

test('has every action of a route', () => {
  const ofAnswers = ['result_summary.read', 'critical_result.read'];
  const ofRuns = ['table.export', 'table.load'];
  expect([...REQUESTS.map(([action]) => action), ...ofAnswers, ...ofRuns].sort()).toEqual(
    [...AUDITED_ACTIONS].sort(),
  );
});

describe.each(REQUESTS)('%s', (action, method, url, about, body) => {
  const isRead = action.endsWith('.read');
  const asked = (as: QueryApi) => as.ask(method, url, body ? { body } : {});

  test('is written with who, what, the result and the ids of the request', async () => {
    const { status } = await asked(api);
    const outcome = status < 400 ? 'success' : status < 500 ? 'refused' : 'failed';
    const route = expect.stringMatching(`^${method} /v1/`);
    const entry = { action, ...about, ...olivia, route, request_id: expect.stringMatching(/^[\w-]{36}$/) };
    const begun = { ...entry, outcome: 'started', status: null };
    const ended = { ...entry, outcome, status };
    expect(api.audited).toEqual(isRead ? [ended] : [begun, ended]);
    expect(new Set(api.audited.map(({ request_id }) => request_id)).size).toBe(1);
  });

  test('without an identity is refused, and the refusal is written', async () => {
    const nobody = api.as({ junction, claims: {} });
    expect((await asked(nobody)).status).toBe(403);
    const unknown = { subject: null, client_id: null, name: null };
    expect(nobody.audited).toMatchObject([{ action, ...about, ...unknown, outcome: 'refused', status: 403 }]);
  });

  test('does not happen while the trail is unavailable', async () => {
    const { text: before } = await api.get(`/v1/transactions/${transactionId(1)}`);
    const calls = sandbox.log.count();
    const deaf = api.as({
      junction,
      claims,
      patientNames: true,
      trail: { write: () => Promise.reject(new Error('no')) },
    });
    const { status, headers, text } = await asked(deaf);
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect(text).toContain('The audit trail is currently unavailable');
    expect(text).not.toContain('CANARY');
    expect((await api.get(`/v1/transactions/${transactionId(1)}`)).text).toBe(before);
    expect(sandbox.log.count() - calls).toBe(isRead ? 1 : 0);
    expect(String(deaf.faults[0])).toMatch(`AuditTrailUnavailable: ${action}`);
  });
});

test('a change whose second entry fails is answered as it is, and its first entry stays', async () => {
  const entries: AuditEntry[] = [];
  const write = async (written: readonly AuditEntry[]) => {
    if (written.some(({ outcome }) => outcome !== 'started')) throw new Error('no');
    entries.push(...written);
  };
  const { status, json } = await api
    .as({ junction, claims, trail: { write } })
    .put(ACKNOWLEDGEMENT, { by: 'olivia', note: 'again' });
  expect([status, json.redraw]).toMatchObject([200, { acknowledgement: { note: 'again' } }]);
  expect(entries).toMatchObject([{ action: 'redraw.acknowledge', outcome: 'started' }]);
});

test.each([
  ['acknowledgements', 'redraw.acknowledge'],
  ['withdrawals', 'redraw.withdraw'],
])(
  'a request for several %s has an entry for each, before and after, with the status of each',
  async (what, action) => {
    const of = [transactionId(1), transactionId(404)];
    const redraws = of.map((transaction_id) => ({ transaction_id }));
    await api.ask('POST', `/v1/redraws/${what}`, { body: { by: 'olivia', redraws } });
    const entry = { action, ...olivia, route: `POST /v1/redraws/${what}` };
    expect(api.audited).toMatchObject([
      ...of.map((transaction_id) => ({ ...entry, transaction_id, outcome: 'started', status: null })),
      { ...entry, transaction_id: of[0], outcome: 'success', status: 200 },
      { ...entry, transaction_id: of[1], outcome: 'refused', status: 404 },
    ]);
  },
);

test('a body that is too large is not read for its entry', async () => {
  const body = `{"order_transaction_id":"${transactionId(7)}"}${' '.repeat(65_536)}`;
  expect((await api.ask('PUT', `/v1/orders/${orderId(7)}`, { raw: body })).status).toBe(413);
  const entry = api.audited.at(-1);
  expect(entry).toMatchObject({ action: 'order.register', outcome: 'refused', status: 413 });
  expect(entry?.transaction_id).toBeUndefined();
});

test.each([
  ['a path that is not an id', 'GET', '/v1/transactions/CANARY/results', undefined],
  [
    'a body that is not a registration',
    'PUT',
    `/v1/orders/${orderId(7)}`,
    { order_transaction_id: 'CANARY' },
  ],
  ['a note', 'PUT', ACKNOWLEDGEMENT, { by: 'olivia', note: 'CANARY' }],
  ['a parameter', 'DELETE', `${ACKNOWLEDGEMENT}?by=olivia&CANARY=CANARY`, undefined],
  ['a name', 'PUT', ACKNOWLEDGEMENT, { by: 'CANARY' }],
  [
    ...(['one of several ids', 'POST', '/v1/redraws/acknowledgements'] as const),
    { by: 'olivia', redraws: [{ transaction_id: transactionId(1) }, { transaction_id: 'CANARY' }] },
  ],
])('nothing that somebody wrote gets into the trail: %s', async (_, method, url, body) => {
  await api.ask(method, url, body ? { body } : {});
  expect(api.audited.length).toBeGreaterThan(0);
  expect(JSON.stringify(api.audited)).not.toContain('CANARY');
});

test('what only shows states is not audited', async () => {
  await api.get(`/v1/transactions/${transactionId(1)}`);
  await api.get('/v1/quarantine');
  expect(api.audited).toEqual([]);
});
