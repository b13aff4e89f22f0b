/** Valid and invalid signatures. */

import { describe, expect, test } from 'vitest';
import { event, march } from '../../../tools/verification/oracle/bodies.ts';
import { signed } from './calls.ts';
import {
  BINARY,
  CURRENT,
  call,
  client,
  expectProblem,
  expectQuarantined,
  FOREIGN,
  lastOrder,
  newOrder,
  outcome,
  PREVIOUS,
  quarantined,
  quarantineId,
} from './scene.ts';

export function signatures(): void {
  describe('signatures', () => {
    test('are accepted with the header names of Svix and of Standard Webhooks, case-insensitive', async () => {
      for (const names of ['svix', 'webhook'] as const) {
        expect(await outcome(newOrder(), { names })).toBe('applied');
        const body = JSON.stringify(newOrder());
        const headers = signed(body, { secrets: [CURRENT], names });
        for (const respelled of [upperCase, titleCase]) {
          const answer = await call({ body, headers: respelled(headers) });
          expect(answer.status).toBe(200);
        }
      }
    });

    test('are accepted with either of two secrets during a rotation', async () => {
      expect(await outcome(newOrder(), { secrets: [PREVIOUS] })).toBe('applied');
      expect(await outcome(newOrder(), { secrets: [PREVIOUS, CURRENT] })).toBe('applied');
      expect(await outcome(newOrder(), { secrets: [FOREIGN, PREVIOUS] })).toBe('applied');
    });

    test('are accepted if one of several in the header is valid, whatever the others are', async () => {
      const body = JSON.stringify(newOrder());
      const headers = signed(body, { secrets: [CURRENT] });
      const wrong = `v1,${Buffer.alloc(32).toString('base64')} v1a,abcd v2,zzzz v1, x`;
      const answer = await call({
        body,
        headers: { ...headers, 'svix-signature': `${wrong} ${headers['svix-signature']}` },
      });
      expect(answer.status).toBe(200);
    });

    test('sign the received bytes, even if API Gateway passes them on as base64', async () => {
      const order = newOrder([event(1, 'ordered', march(1))], { client_user_id: 'Zhào — 7️⃣' });
      expect(await outcome(order, {}, BINARY)).toBe('applied');
      expect(await outcome(order)).toBe('duplicate');
      const { json } = await lastOrder();
      expect(json).toMatchObject({ client_user_id: 'Zhào — 7️⃣' });
      const spaced = JSON.stringify(newOrder(), null, 2);
      const headers = signed(spaced, { secrets: [CURRENT] });
      expectProblem(await call({ body: spaced.replaceAll('\n', ''), headers }), 401);
      expect((await call({ body: spaced, headers })).status).toBe(200);
    });

    test('sign bytes that are not text, too: such a body is quarantined unchanged', async () => {
      const order = newOrder([event(1, 'ordered', march(1))], { client_user_id: 'Zoë' });
      // Encoded as Latin-1, which would read as an order of another person.
      const invalid = Buffer.from(JSON.stringify(order), 'latin1');
      for (const headers of [BINARY, {}])
        expect(await expectQuarantined(invalid, headers)).toBe('body: not UTF-8');
      expect((await lastOrder()).status).toBe(404);
      const replayed = await client.ask(`/v1/quarantine/${quarantineId(invalid)}/replay`, { method: 'POST' });
      expect(replayed).toMatchObject({
        status: 200,
        json: { outcome: 'quarantined', reason: 'body: not UTF-8' },
      });
      expect((await lastOrder()).status).toBe(404);
    });

    test('of the text that such bytes would be decoded to are invalid', async () => {
      const invalid = Buffer.from('{"id":"\xff"}', 'latin1');
      const headers = signed(invalid.toString('utf8'), { secrets: [CURRENT] });
      expectProblem(await call({ body: invalid, headers: { ...headers, ...BINARY } }), 401);
      await expect(quarantined(invalid)).rejects.toThrow();
    });
  });
}

const upperCase = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
const titleCase = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replaceAll(/\b[a-z]/g, (l) => l.toUpperCase()),
      value,
    ]),
  );
