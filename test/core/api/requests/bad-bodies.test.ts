import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { orderId, transactionId } from '../../../../tools/verification/oracle/bodies.ts';
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

describe('bodies', () => {
  const order = `/v1/orders/${orderId(77)}`;
  const sent = (url: string, raw: string | Buffer, contentType = 'application/json') =>
    api.ask('PUT', url, { raw, contentType });

  test.each([
    ['nothing', ''],
    ['half a body', '{"by":'],
    ['a word', 'by'],
    ['as many brackets as may be nested', '['.repeat(64)],
    ['a trailing comma', '{"by":"x",}'],
    ['two bodies', '{"by":"x"}{"by":"y"}'],
  ])('of %s are not JSON', async (_, raw) => {
    expectRefusal(await sent(ACKNOWLEDGEMENT, raw), 'The body must be valid JSON.');
    expectRefusal(
      await sent(ACKNOWLEDGEMENT, raw, 'application/octet-stream'),
      'The body must be valid JSON.',
    );
  });

  test.each([65, 60_000])('of %i brackets are nested too deeply', async (brackets) => {
    expectRefusal(await sent(ACKNOWLEDGEMENT, '['.repeat(brackets)), 'The body is nested too deeply.');
  });

  test('of bytes that are not text are not JSON', async () => {
    const bytes = Buffer.from([0x22, 0xff, 0xfe, 0x22]);
    expectRefusal(
      await sent(ACKNOWLEDGEMENT, bytes, 'application/octet-stream'),
      'The body must be valid JSON.',
    );
  });

  test.each(['[]', '"by"', '1', 'null', 'true', '[{"by":"x"}]'])('%s are not an object', async (raw) => {
    expectRefusal(await sent(ACKNOWLEDGEMENT, raw), 'The body must be a JSON object.');
    expectRefusal(await sent(order, raw), 'The body must be a JSON object.');
  });

  test.each([
    ['{}', 'The field by is invalid: it is missing.'],
    ['{"by":1}', 'The field by is invalid: it must be a string.'],
    ['{"by":null}', 'The field by is invalid: it must be a string.'],
    ['{"by":""}', 'The field by is invalid: its length must be at least 1.'],
    ['{"by":"  "}', 'The field by is invalid: its length must be at least 1.'],
    [JSON.stringify({ by: 'x'.repeat(129) }), 'The field by is invalid: its length must be at most 128.'],
    [
      JSON.stringify({ by: 'x', note: 'x'.repeat(1_001) }),
      'The field note is invalid: its length must be at most 1000.',
    ],
    ['{"by":"ops\\nme"}', 'The field by is invalid: it must be one line of visible text.'],
    ['{"by":"ops\\u2028me"}', 'The field by is invalid: it must be one line of visible text.'],
    ['{"by":"\\u0000"}', 'The field by is invalid: it must be one line of visible text.'],
    ['{"by":"ops\\u202eme"}', 'The field by is invalid: it must be one line of visible text.'],
    ['{"by":"\\u200b\\u2063"}', 'The field by is invalid: it must be one line of visible text.'],
    ['{"by":"x","note":{}}', 'The field note is invalid: it must be a string.'],
    ['{"by":"x","note":"\\ud800"}', 'The field note is invalid: it is not Unicode text.'],
    ['{"by":"x","replaces":"yesterday"}', 'The field replaces is invalid: it is not a date-time.'],
    ['{"by":"x","replaces":7}', 'The field replaces is invalid: it must be a string.'],
    ['{"by":"x","replaces":""}', 'The field replaces is invalid: it is not a date-time.'],
    ['{"by":"x","at":"2026"}', 'The body must not contain the field "at".'],
    ['{"by":"x","__proto__":{"a":1}}', 'The body must not contain the field "__proto__".'],
  ])('with %s are refused', async (raw, detail) => {
    expectRefusal(await sent(ACKNOWLEDGEMENT, raw), detail);
  });

  test.each([
    ['{}', 'The field order_transaction_id is invalid: it is missing.'],
    ['{"order_transaction_id":null}', 'The field order_transaction_id is invalid: it must be a string.'],
    ['{"order_transaction_id":"1"}', 'The field order_transaction_id is invalid: it is not a UUID.'],
    [
      `{"order_transaction_id":"${id}","user_id":""}`,
      'The field user_id is invalid: its length must be at least 1.',
    ],
    [
      JSON.stringify({ order_transaction_id: id, client_user_id: 'x'.repeat(257) }),
      'The field client_user_id is invalid: its length must be at most 256.',
    ],
    [`{"order_transaction_id":"${id}","client_user_id":"\\udc00"}`, /it is not Unicode text/],
    [`{"order_transaction_id":"${id}","order_id":"x"}`, 'The body must not contain the field "order_id".'],
  ])('of a registration with %s are refused, and nothing is registered', async (raw, detail) => {
    expectRefusal(await sent(order, raw), detail);
    expect((await api.get(order)).status).toBe(404);
  });

  test('over 64 KiB are too large on every route', async () => {
    const large = JSON.stringify({ by: 'x', note: 'x'.repeat(65_536) });
    expectRefusal(await sent(ACKNOWLEDGEMENT, large), 'The body is larger than 64 KiB.', 413);
    expectRefusal(await sent(order, Buffer.alloc(65_537)), 'The body is larger than 64 KiB.', 413);
  });

  test('of the maximum length are accepted', async () => {
    const { status } = await sent(
      ACKNOWLEDGEMENT,
      JSON.stringify({ by: 'x'.repeat(128), note: 'y'.repeat(1_000) }),
    );
    expect(status).toBe(200);
  });

  test('with any text in a note: the API returns it unchanged', async () => {
    const notes = [
      '<script>alert(1)</script>',
      "'; DROP TABLE orders; --",
      '{"$ne":null}',
      '‮مرحبا 你好 👩‍⚕️ é',
      'line\nbreak\ttab \u0000 nul',
      '%{jndi:ldap://x}',
      'attribute_exists(pk)',
    ];
    for (const note of notes) {
      const { status, json } = await api.put(ACKNOWLEDGEMENT, { by: 'ops', note });
      expect(status).toBe(200);
      expect(json.redraw).toMatchObject({ acknowledgement: { by: 'ops', note: note.trim() } });
      const again = await api.get(`/v1/transactions/${id}`);
      expect(again.json).toEqual(json);
    }
    const { revision } = (await api.put(ACKNOWLEDGEMENT, { by: 'ops', note: notes.at(-1) })).json;
    expect((await api.get(`/v1/transactions/${id}`)).json.revision).toBe(revision);
  });

  test('that are refused change nothing', async () => {
    const before = (await api.get(`/v1/transactions/${id}`)).json;
    await sent(ACKNOWLEDGEMENT, '{"by":"x","note":1}');
    await api.put(ACKNOWLEDGEMENT, { by: 'x', extra: 1 });
    await api.ask('PUT', `${ACKNOWLEDGEMENT}?force=true`, { body: { by: 'x' } });
    expect((await api.get(`/v1/transactions/${id}`)).json).toEqual(before);
  });
});
