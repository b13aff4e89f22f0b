import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAM } from '../../../../test/callers.ts';
import type { Asked } from '../../../../test/core/api/scene/query-api.ts';
import { type OrderingWorld, openOrderingWorld } from './ordering-world.ts';

/** The path of what Junction does not find. */
let hidden = '';
let world: OrderingWorld;
beforeAll(async () => {
  world = await openOrderingWorld({}, ({ path }) =>
    path === hidden ? { status: 404, body: { detail: 'Appointment not found' } } : null,
  );
});
afterEach(() => {
  world.sandbox.faults.clear();
  hidden = '';
  world.api.now = null;
  expect(world.api.faults).toEqual([]);
});
afterAll(() => world.close());

const ask = (method: string, path: string, body?: unknown): Promise<Asked> =>
  world.api.ask(method, `/v1/orders/${path}`, body === undefined ? {} : { body });

/** Where no provider has slots. */
const REQUESTED = { zip: '54650', second_line: 'Apt 4', access_notes: 'Gate code 4711' };

const bookable = (...asked: Parameters<OrderingWorld['bookable']>) => world.bookable(...asked);

describe.each(['at_home_phlebotomy', 'walk_in_test'] as const)('an appointment of %s', (method) => {
  test('is booked, moved and cancelled, and the order shows it at once', async () => {
    const { id, keys } = await bookable(method);
    const shown = async () =>
      ((await ask('GET', id)).json.appointments as unknown as { status: string; start_at: string }[])[0];
    const booked = await ask('POST', `${id}/appointment`, {
      booking_key: keys[0],
      appointment_notes: 'left arm',
    });
    const asked = { origin: 'ordering', caller: PROGRAM };
    expect([booked.status, booked.json]).toMatchObject([
      201,
      {
        appointment: { status: 'confirmed' },
        transaction: {
          // The look at the free slots brought the requisition.
          junction_checks: [
            { ...asked, changes: [] },
            { ...asked, changes: [{ change: 'status', status: 'requisition_created' }] },
          ],
        },
      },
    ]);
    expect(await shown()).toEqual(booked.json.appointment);
    const moved = await ask('PATCH', `${id}/appointment`, { booking_key: keys[1] });
    expect(moved.status).toBe(200);
    expect(await shown()).toEqual(moved.json.appointment);
    expect((moved.json.appointment as { start_at: string }).start_at).not.toBe(
      (booked.json.appointment as { start_at: string }).start_at,
    );
    const { json: reasons } = await ask('GET', `${id}/appointment/cancellation-reasons`);
    const [{ id: reason }] = reasons.reasons as unknown as [{ id: string }];
    const cancelled = await ask('DELETE', `${id}/appointment`, {
      cancellation_reason_id: reason,
      notes: 'ill',
    });
    const request = world.sandbox.log.details().findLast(({ path }) => path.endsWith('/cancel'));
    // At centers, as the official SDK and as Junction's page spell it.
    expect(JSON.parse(request?.body ?? '')).toEqual({
      cancellation_reason_id: reason,
      notes: 'ill',
      ...(method === 'walk_in_test' && { cancellationReasonId: reason, note: 'ill' }),
    });
    expect([cancelled.status, cancelled.json.appointment]).toMatchObject([200, { status: 'cancelled' }]);
    expect(await shown()).toEqual(cancelled.json.appointment);
    const again = await ask('DELETE', `${id}/appointment`, { cancellation_reason_id: reason });
    expect([again.status, again.json.appointment]).toEqual([200, cancelled.json.appointment]);
    expect((await ask('POST', `${id}/appointment`, { booking_key: keys[2] })).status).toBe(201);
  });
});

describe('a booking with faults', () => {
  const id = '0bde0000-0000-4000-8000-000000000001';
  const notes = 'x'.repeat(1_001);
  test.each<[unknown, string, object[] | undefined]>([
    [
      { booking_key: 'a', appointment_notes: notes },
      'The field appointment_notes is invalid: its length must be at most 1000.',
      undefined,
    ],
    [
      { provider: 'A provider', appointment_notes: notes },
      'The field provider is invalid: it is not the name of a provider.',
      [
        { field: 'provider', detail: 'It is not the name of a provider.' },
        { field: 'appointment_notes', detail: 'Its length must be at most 1000.' },
      ],
    ],
    [{ booking_key: 'a', slot: 'b' }, 'The body must not contain the field "slot".', undefined],
    [{}, 'The field booking_key is invalid: it is missing.', undefined],
    [[], 'The body must be a JSON object.', undefined],
  ])('names each of them: %#', async (body, detail, errors) => {
    const { status, json } = await ask('POST', `${id}/appointment`, body);
    expect([status, json.detail, json.errors]).toEqual([400, detail, errors]);
  });
});

describe('where the provider has no slots', () => {
  test('a visit is requested at the address of the order, with its access notes', async () => {
    const { id, free } = await bookable('at_home_phlebotomy', undefined, REQUESTED);
    expect(free).toMatchObject({ kind: 'phlebotomy', slots: [], request_providers: ['phlebfinders'] });
    const asked = await ask('POST', `${id}/appointment`, { provider: 'phlebfinders' });
    expect([asked.status, asked.json.appointment]).toMatchObject([
      201,
      { status: 'pending', start_at: null, provider: 'phlebfinders' },
    ]);
    const sent = world.sandbox.log.details().findLast(({ path }) => path.endsWith('/request'));
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      provider: 'phlebfinders',
      address: {
        first_line: '1 Main St',
        second_line: 'Apt 4',
        city: 'Phoenix',
        state: 'AZ',
        zip_code: '54650',
        access_notes: 'Gate code 4711',
      },
    });
  });
});

describe('a patient', () => {
  test('has one active appointment with a provider, until it is cancelled', async () => {
    const first = await bookable();
    const second = await bookable('at_home_phlebotomy', first.user);
    expect((await ask('POST', `${first.id}/appointment`, { booking_key: first.keys[0] })).status).toBe(201);
    const before = world.sandbox.log.count('POST /v3/order/{order_id}/phlebotomy/appointment/book');
    const refused = await ask('POST', `${second.id}/appointment`, { booking_key: second.keys[1] });
    expect([refused.status, refused.json.detail]).toEqual([
      409,
      'The patient has an active appointment with this provider for another order. Nothing was booked.',
    ]);
    const again = await ask('POST', `${first.id}/appointment`, { booking_key: first.keys[1] });
    expect([again.status, again.json.detail]).toEqual([
      409,
      'The order has an active appointment. Reschedule or cancel it. Nothing was booked.',
    ]);
    expect(world.sandbox.log.count('POST /v3/order/{order_id}/phlebotomy/appointment/book')).toBe(before);
    // Its webhook is lost: Junction is asked before a refusal.
    await world.cancelAtJunction(first.id);
    expect((await ask('POST', `${second.id}/appointment`, { booking_key: second.keys[1] })).status).toBe(201);
  });

  test('can book again when Junction has no active appointment, even if one is stored here', async () => {
    const first = await bookable();
    const second = await bookable('at_home_phlebotomy', first.user);
    await ask('POST', `${first.id}/appointment`, { booking_key: first.keys[0] });
    await world.cancelAtJunction(first.id);
    // Junction documents this route for the active appointment only.
    hidden = `/v3/order/${first.id}/phlebotomy/appointment`;
    expect((await ask('POST', `${second.id}/appointment`, { booking_key: second.keys[1] })).status).toBe(201);
  });

  test('gets one of two appointments that are booked at the same time', async () => {
    const first = await bookable();
    const second = await bookable('at_home_phlebotomy', first.user);
    const before = world.sandbox.log.count('POST /v3/order/{order_id}/phlebotomy/appointment/book');
    const both = await Promise.all(
      [first, second].map(({ id, keys }) => ask('POST', `${id}/appointment`, { booking_key: keys[0] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(world.sandbox.log.count('POST /v3/order/{order_id}/phlebotomy/appointment/book')).toBe(before + 1);
  });
});

describe('a slot that somebody else takes between two requests', () => {
  test.each(['at_home_phlebotomy', 'walk_in_test'] as const)('of %s frees the provider', async (method) => {
    const { id, keys } = await bookable(method);
    const kind = method === 'walk_in_test' ? 'psc' : 'phlebotomy';
    const book = (key: string | undefined) => ask('POST', `${id}/appointment`, { booking_key: key });
    const gone = 'This appointment slot is no longer available. Please select a new time.';
    world.sandbox.faults.add({ fault: 'slot_taken', route: `POST /v3/order/*/${kind}/appointment/book` });
    const refused = await book(keys[0]);
    expect([refused.status, refused.json.detail]).toEqual([409, `Junction refused the booking: ${gone}`]);
    world.sandbox.faults.clear();
    // Junction's production answers 404: https://docs.junction.com/lab/walk-in/psc-appointment-errors
    hidden = `/v3/order/${id}/${kind}/appointment/book`;
    expect((await book(keys[1])).status).toBe(409);
    hidden = '';
    expect((await book(keys[1])).status).toBe(201);
    world.sandbox.faults.add({ fault: 'slot_taken', route: `PATCH /v3/order/*/${kind}/appointment/*` });
    const moved = await ask('PATCH', `${id}/appointment`, { booking_key: keys[2] });
    expect([moved.status, moved.json.detail]).toEqual([409, `Junction refused the rescheduling: ${gone}`]);
    expect((await ask('GET', id)).json.appointments).toMatchObject([{ status: 'confirmed' }]);
  });
});

describe('a change whose answer is lost', () => {
  test('is found at once if it cancelled the appointment', async () => {
    const { id, keys } = await bookable('walk_in_test');
    await ask('POST', `${id}/appointment`, { booking_key: keys[0] });
    const reason = { cancellation_reason_id: '7dfd7da5-ed6e-40bb-a7e4-c8003f0c10a9' };
    world.loseAnswers('PATCH /v3/order/*/psc/appointment/cancel', 1);
    const { status, json } = await ask('DELETE', `${id}/appointment`, reason);
    expect([status, json.appointment]).toMatchObject([200, { status: 'cancelled' }]);
    expect((await ask('POST', `${id}/appointment`, { booking_key: keys[1] })).status).toBe(201);
    const refused = await ask('DELETE', `${id}/appointment`, { cancellation_reason_id: 'no reason' });
    expect([refused.status, refused.json.detail]).toEqual([409, expect.stringMatching(/reason not found/)]);
  });

  test('is shown on the order if it moved the appointment', async () => {
    const { id, keys } = await bookable('walk_in_test');
    const { json: booked } = await ask('POST', `${id}/appointment`, { booking_key: keys[0] });
    world.loseAnswers('PATCH /v3/order/*/psc/appointment/reschedule', 1);
    const lost = await ask('PATCH', `${id}/appointment`, { booking_key: keys[1] });
    expect([lost.status, lost.json.detail]).toEqual([502, expect.stringMatching(/Check the order/)]);
    const [shown] = (await ask('GET', id)).json.appointments as unknown as { start_at: string }[];
    expect(shown?.start_at).not.toBe((booked.appointment as { start_at: string }).start_at);
  });
});

describe('a booking whose answer is lost', () => {
  test('is found at once if Junction made it', async () => {
    const { id, keys } = await bookable();
    world.loseAnswers('POST /v3/order/*/phlebotomy/appointment/book', 1);
    const { status, json } = await ask('POST', `${id}/appointment`, { booking_key: keys[0] });
    expect([status, json.appointment]).toMatchObject([201, { status: 'confirmed' }]);
  });

  test('is found at once if Junction made it and did not answer in time', async () => {
    const { id } = await bookable('at_home_phlebotomy', undefined, REQUESTED);
    const route = 'POST /v3/order/*/phlebotomy/appointment/request';
    world.sandbox.faults.add({ fault: 'late_answer', delayMs: 1_500, route });
    const hurried = world.api.as({
      junction: world.junction,
      timeLeft: 9_000,
    });
    const body = { provider: 'phlebfinders' };
    const { status, json } = await hurried.ask('POST', `/v1/orders/${id}/appointment`, { body });
    expect([status, json.appointment]).toMatchObject([201, { status: 'pending', provider: 'phlebfinders' }]);
  });

  test('keeps others out until Junction can be asked', async () => {
    const first = await bookable();
    const second = await bookable('at_home_phlebotomy', first.user);
    world.loseAnswers('POST /v3/order/*/phlebotomy/appointment/book', 1);
    world.sandbox.faults.add({ fault: 'unavailable', route: 'GET /v3/order/*/phlebotomy/appointment' });
    const lost = await ask('POST', `${first.id}/appointment`, { booking_key: first.keys[0] });
    expect([lost.status, lost.json.detail]).toEqual([502, expect.stringMatching(/may have made it/)]);
    const early = await ask('POST', `${second.id}/appointment`, { booking_key: second.keys[1] });
    expect([early.status, early.json.detail]).toEqual([409, expect.stringMatching(/is in progress/)]);
    world.api.now = new Date(Date.now() + 61_000);
    world.sandbox.faults.clear();
    const late = await ask('POST', `${second.id}/appointment`, { booking_key: second.keys[1] });
    expect([late.status, late.json.detail]).toEqual([409, expect.stringMatching(/for another order/)]);
    const { json } = await ask('GET', first.id);
    expect(json.appointments).toMatchObject([{ status: 'confirmed' }]);
  });
});
