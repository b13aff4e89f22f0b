/** Refused webhooks, and the answers to them. */

import { describe, expect, test } from 'vitest';
import type { Answer } from '../http-call.ts';
import { nowInSeconds, secretOf, signed } from './calls.ts';
import {
  BINARY,
  CURRENT,
  call,
  expectProblem,
  FOREIGN,
  lastOrder,
  MIB,
  newOrder,
  outcome,
  post,
  quarantined,
  stack,
} from './scene.ts';

export function refusals(): void {
  describe('400', () => {
    test.each(['id', 'timestamp', 'signature'])(
      'without the header svix-%s, or with an empty one',
      async (part) => {
        const body = JSON.stringify(newOrder());
        for (const names of ['svix', 'webhook'] as const) {
          const name = `${names}-${part}`;
          const { [name]: _, ...others } = signed(body, { secrets: [CURRENT], names });
          expectProblem(await call({ body, headers: others }), 400, new RegExp(part));
          expectProblem(await call({ body, headers: { ...others, [name]: '' } }), 400, new RegExp(part));
        }
        expectProblem(await call({ body, headers: {} }), 400);
      },
    );

    test.each(['soon', '12.5', '-1', '1e9', '0x5', ' ', `${'9'.repeat(40)}`, 'NaN', `${nowInSeconds()}s`])(
      'with a timestamp that is not a number of seconds: %j',
      async (timestamp) => {
        const body = JSON.stringify(newOrder());
        const headers = { ...signed(body, { secrets: [CURRENT] }), 'svix-timestamp': timestamp };
        expectProblem(await call({ body, headers }), 400, /timestamp/);
      },
    );

    test.each(['nothing', 'v1', 'v1,', 'v1;abc', ',abc'])(
      'with an invalid signature header: %j',
      async (text) => {
        const body = JSON.stringify(newOrder());
        const headers = { ...signed(body, { secrets: [CURRENT] }), 'svix-signature': text };
        expectProblem(await call({ body, headers }), 400, /signature/);
      },
    );

    test('with a timestamp more than five minutes from now, correctly signed', async () => {
      for (const distance of [-301, 302, -86_400, 86_400, -60_000_000]) {
        const timestamp = nowInSeconds() + distance;
        expectProblem(await post(newOrder(), { timestamp }), 400, /five minutes/);
      }
    });

    test('but not with one exactly five minutes from now, in either direction', async () => {
      for (const distance of [-300, 300]) {
        const { status } = await inOneSecond((now) => post(newOrder(), { timestamp: now + distance }));
        expect(status).toBe(200);
      }
    });
  });

  describe('401', () => {
    test('for a signature with another secret', async () => {
      expectProblem(await post(newOrder(), { secrets: [FOREIGN] }), 401);
      expectProblem(await post(newOrder(), { secrets: [FOREIGN, secretOf(9)] }), 401);
    });

    test('for a signature of something else', async () => {
      const body = JSON.stringify(newOrder());
      const headers = signed(body, { secrets: [CURRENT] });
      const later = String(nowInSeconds() + 1);
      expectProblem(await call({ body: `${body} `, headers }), 401);
      expectProblem(await call({ body, headers: { ...headers, 'svix-id': 'msg_other' } }), 401);
      expectProblem(await call({ body, headers: { ...headers, 'svix-timestamp': later } }), 401);
      expectProblem(await call({ body: '', headers }), 401);
    });

    test('and nothing is stored', async () => {
      const order = newOrder();
      await post(order, { secrets: [FOREIGN] });
      expect((await lastOrder()).status).toBe(404);
      const garbage = 'unsigned garbage';
      expectProblem(await post(garbage, { secrets: [FOREIGN] }), 401);
      await expect(quarantined(garbage)).rejects.toThrow();
    });
  });

  describe('413', () => {
    const padded = (bytes: number) => {
      const order = JSON.stringify(newOrder());
      return order.replace('{', `{"padding":"${'é'.repeat((bytes - order.length - 14) / 2)}",`);
    };

    test('for a body of one byte more than 1 MiB, and not for one of 1 MiB', async () => {
      const order = padded(MIB - (JSON.stringify(newOrder()).length % 2));
      const exact = order + ' '.repeat(MIB - Buffer.byteLength(order));
      expect(Buffer.byteLength(exact)).toBe(MIB);
      expect(await outcome(exact)).toBe('applied');
      expectProblem(await post(`${exact} `), 413, /1 MiB/);
      expect(await outcome(exact, {}, BINARY)).toBe('duplicate');
      expectProblem(await post(`${exact} `, {}, BINARY), 413);
    });

    test("for a body beyond API Gateway's own limits, in its own words", async () => {
      for (const mebibytes of [7, 11]) {
        const { status, json } = await post('x'.repeat(mebibytes * MIB));
        expect([status, json]).toEqual([413, { message: 'Request Entity Too Large' }]);
      }
    });
  });

  describe('405', () => {
    test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])('for the method %s', async (method) => {
      const body = method === 'GET' || method === 'HEAD' ? undefined : JSON.stringify(newOrder());
      const answer = await call({ method, ...(body === undefined ? {} : { body }) });
      expect(answer.headers.allow).toBe('POST');
      if (method === 'HEAD') expect(answer.status).toBe(405);
      else expectProblem(answer, 405);
    });
  });

  test('no answer is a redirect', async () => {
    for (const path of ['/webhooks/junction/', '//webhooks/junction', '/webhooks', '/Webhooks/Junction']) {
      const body = JSON.stringify(newOrder());
      const response = await fetch(stack.url + path, {
        method: 'POST',
        body,
        headers: signed(body, { secrets: [CURRENT] }),
        redirect: 'manual',
      });
      expect([path, response.status, await response.json()]).toEqual([path, 404, { message: 'Not Found' }]);
    }
  });
}

/** Retries until request and answer are in the same second, so that both clocks show the same time. */
async function inOneSecond(ask: (now: number) => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const now = nowInSeconds();
    const answer = await ask(now);
    if (nowInSeconds() === now) return answer;
  }
}
