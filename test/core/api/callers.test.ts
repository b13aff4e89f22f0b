/** In whose name redraws are acknowledged and released. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, listed, march, transaction, transactionId, walkIn } from '../../oracle/bodies.ts';
import { QueryApi } from './scene/query-api.ts';

const acknowledgement = `/v1/redraws/${transactionId(1)}/acknowledgement`;
const signedIn = (name: string) =>
  api.as({ claims: { sub: `sub-of-${name}`, client_id: 'page', username: name } });
const callerNamed = (name: string) => ({ subject: `sub-of-${name}`, client_id: 'page', name });

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
  const entry = listed(1, 'redraw_available', march(2), { created_at: march(1), updated_at: march(1) });
  await api.deliver(
    walkIn(1, [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(2))], {
      order_transaction: transaction(1, 'active', [entry]),
    }),
  );
});
afterAll(() => api.close());

const shown = async () => (await api.get(`/v1/transactions/${transactionId(1)}`)).json;

test('a program names whom it acts for, and its own id is stored beside', async () => {
  const { json } = await api.put(acknowledgement, { by: 'Dr. Okafor' });
  const caller = { subject: 'program', client_id: 'program', name: null };
  expect(json.redraw).toMatchObject({ acknowledgement: { by: 'Dr. Okafor', caller }, withdrawal: null });
});

test('a person who gives another name is refused, and nothing changes', async () => {
  const before = await shown();
  const olivia = signedIn('olivia');
  for (const { status, json } of [
    await olivia.put(acknowledgement, { by: 'victor' }),
    await olivia.ask('DELETE', `${acknowledgement}?by=victor`),
  ]) {
    const detail = 'You can act only in your own name: by must be olivia.';
    expect([status, json]).toEqual([403, { type: 'about:blank', title: 'Forbidden', status: 403, detail }]);
  }
  expect(await shown()).toEqual(before);
});

test('a token that does not say whose it is is refused, and nothing changes', async () => {
  const before = await shown();
  const nobody = api.as({ claims: { scope: 'redraws/write' } });
  expect((await nobody.put(acknowledgement, { by: 'olivia' })).status).toBe(403);
  expect((await nobody.ask('DELETE', `${acknowledgement}?by=olivia`)).status).toBe(403);
  expect(await shown()).toEqual(before);
});

test('the body cannot say who asks', async () => {
  const { status } = await api.put(acknowledgement, { by: 'x', caller: callerNamed('victor') });
  expect(status).toBe(400);
});

test('anybody releases the redraw of a colleague, in their own name', async () => {
  await signedIn('olivia').put(acknowledgement, { by: 'olivia' });
  expect((await shown()).redraw).toMatchObject({ acknowledgement: { caller: callerNamed('olivia') } });
  await signedIn('clara').ask('DELETE', `${acknowledgement}?by=clara`);
  const withdrawal = { by: 'clara', caller: callerNamed('clara') };
  expect((await shown()).redraw).toMatchObject({ acknowledgement: null, withdrawal });
});
