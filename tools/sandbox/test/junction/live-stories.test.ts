import { expect, test } from 'vitest';
import { journey } from '../../journeys/journeys.ts';
import { type Askable, askable } from '../asked.ts';

const DAY = 86_400;
const PLAYED = { startAt: new Date('2026-03-02T15:00:00Z'), spelling: 'documented' } as const;

/** The webhooks sent after the first ones, as event and status. */
function sentSince({ sent }: Askable, begin: number): string[] {
  return sent.slice(begin).map(({ eventType, body }) => {
    const { data } = body as { data: { status?: string; last_event?: { status: string } } };
    return `${eventType} ${data.last_event?.status.split('.')[2] ?? data.status}`;
  });
}

test('a journey sends each webhook when its time comes, and nothing before', () => {
  const api = askable();
  const told = journey('redraw_completed', 4, PLAYED);
  api.world.play(told);
  expect(() => api.world.play(told)).toThrow('give another');
  for (const { at } of told.snapshots) {
    api.world.setClock(new Date(Date.parse(at) - 1));
    expect(api.sent.length).toBe(told.snapshots.filter((one) => Date.parse(one.at) < Date.parse(at)).length);
  }
  api.world.advance(1);
  expect(api.sent.map(({ body }) => body)).toEqual(told.snapshots.map(({ payload }) => payload));
});

test('cancelling an order ends the rest of its journey, and its appointment at home', () => {
  const api = askable();
  const told = journey('at_home_completed', 4, PLAYED);
  api.world.play(told);
  const booked = told.known.find(({ facts }) => facts.low === 'appointment_scheduled');
  api.world.setClock(new Date(Date.parse(booked?.at ?? '') + 1_000));
  const before = api.sent.length;
  const id = booked?.facts.orderId ?? '';
  api.ask('POST /v3/order/{order_id}/cancel', { id });
  api.world.advance(60 * DAY);
  expect(sentSince(api, before)).toEqual([
    'labtest.order.updated cancelled',
    'labtest.appointment.updated cancelled',
  ]);
  const { events } = api.ask('GET /v3/order/{order_id}', { id });
  expect(events.slice(0, -1)).toEqual(booked?.order.events);
  expect(api.ask('GET /v3/order/{order_id}/phlebotomy/appointment', { id }).event_data).toEqual({
    origin: 'patient',
    cancellation_reason: 'Order cancelled',
  });
});

test('cancelling an order leaves its appointment at a patient service center', () => {
  const api = askable();
  const told = journey('redraw_stalled_after_appointment', 4, PLAYED);
  api.world.play(told);
  api.world.advance(60 * DAY);
  const id = told.knownAppointments[0]?.orderId ?? '';
  const before = api.sent.length;
  api.ask('POST /v3/order/{order_id}/cancel', { id });
  expect(sentSince(api, before)).toEqual(['labtest.order.updated cancelled']);
  expect(api.ask('GET /v3/order/{order_id}/psc/appointment', { id }).status).toBe('confirmed');
});
