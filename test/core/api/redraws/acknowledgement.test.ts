/** What an acknowledgement and its withdrawal say about the one that they replace. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { march, transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { ACKNOWLEDGEMENT, openWithRedraw } from '../scene/open-redraw.ts';
import type { QueryApi } from '../scene/query-api.ts';
import { expectRefusal } from '../scene/refusals.ts';

let api: QueryApi;
const id = transactionId(1);

beforeAll(async () => {
  api = await openWithRedraw();
});
afterEach(() => expect(api.faults).toEqual([]));
afterAll(() => api.close());

describe('a second acknowledgement', () => {
  test('is refused with the name and time of the current one, unless it names that time, in any spelling', async () => {
    const { json } = await api.put(ACKNOWLEDGEMENT, { by: 'ops', note: 'first' });
    const { at } = (json.redraw as { acknowledgement: { at: string } }).acknowledgement;
    for (const replaces of [null, march(1)]) {
      expectRefusal(
        await api.ask('PUT', ACKNOWLEDGEMENT, { body: { by: 'x', replaces } }),
        `ops acknowledged it at ${at}. Nothing was changed.`,
        409,
      );
    }
    expect((await api.get(`/v1/transactions/${id}`)).json).toEqual(json);
    const { json: after } = await api.put(ACKNOWLEDGEMENT, { by: 'x', replaces: at.replace('Z', '+00:00') });
    expect(after.redraw).toMatchObject({ acknowledgement: { by: 'x', note: null } });
  });
});

describe('a withdrawal', () => {
  test.each([
    ['', 'The parameter by is invalid: it is missing.'],
    ['?by=', 'The parameter by is invalid: its length must be at least 1.'],
    ['?by=%20%09', 'The parameter by is invalid: its length must be at least 1.'],
    [`?by=${'x'.repeat(129)}`, 'The parameter by is invalid: its length must be at most 128.'],
    ['?by=x&acknowledged_at=', 'The parameter acknowledged_at is invalid: it is not a date-time.'],
    ['?by=x&acknowledged_at=yesterday', 'The parameter acknowledged_at is invalid: it is not a date-time.'],
    ['?by=x&acknowledged_at=2026-02-30T00:00:00Z', /acknowledged_at is invalid: it is not a date-time/],
    ['?by=x%0Aops', 'The parameter by is invalid: it must be one line of visible text.'],
    ['?by=x&note=y', 'This route does not support the parameter "note".'],
  ])('with "%s" is refused, and nothing changes', async (query, detail) => {
    await api.put(ACKNOWLEDGEMENT, { by: 'ops', note: 'mine' });
    const before = (await api.get(`/v1/transactions/${id}`)).json;
    expectRefusal(await api.ask('DELETE', `${ACKNOWLEDGEMENT}${query}`), detail);
    expect((await api.get(`/v1/transactions/${id}`)).json).toEqual(before);
    expect(before.redraw).toMatchObject({ acknowledgement: { by: 'ops' } });
  });

  test('of an acknowledgement that is not the current one is refused with the name and time of that', async () => {
    const { json } = await api.put(ACKNOWLEDGEMENT, { by: 'ops', note: 'another' });
    const { at } = (json.redraw as { acknowledgement: { at: string } }).acknowledgement;
    expectRefusal(
      await api.ask('DELETE', `${ACKNOWLEDGEMENT}?by=x&acknowledged_at=${march(1)}`),
      `ops acknowledged it at ${at}. Nothing was changed.`,
      409,
    );
  });

  test('is accepted by any name and with a time in any spelling', async () => {
    const { json } = await api.put(ACKNOWLEDGEMENT, { by: 'ops', note: 'a third' });
    const { at } = (json.redraw as { acknowledgement: { at: string } }).acknowledgement;
    const time = encodeURIComponent(at.replace('Z', '+00:00'));
    const by = encodeURIComponent("  '; DROP TABLE orders; -- مرحبا 👩‍⚕️ ");
    const { status, json: after } = await api.ask(
      'DELETE',
      `${ACKNOWLEDGEMENT}?by=${by}&acknowledged_at=${time}`,
    );
    expect([status, after.redraw]).toMatchObject([200, { acknowledgement: null }]);
  });
});
