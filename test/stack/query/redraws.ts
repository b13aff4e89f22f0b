/** The worklist: its content, and how a redraw is acknowledged, flagged and cleared. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import { call } from '../http-call.ts';
import { QueryClient, type TransactionAnswer } from './calls.ts';
import { ACKNOWLEDGEMENT, all, client, expectProblem, hear, NOBODY, REDRAW, stack } from './scene.ts';
import { signIn } from './sign-in.ts';

export function redraws(): void {
  describe('redraws', () => {
    const dueTimes = (listedRedraws: TransactionAnswer[]) =>
      listedRedraws.map(({ redraw, id }) => `${redraw?.due_at}#${id}`);
    const isOpen = ({ redraw }: TransactionAnswer) =>
      redraw !== null && ['expected', 'in_progress', 'stale'].includes(redraw.state);
    const put = (id: string, body: unknown) =>
      client.ask(ACKNOWLEDGEMENT(id), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });

    test('that are open are in the list once each, the most overdue first, in pages of any size', async () => {
      const open = all.filter((one) => one.status === 'active' && isOpen(one));
      expect(open.length).toBeGreaterThan(5);
      for (const limit of ['4', '100']) {
        const found = (await client.pages('/v1/redraws', { limit })).flat();
        expect(dueTimes(found)).toEqual(dueTimes(open).sort());
      }
      const { json } = await client.ask('/v1/redraws?state=open&limit=100');
      expect((json as { transactions: object[] }).transactions).toHaveLength(open.length);
      expect(open.find(({ id }) => id === REDRAW)).toEqual(
        (json as { transactions: TransactionAnswer[] }).transactions.find(({ id }) => id === REDRAW),
      );
    });

    test('can be acknowledged, and a repetition changes nothing', async () => {
      const first = await put(REDRAW, { by: 'Dr. Okafor', note: 'called the lab' });
      expect(first.status).toBe(200);
      expect(first.json).toMatchObject({
        id: REDRAW,
        redraw: {
          state: 'expected',
          acknowledgement: { by: 'Dr. Okafor', note: 'called the lab', at: expect.stringMatching(/Z$/) },
        },
      });
      const again = await put(REDRAW.toUpperCase(), { by: 'Dr. Okafor', note: 'called the lab' });
      expect([again.status, again.json]).toEqual([200, first.json]);
      expect((await client.ask(`/v1/transactions/${REDRAW}`)).json).toEqual(first.json);
      const other = await put(REDRAW, { by: 'Sam' });
      expect(other.json).toMatchObject({ redraw: { acknowledgement: { by: 'Sam', note: null } } });
    });

    test('can be released, and a repetition changes nothing', async () => {
      const path = ACKNOWLEDGEMENT(REDRAW);
      const standing = await client.ask(`/v1/transactions/${REDRAW}`);
      const { redraw } = standing.json as { redraw: { acknowledgement: { at: string } } };
      const takeBack = (query: string) => client.ask(`${path}?${query}`, { method: 'DELETE' });
      expectProblem(await takeBack('by=Sam&acknowledged_at=2025-01-01T00:00:00Z'), 409);
      expect((await client.ask(`/v1/transactions/${REDRAW}`)).json).toEqual(standing.json);
      const first = await takeBack(`by=Sam&acknowledged_at=${redraw.acknowledgement.at}`);
      expect(first).toMatchObject({
        status: 200,
        json: { id: REDRAW, redraw: { state: 'expected', acknowledgement: null } },
      });
      const again = await takeBack('by=Sam');
      expect([again.status, again.json]).toEqual([200, first.json]);
    });

    test('are acknowledged by people in their own name, by the address that the sign-in puts into the token', async () => {
      const olivia = new QueryClient(stack.url, (await signIn(stack.url, 'olivia')).access_token);
      const acknowledge = (by: string) =>
        olivia.ask(ACKNOWLEDGEMENT(REDRAW), { method: 'PUT', body: JSON.stringify({ by }) });
      expectProblem(await acknowledge('clara@example.com'), 403);
      const { json } = await acknowledge('olivia@example.com');
      expect(json).toMatchObject({
        redraw: { acknowledgement: { by: 'olivia@example.com', caller: { name: 'olivia@example.com' } } },
      });
      const trail = /^Audit trail: (.*)$/m.exec(stack.output())?.[1] ?? '';
      const entries = readFileSync(trail, 'utf8').split('\n').filter(Boolean);
      const hers = entries
        .map((line) => JSON.parse(line))
        .filter(({ name }) => name === 'olivia@example.com');
      const about = { action: 'redraw.acknowledge', transaction_id: REDRAW };
      expect(hers.slice(-4)).toMatchObject([
        { outcome: 'started' },
        { outcome: 'refused', status: 403 },
        ...[{ outcome: 'started' }, { outcome: 'success', status: 200 }].map((came) => ({
          ...about,
          ...came,
        })),
      ]);
    });

    test('409 without an open redraw, 404 for an unknown transaction, 400 for an invalid id', async () => {
      const closed = all.find((one) => !isOpen(one) && one.decision === null);
      expectProblem(await put(closed?.id ?? '', { by: 'ops' }), 409);
      expectProblem(await put(NOBODY, { by: 'ops' }), 404);
      expectProblem(await put('nobody', { by: 'ops' }), 400);
      const takeBack = (id: string) => client.ask(`${ACKNOWLEDGEMENT(id)}?by=ops`, { method: 'DELETE' });
      expectProblem(await takeBack(closed?.id ?? ''), 409);
      expectProblem(await takeBack(NOBODY), 404);
      expectProblem(await takeBack('nobody'), 400);
    });

    test.each<[string, unknown]>([
      ['nothing', ''],
      ['no JSON', 'by=ops'],
      ['no object', ['ops']],
      ['nobody', {}],
      ['an empty name', { by: '' }],
      ['a blank name', { by: '   ' }],
      ['an invalid name', { by: 7 }],
      ['a name that is too long', { by: 'x'.repeat(129) }],
      ['a note that is too long', { by: 'ops', note: 'x'.repeat(1001) }],
      ['an invalid note', { by: 'ops', note: {} }],
      ['an additional field', { by: 'ops', at: march(1) }],
      ['a name that cannot be stored', '{"by":"\\ud83d"}'],
    ])('400 for a body with %s', async (_, body) => {
      expectProblem(await put(REDRAW, body), 400);
    });

    test('become stale by the sweep if nobody acts, and progress clears the flag and the acknowledgement', async () => {
      const sweep = await call(`${stack.url}/2015-03-31/functions/sweep/invocations`, {
        method: 'POST',
        body: JSON.stringify({ time: '2025-01-01T00:00:00Z' }),
      });
      expect(sweep.json).toEqual({ due: 0, flagged: 0, healed: 0, skipped: 0 });
      expect((await client.pages('/v1/redraws', { state: 'stale' })).flat()).toEqual([]);
      const now = march(20);
      const flagging = await call(`${stack.url}/2015-03-31/functions/sweep/invocations`, {
        method: 'POST',
        body: JSON.stringify({ time: now }),
      });
      const stale = (await client.pages('/v1/redraws', { state: 'stale', limit: '3' })).flat();
      expect(flagging.json).toMatchObject({ flagged: stale.length, skipped: 0 });
      expect(dueTimes(stale)).toEqual(dueTimes(stale).sort());
      for (const { redraw } of stale) expect(redraw).toMatchObject({ state: 'stale', stale_since: now });
      expect(stale.map(({ id }) => id)).toContain(REDRAW);

      await hear(
        walkIn(2, [event(9, 'ordered', march(21))], {
          origin: 'redraw',
          parent_id: orderId(1),
          created_at: march(21),
          order_transaction: transaction(1, 'active', [
            listed(1, 'redraw_available', march(3)),
            listed(2, 'ordered', march(21), { origin: 'redraw', parent_id: orderId(1) }),
          ]),
        }),
      );
      const moved = async () => (await client.ask(`/v1/transactions/${REDRAW}`)).json;
      await expect
        .poll(moved, { timeout: 20_000 })
        .toMatchObject({ redraw: { state: 'in_progress', order_id: orderId(2) } });
      expect(await moved()).toMatchObject({
        outcome: 'redraw_in_progress',
        rule: 'R/P',
        redraw: { stale_since: null, acknowledgement: null },
      });
    });
  });
}
