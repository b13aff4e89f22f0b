/** In whose name redraws are acknowledged and released. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { ACKNOWLEDGEMENT, openWithRedraw } from '../scene/open-redraw.ts';
import type { QueryApi } from '../scene/query-api.ts';

const signedIn = (name: string) =>
  api.as({ claims: { sub: `sub-of-${name}`, client_id: 'page', email: name, email_verified: 'true' } });
const callerNamed = (name: string) => ({ subject: `sub-of-${name}`, client_id: 'page', name });

let api: QueryApi;
beforeAll(async () => {
  api = await openWithRedraw();
});
afterAll(() => api.close());

const shown = async () => (await api.get(`/v1/transactions/${transactionId(1)}`)).json;

test('a program names whom it acts for, and its own id is stored beside', async () => {
  const { json } = await api.put(ACKNOWLEDGEMENT, { by: 'Dr. Okafor' });
  const caller = { subject: 'program', client_id: 'program', name: null };
  expect(json.redraw).toMatchObject({ acknowledgement: { by: 'Dr. Okafor', caller }, withdrawal: null });
});

test('a person who gives another name is refused, and nothing changes', async () => {
  const before = await shown();
  const olivia = signedIn('olivia');
  for (const { status, json } of [
    await olivia.put(ACKNOWLEDGEMENT, { by: 'victor' }),
    await olivia.ask('DELETE', `${ACKNOWLEDGEMENT}?by=victor`),
  ]) {
    const detail = 'You can act only in your own name. by must be olivia.';
    expect([status, json]).toEqual([403, { type: 'about:blank', title: 'Forbidden', status: 403, detail }]);
  }
  expect(await shown()).toEqual(before);
});

test('a token that does not say whose it is is refused, and nothing changes', async () => {
  const before = await shown();
  const nobody = api.as({ claims: { scope: 'redraws/write' } });
  expect((await nobody.put(ACKNOWLEDGEMENT, { by: 'olivia' })).status).toBe(403);
  expect((await nobody.ask('DELETE', `${ACKNOWLEDGEMENT}?by=olivia`)).status).toBe(403);
  expect(await shown()).toEqual(before);
});

test('a person without a verified address is refused whatever the request says, and may read', async () => {
  const before = await shown();
  const nameless = api.as({ claims: { sub: 'auth0|7', client_id: 'page', name: 'olivia' } });
  for (const body of [{ by: 'olivia' }, { by: 'auth0|7' }, {}]) {
    const { status, json } = await nameless.put(ACKNOWLEDGEMENT, body);
    expect([status, json.detail]).toEqual([403, expect.stringContaining('no verified email address')]);
  }
  expect((await nameless.get(`/v1/transactions/${transactionId(1)}`)).json).toEqual(before);
});

test('the body cannot say who asks', async () => {
  const { status } = await api.put(ACKNOWLEDGEMENT, { by: 'x', caller: callerNamed('victor') });
  expect(status).toBe(400);
});

test('anybody releases the redraw of a colleague, in their own name', async () => {
  await signedIn('olivia').put(ACKNOWLEDGEMENT, { by: 'olivia' });
  expect((await shown()).redraw).toMatchObject({ acknowledgement: { caller: callerNamed('olivia') } });
  await signedIn('clara').ask('DELETE', `${ACKNOWLEDGEMENT}?by=clara`);
  const withdrawal = { by: 'clara', caller: callerNamed('clara') };
  expect((await shown()).redraw).toMatchObject({ acknowledgement: null, withdrawal });
});
