/** Writes through the API: registering an order, and replaying a quarantined webhook. */
import { describe, expect, test } from 'vitest';
import {
  event,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import { client, expectProblem, hear } from './scene.ts';

const put = (id: string, body: unknown) =>
  client.ask(`/v1/orders/${id}`, { method: 'PUT', body: JSON.stringify(body) });

export function writes(): void {
  describe('an order that is registered when it is placed', () => {
    const order = orderId(301);
    const placed = { order_transaction_id: transactionId(301), client_user_id: 'patient 301' };

    test('is known at once, and a repetition changes nothing', async () => {
      const first = await put(order, placed);
      expect(first.status).toBe(200);
      expect(first.json).toMatchObject({ id: order, ...placed, registered_at: expect.stringMatching(/Z$/) });
      const again = await put(order.toUpperCase(), placed);
      expect([again.status, again.json]).toEqual([200, first.json]);
    });

    test('accepts its first webhook, even if that names no transaction', async () => {
      await hear(
        walkIn(301, [event(1, 'ordered', march(1))], { created_at: march(1), updated_at: march(1) }),
      );
      const transactionOf = async () => (await client.ask(`/v1/transactions/${transactionId(301)}`)).json;
      await expect
        .poll(transactionOf, { timeout: 20_000 })
        .toMatchObject({ orders: [{ id: order, low_level_status: 'ordered' }] });
      expect((await client.ask(`/v1/transactions/${order}`)).status).toBe(404);
    });

    test('is refused with 409 if Junction contradicts it, and with 400 if the request is invalid', async () => {
      await hear(
        walkIn(301, [event(1, 'ordered', march(1)), event(2, 'requisition_created', march(2))], {
          created_at: march(1),
          updated_at: march(2),
          order_transaction: transaction(301, 'active', []),
        }),
      );
      expectProblem(await put(order, { order_transaction_id: transactionId(302) }), 409);
      expectProblem(await put('301', placed), 400);
      for (const body of [{}, [], null, { order_transaction_id: 'x' }, { ...placed, status: 'completed' }]) {
        expectProblem(await put(order, body), 400);
      }
    });
  });

  test('a quarantined webhook is listed, and can be replayed', async () => {
    await hear({ event_type: 'labtest.order.updated', data: { id: 'no id' } });
    const { json, text } = await client.ask('/v1/quarantine');
    const { quarantined } = json as { quarantined: { id: string; reason: string }[] };
    expect(quarantined).toEqual([
      expect.objectContaining({
        id: expect.stringMatching(/^[0-9a-f]{40}$/),
        reason: expect.stringMatching(/order\.id/),
      }),
    ]);
    // The reason, but not the content.
    expect(text).not.toContain('no id');
    const replay = (id: string) => client.ask(`/v1/quarantine/${id}/replay`, { method: 'POST' });
    const again = await replay(quarantined[0]?.id ?? '');
    expect([again.status, again.json]).toMatchObject([200, { outcome: 'quarantined' }]);
    expectProblem(await replay('0'.repeat(40)), 404);
    expectProblem(await replay('x'), 400);
  });
}
