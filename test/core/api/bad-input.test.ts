import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, listed, march, orderId, transaction, transactionId, walkIn } from '../../oracle/bodies.ts';
import { type Asked, QueryApi } from './scene/query-api.ts';

let api: QueryApi;
const id = transactionId(1);

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

/** Refused with a sentence, and nothing of what was sent is said back but names. */
function expectRefusal({ status, headers, json }: Asked, detail: string | RegExp, expected = 400) {
  expect({ status, type: headers['content-type'] }).toEqual({
    status: expected,
    type: 'application/problem+json',
  });
  expect(json).toEqual({
    type: 'about:blank',
    title: expect.any(String),
    status: expected,
    detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
  });
  expect(api.faults).toEqual([]);
}

const LISTS = ['/v1/transactions', '/v1/users/u/transactions', '/v1/redraws', '/v1/quarantine'];

describe.each(LISTS)('%s', (list) => {
  test.each(['1', '25', '100', '001'])('takes a limit of %s', async (limit) => {
    expect((await api.get(`${list}?limit=${limit}`)).status).toBe(200);
  });

  test.each([
    ['0', 'it must be between 1 and 100'],
    ['101', 'it must be between 1 and 100'],
    ['999', 'it must be between 1 and 100'],
    ['1000', 'it must be a whole number'],
    ['-1', 'it must be a whole number'],
    ['1.5', 'it must be a whole number'],
    ['1e1', 'it must be a whole number'],
    ['0x10', 'it must be a whole number'],
    ['%2010', 'it must be a whole number'],
    ['ten', 'it must be a whole number'],
    ['', 'it must be a whole number'],
    ['%D9%A1', 'it must be a whole number'],
  ])('refuses a limit of "%s"', async (limit, why) => {
    expectRefusal(await api.get(`${list}?limit=${limit}`), `The parameter limit is invalid: ${why}.`);
  });

  test('refuses a parameter it does not know, and names it harmlessly', async () => {
    expectRefusal(await api.get(`${list}?page=2`), 'This route has no parameter "page".');
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expectRefusal(await api.get(`${list}?${name}=1`), `This route has no parameter "${name}".`);
    }
    expectRefusal(
      await api.get(`${list}?%3Cscript%3E${'a'.repeat(100)}=1`),
      `This route has no parameter "?script?${'a'.repeat(32)}".`,
    );
  });

  test.each(['x', 'AAAA', 'A'.repeat(40), '=', '%00', '%F0%9F%98%80', 'a,b', 'A'.repeat(1_024)])(
    'refuses the made up cursor %s',
    async (cursor) => {
      expectRefusal(
        await api.get(`${list}?cursor=${cursor}`),
        'The parameter cursor is not a cursor of this list.',
      );
    },
  );

  test('refuses an empty cursor and one that is too long', async () => {
    expectRefusal(await api.get(`${list}?cursor=`), /length must be at least 1/);
    expectRefusal(await api.get(`${list}?cursor=${'A'.repeat(1_025)}`), /length must be at most 1024/);
  });
});

describe('other parameters', () => {
  test.each(['open', 'ACTIVE', '', 'active,active', "'; drop table--"])(
    'refuse the status "%s"',
    async (status) => {
      expectRefusal(
        await api.get(`/v1/transactions?status=${status}`),
        'The parameter status is invalid: it must be one of active, completed, cancelled.',
      );
    },
  );

  test.each([
    'open',
    'FAILED',
    '',
    ',',
    'failed,',
    'failed, cancelled',
    'failed;cancelled',
    '__proto__',
    'constructor',
  ])('refuse the outcome "%s", in every list that takes one', async (outcome) => {
    for (const list of ['/v1/transactions', '/v1/users/u/transactions']) {
      expectRefusal(
        await api.get(`${list}?outcome=${encodeURIComponent(outcome)}`),
        'The parameter outcome is invalid: it must be one or more of in_progress, redraw_expected, redraw_in_progress, results_complete, results_incomplete, failed, cancelled, separated by commas.',
      );
    }
  });

  test.each(['', 'ANY', 'none', 'any,any'])('refuse redraw=%s', async (redraw) => {
    expectRefusal(
      await api.get(`/v1/transactions?redraw=${redraw}`),
      'The parameter redraw is invalid: it must be any.',
    );
  });

  test('are refused by lists that do not take them', async () => {
    for (const list of ['/v1/redraws', '/v1/quarantine']) {
      for (const one of ['outcome=failed', 'redraw=any', 'status=active']) {
        expectRefusal(await api.get(`${list}?${one}`), /This route has no parameter/);
      }
    }
  });

  test.each(['yes', '1', '', 'true,true', 'TRUE'])('refuse explain=%s', async (explain) => {
    expectRefusal(
      await api.get(`/v1/transactions/${id}?explain=${explain}`),
      'The parameter explain is invalid: it must be one of true, false.',
    );
  });

  test.each(['expected', '', 'open,stale'])('refuse the state "%s"', async (state) => {
    expectRefusal(await api.get(`/v1/redraws?state=${state}`), /it must be one of open, stale/);
  });
});

describe('a parameter given more than once', () => {
  const acknowledgement = `/v1/redraws/${id}/acknowledgement`;

  test.each([
    ['GET', '/v1/transactions?limit=5&limit=5', 'limit'],
    ['GET', '/v1/transactions?status=active&outcome=failed&status=active', 'status'],
    ['GET', '/v1/users/u/transactions?redraw=any&redraw=any', 'redraw'],
    ['GET', '/v1/redraws?state=open&state=stale', 'state'],
    ['GET', '/v1/quarantine?cursor=AAAA&cursor=AAAA', 'cursor'],
    ['GET', '/v1/search?q=a&q=b', 'q'],
    ['GET', '/v1/search?q=a&%71=b', 'q'],
    ['GET', '/v1/summary/history?days=1&days=1', 'days'],
    ['GET', `/v1/transactions/${id}?explain=true&explain=true`, 'explain'],
    ['DELETE', `${acknowledgement}?by=one&by=another`, 'by'],
  ])('is refused as such: %s %s', async (method, url, name) => {
    expectRefusal(await api.ask(method, url), `The parameter ${name} is given more than once.`);
  });

  test('that the route does not know is refused as unknown', async () => {
    expectRefusal(await api.get('/v1/summary?x=1&x=2'), 'This route has no parameter "x".');
  });
});

describe('ids', () => {
  const paths = [
    '/v1/transactions/{}',
    '/v1/transactions/{}/results',
    '/v1/transactions/{}/results.pdf',
    '/v1/orders/{}',
    '/v3/order_transaction/{}',
  ];
  const wrong = [
    '1',
    'null',
    `${id}0`,
    id.slice(1),
    `{${id}}`,
    '%00',
    '%F0%9F%98%80',
    `${id}%0A`,
    '..',
    "'or'1'='1",
  ];
  test.each(paths.flatMap((path) => wrong.map((one) => [path.replace('{}', one)])))(
    '%s is no UUID',
    async (url) => {
      expectRefusal(await api.get(url), 'The id in the path is invalid: it is not a UUID.');
    },
  );

  test('of users can be anything but half a character', async () => {
    for (const user of ['x', 'null', '%2F', '%20', "'or'1'='1", '%F0%9F%98%80', 'a%00b', 'u'.repeat(256)]) {
      expect(await api.get(`/v1/users/${user}/transactions`)).toMatchObject({
        status: 200,
        json: { transactions: [], next_cursor: null },
      });
    }
    expectRefusal(await api.get(`/v1/users/${'u'.repeat(257)}/transactions`), /length must be at most 256/);
  });
});

describe('acknowledging what another does', () => {
  const acknowledgement = `/v1/redraws/${id}/acknowledgement`;

  test('is refused with the time of what stands, unless that is what is to be replaced, in any spelling', async () => {
    const { json } = await api.put(acknowledgement, { by: 'ops', note: 'first' });
    const { at } = (json.redraw as { acknowledgement: { at: string } }).acknowledgement;
    for (const replaces of [null, march(1)]) {
      expectRefusal(
        await api.ask('PUT', acknowledgement, { body: { by: 'x', replaces } }),
        `The current acknowledgement is that of ${at}. Nothing was changed.`,
        409,
      );
    }
    expect((await api.get(`/v1/transactions/${id}`)).json).toEqual(json);
    const { json: after } = await api.put(acknowledgement, { by: 'x', replaces: at.replace('Z', '+00:00') });
    expect(after.redraw).toMatchObject({ acknowledgement: { by: 'x', note: null } });
  });
});

describe('taking an acknowledgement back', () => {
  const acknowledgement = `/v1/redraws/${id}/acknowledgement`;

  test.each([
    ['', 'The parameter by is invalid: it is missing.'],
    ['?by=', 'The parameter by is invalid: its length must be at least 1.'],
    ['?by=%20%09', 'The parameter by is invalid: its length must be at least 1.'],
    [`?by=${'x'.repeat(129)}`, 'The parameter by is invalid: its length must be at most 128.'],
    ['?by=x&acknowledged_at=', 'The parameter acknowledged_at is invalid: it is not a date-time.'],
    ['?by=x&acknowledged_at=yesterday', 'The parameter acknowledged_at is invalid: it is not a date-time.'],
    ['?by=x&acknowledged_at=2026-02-30T00:00:00Z', /acknowledged_at is invalid: it is not a date-time/],
    ['?by=x%0Aops', 'The parameter by is invalid: it must be one line of visible text.'],
    ['?by=x&note=y', 'This route has no parameter "note".'],
  ])('with "%s" is refused, and nothing changes', async (query, detail) => {
    await api.put(acknowledgement, { by: 'ops', note: 'mine' });
    const before = (await api.get(`/v1/transactions/${id}`)).json;
    expectRefusal(await api.ask('DELETE', `${acknowledgement}${query}`), detail);
    expect((await api.get(`/v1/transactions/${id}`)).json).toEqual(before);
    expect(before.redraw).toMatchObject({ acknowledgement: { by: 'ops' } });
  });

  test('that is not the one that stands is refused with the time of that one', async () => {
    const { json } = await api.put(acknowledgement, { by: 'ops', note: 'another' });
    const { at } = (json.redraw as { acknowledgement: { at: string } }).acknowledgement;
    expectRefusal(
      await api.ask('DELETE', `${acknowledgement}?by=x&acknowledged_at=${march(1)}`),
      `The current acknowledgement is that of ${at}. Nothing was changed.`,
      409,
    );
  });

  test('by a name of any text and at a time in any spelling is taken', async () => {
    const { json } = await api.put(acknowledgement, { by: 'ops', note: 'a third' });
    const { at } = (json.redraw as { acknowledgement: { at: string } }).acknowledgement;
    const time = encodeURIComponent(at.replace('Z', '+00:00'));
    const by = encodeURIComponent("  '; DROP TABLE orders; -- مرحبا 👩‍⚕️ ");
    const { status, json: after } = await api.ask(
      'DELETE',
      `${acknowledgement}?by=${by}&acknowledged_at=${time}`,
    );
    expect([status, after.redraw]).toMatchObject([200, { acknowledgement: null }]);
  });
});

describe('bodies', () => {
  const acknowledgement = `/v1/redraws/${id}/acknowledgement`;
  const order = `/v1/orders/${orderId(77)}`;
  const sent = (url: string, raw: string | Buffer, contentType = 'application/json') =>
    api.ask('PUT', url, { raw, contentType });

  test.each([
    ['nothing', ''],
    ['half of one', '{"by":'],
    ['a word', 'by'],
    ['a thousand brackets', '['.repeat(60_000)],
    ['a comma too much', '{"by":"x",}'],
    ['two', '{"by":"x"}{"by":"y"}'],
  ])('of %s are no JSON', async (_, raw) => {
    expectRefusal(await sent(acknowledgement, raw), 'The body is not JSON.');
    expectRefusal(await sent(acknowledgement, raw, 'application/octet-stream'), 'The body is not JSON.');
  });

  test('of bytes that are no text are no JSON', async () => {
    const bytes = Buffer.from([0x22, 0xff, 0xfe, 0x22]);
    expectRefusal(await sent(acknowledgement, bytes, 'application/octet-stream'), 'The body is not JSON.');
  });

  test.each(['[]', '"by"', '1', 'null', 'true', '[{"by":"x"}]'])('%s are no object', async (raw) => {
    expectRefusal(await sent(acknowledgement, raw), 'The body is not a JSON object.');
    expectRefusal(await sent(order, raw), 'The body is not a JSON object.');
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
    ['{"by":"\\u200b\\u202e"}', 'The field by is invalid: it must be one line of visible text.'],
    ['{"by":"x","note":{}}', 'The field note is invalid: it must be a string.'],
    ['{"by":"x","note":"\\ud800"}', 'The field note is invalid: it is not Unicode text.'],
    ['{"by":"x","replaces":"yesterday"}', 'The field replaces is invalid: it is not a date-time.'],
    ['{"by":"x","replaces":7}', 'The field replaces is invalid: it must be a string.'],
    ['{"by":"x","replaces":""}', 'The field replaces is invalid: it is not a date-time.'],
    ['{"by":"x","at":"2026"}', 'The body has no field "at".'],
    ['{"by":"x","__proto__":{"a":1}}', 'The body has no field "__proto__".'],
  ])('with %s are refused', async (raw, detail) => {
    expectRefusal(await sent(acknowledgement, raw), detail);
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
    [`{"order_transaction_id":"${id}","order_id":"x"}`, 'The body has no field "order_id".'],
  ])('of a registration with %s are refused, and nothing is registered', async (raw, detail) => {
    expectRefusal(await sent(order, raw), detail);
    expect((await api.get(order)).status).toBe(404);
  });

  test('over 64 KiB are too large, wherever they are sent', async () => {
    const large = JSON.stringify({ by: 'x', note: 'x'.repeat(65_536) });
    expectRefusal(await sent(acknowledgement, large), 'The body is larger than 64 KiB.', 413);
    expectRefusal(await sent(order, Buffer.alloc(65_537)), 'The body is larger than 64 KiB.', 413);
  });

  test('as long as they may be are taken', async () => {
    const { status } = await sent(
      acknowledgement,
      JSON.stringify({ by: 'x'.repeat(128), note: 'y'.repeat(1_000) }),
    );
    expect(status).toBe(200);
  });

  test('with any text in a note bring it back as it was', async () => {
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
      const { status, json } = await api.put(acknowledgement, { by: 'ops', note });
      expect(status).toBe(200);
      expect(json.redraw).toMatchObject({ acknowledgement: { by: 'ops', note: note.trim() } });
      const again = await api.get(`/v1/transactions/${id}`);
      expect(again.json).toEqual(json);
    }
    const { revision } = (await api.put(acknowledgement, { by: 'ops', note: notes.at(-1) })).json;
    expect((await api.get(`/v1/transactions/${id}`)).json.revision).toBe(revision);
  });

  test('change nothing where they are refused', async () => {
    const before = (await api.get(`/v1/transactions/${id}`)).json;
    await sent(acknowledgement, '{"by":"x","note":1}');
    await api.put(acknowledgement, { by: 'x', extra: 1 });
    await api.ask('PUT', `${acknowledgement}?force=true`, { body: { by: 'x' } });
    expect((await api.get(`/v1/transactions/${id}`)).json).toEqual(before);
  });
});
