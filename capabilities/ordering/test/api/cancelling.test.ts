import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Asked } from '../../../../test/core/api/scene/query-api.ts';
import { type OrderingWorld, openOrderingWorld } from './ordering-world.ts';

/** The order that a cache between answers with instead, by the path. */
const confused = new Map<string, string>();
let world: OrderingWorld;
beforeAll(async () => {
  world = await openOrderingWorld({}, ({ method, path }) => {
    const other = method === 'POST' ? confused.get(path) : undefined;
    return other ? { status: 200, body: { order: world.sandbox.junction.order(other) } } : null;
  });
});
afterEach(() => {
  world.sandbox.faults.clear();
  expect(world.api.faults).toEqual([]);
});
afterAll(() => world.close());

const ask = (method: string, path: string, body?: unknown): Promise<Asked> =>
  world.api.ask(method, `/v1/orders/${path}`, body === undefined ? {} : { body });

describe('cancelling an order', () => {
  test('cancels the appointment at home with it, which frees the provider', async () => {
    const first = await world.bookable();
    const second = await world.bookable('at_home_phlebotomy', first.user);
    await ask('POST', `${first.id}/appointment`, { booking_key: first.keys[0] });
    const { status, json } = await ask('POST', `${first.id}/cancel`, { reason: 'patient_declined' });
    expect([status, json.transaction]).toMatchObject([200, { status: 'cancelled' }]);
    expect(world.api.audited.slice(-2)).toMatchObject([
      { outcome: 'started', reason: 'patient_declined' },
      { outcome: 'success', order_id: first.id, reason: 'patient_declined' },
    ]);
    expect((await ask('GET', first.id)).json.appointments).toMatchObject([{ status: 'cancelled' }]);
    expect((await ask('POST', `${second.id}/appointment`, { booking_key: second.keys[1] })).status).toBe(201);
    const again = await ask('POST', `${first.id}/cancel`);
    expect([again.status, again.json.detail]).toEqual([
      409,
      'The order is already cancelled. Nothing was changed.',
    ]);
  });

  test('takes no reason in words, which could name the patient, and keeps none', async () => {
    const { id } = await world.bookable();
    expect((await ask('POST', `${id}/cancel`, { reason: 'Ada is ill' })).status).toBe(400);
    expect(world.api.audited.at(-1)).toMatchObject({ outcome: 'refused', order_id: id });
    expect(world.api.audited.at(-1)).not.toHaveProperty('reason');
  });

  test('is answered also if the answer of Junction is lost', async () => {
    const { id } = await world.bookable();
    world.loseAnswers('POST /v3/order/*/cancel', 1);
    expect((await ask('POST', `${id}/cancel`)).status).toBe(200);
  });

  test("never shows or changes another patient's order that a cache between answers with", async () => {
    const [asked, other] = [await world.bookable(), await world.bookable()];
    await world.cancelAtJunction(other.id);
    confused.set(`/v3/order/${asked.id}/cancel`, other.id);
    const lost = await ask('POST', `${asked.id}/cancel`);
    expect([lost.status, lost.json.detail]).toEqual([502, expect.stringMatching(/may have made it/)]);
    expect(lost.text).not.toContain(other.id);
    expect((await ask('GET', other.id)).json.low_level_status).toBe('requisition_created');
    confused.clear();
    expect((await ask('POST', `${asked.id}/cancel`)).status).toBe(200);
  });

  test('is refused where the status does not allow it', async () => {
    const { id } = await world.bookable('walk_in_test');
    await world.simulate(id, 'collecting_sample.walk_in_test.redraw_available');
    const before = world.sandbox.log.count('POST /v3/order/{order_id}/cancel');
    const { status, json } = await ask('POST', `${id}/cancel`);
    expect([status, json.detail]).toEqual([
      409,
      'A redraw is available for the order, so the order cannot be cancelled. To cancel the redraw, use the ID of the redraw order. Nothing was changed.',
    ]);
    expect(world.sandbox.log.count('POST /v3/order/{order_id}/cancel')).toBe(before);
  });
});
