import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
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

const LISTS = ['/v1/transactions', '/v1/users/u/transactions', '/v1/redraws', '/v1/quarantine'];

describe.each(LISTS)('%s', (list) => {
  test.each(['1', '25', '100', '001'])('accepts a limit of %s', async (limit) => {
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

  test('refuses an unknown parameter, and names it without special characters', async () => {
    expectRefusal(await api.get(`${list}?page=2`), 'This route does not support the parameter "page".');
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expectRefusal(
        await api.get(`${list}?${name}=1`),
        `This route does not support the parameter "${name}".`,
      );
    }
    expectRefusal(
      await api.get(`${list}?%3Cscript%3E${'a'.repeat(100)}=1`),
      `This route does not support the parameter "?script?${'a'.repeat(32)}".`,
    );
  });

  test.each(['x', 'AAAA', 'A'.repeat(40), '=', '%00', '%F0%9F%98%80', 'a,b', 'A'.repeat(1_024)])(
    'rejects the made-up cursor %s',
    async (cursor) => {
      expectRefusal(
        await api.get(`${list}?cursor=${cursor}`),
        'The parameter cursor is not a cursor of this list in this order.',
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
    'with the status "%s" are refused',
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
  ])('with the outcome "%s" are refused by every list with that filter', async (outcome) => {
    for (const list of ['/v1/transactions', '/v1/users/u/transactions']) {
      expectRefusal(
        await api.get(`${list}?outcome=${encodeURIComponent(outcome)}`),
        'The parameter outcome is invalid: it must be one or more of in_progress, redraw_expected, redraw_in_progress, results_complete, results_incomplete, failed, cancelled, separated by commas.',
      );
    }
  });

  test.each(['', 'ANY', 'none', 'any,any'])('with redraw=%s are refused', async (redraw) => {
    expectRefusal(
      await api.get(`/v1/transactions?redraw=${redraw}`),
      'The parameter redraw is invalid: it must be one of any, available.',
    );
  });

  test('with unknown results are refused', async () => {
    expectRefusal(
      await api.get('/v1/transactions?results=final'),
      'The parameter results is invalid: it must be reported.',
    );
  });

  test('are refused by lists without that filter', async () => {
    for (const list of ['/v1/redraws', '/v1/quarantine']) {
      for (const one of ['outcome=failed', 'redraw=any', 'status=active']) {
        expectRefusal(await api.get(`${list}?${one}`), /This route does not support the parameter/);
      }
    }
  });

  test.each(['yes', '1', '', 'true,true', 'TRUE'])('with explain=%s are refused', async (explain) => {
    expectRefusal(
      await api.get(`/v1/transactions/${id}?explain=${explain}`),
      'The parameter explain is invalid: it must be one of true, false.',
    );
  });

  test.each(['expected', '', 'open,stale'])('with the state "%s" are refused', async (state) => {
    expectRefusal(await api.get(`/v1/redraws?state=${state}`), /it must be one of open, stale/);
  });
});

describe('a parameter given more than once', () => {
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
    ['DELETE', `${ACKNOWLEDGEMENT}?by=one&by=another`, 'by'],
  ])('is refused: %s %s', async (method, url, name) => {
    expectRefusal(await api.ask(method, url), `The parameter ${name} is given more than once.`);
  });

  test('is refused as unknown if the route does not have it', async () => {
    expectRefusal(await api.get('/v1/summary?x=1&x=2'), 'This route does not support the parameter "x".');
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
    '%s: the id is not a UUID',
    async (url) => {
      expectRefusal(await api.get(url), 'The id in the path is invalid: it is not a UUID.');
    },
  );

  test('of users can be any line of text', async () => {
    for (const user of ['x', 'null', '%2F', '%20', "'or'1'='1", '%F0%9F%98%80', 'u'.repeat(256)]) {
      expect(await api.get(`/v1/users/${user}/transactions`)).toMatchObject({
        status: 200,
        json: { transactions: [], next_cursor: null },
      });
    }
    expectRefusal(await api.get(`/v1/users/${'u'.repeat(257)}/transactions`), /length must be at most 256/);
    for (const user of ['a%00b', 'a%0Ab', 'a%E2%80%AEb']) {
      expectRefusal(await api.get(`/v1/users/${user}/transactions`), /it is not one line of text/);
    }
  });
});
