/** Every route, asked in the course of what people do with them, answers by the official SDK's schema. */
import { expect, test } from 'vitest';
import { ROUTES } from '../api/routes.ts';
import { journey } from '../journeys/journeys.ts';
import { type Askable, askable, place, REDRAW, SCHEMAS } from './asked.ts';

const AT = 'walk_in_test';
const lowOf = (order: { last_event: { status: string } }) => order.last_event.status.split('.')[2];

function read(api: Askable): void {
  const { orderId: id, transactionId } = REDRAW.known.at(-1)?.facts ?? { orderId: '', transactionId: '' };
  for (const route of ['GET /v3/order/{order_id}', 'GET /v3/order/{order_id}/result'] as const)
    api.ask(route, { id });
  api.ask('GET /v3/order/{order_id}/result/metadata', { id });
  api.ask('GET /v3/order/{order_id}/result/pdf', { id });
  expect(api.ask('GET /v3/order/{order_id}/requisition/pdf', { id }).toString('latin1')).toContain(
    'redraw requisition',
  );
  api.ask('GET /v3/order_transaction/{transaction_id}', { id: transactionId });
  api.ask('GET /v3/order_transaction/{transaction_id}/result', { id: transactionId });
  api.ask('GET /v3/order_transaction/{transaction_id}/result/pdf', { id: transactionId });
  const listed = api.ask('GET /v3/orders', {
    query: { order_transaction_id: transactionId, order_key: 'last_status' },
  });
  expect(listed.orders.map(lowOf)).toEqual(['redraw_available', 'completed']);
  const name = `${listed.orders[0].patient_details.last_name}`;
  for (const query of [{ patient_name: name }, { search_input: id }, { shipping_recipient_name: name }]) {
    expect(api.ask('GET /v3/orders', { query }).orders.map((one: { id: string }) => one.id)).toContain(id);
  }
  const day = REDRAW.known.at(-1)?.at.slice(0, 10) ?? '';
  const period = { start_at: `${day}T00:00:00Z`, end_at: `${day}T23:59:59Z` };
  expect(api.ask('POST /v3/order/resend_events', { body: period }).order_ids).toEqual([id]);
  expect(api.resent).toEqual([id]);
  expect(api.refusal('POST /v3/order/resend_events', { body: {} })[0]).toBe(422);
  api.ask('GET /v3/lab_tests/labs');
  api.ask('GET /v3/lab_test/lab_account');
}

function walkIn(api: Askable): void {
  const user_id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
  const id = place(api, AT, 'quest');
  const { order_transaction: transaction, sample_id } = api.ask('GET /v3/order/{order_id}', { id });
  expect([transaction.orders.length, sample_id]).toEqual([1, null]);
  expect(api.refusal('GET /v3/order/{order_id}/requisition/pdf', { id })[0]).toBe(404);
  expect(api.ask('GET /v3/order/{order_id}/communication_settings', { id }).sms_enabled).toBe(true);
  api.ask('PATCH /v3/order/{order_id}/communication_settings', { id, body: { sms_enabled: false } });
  expect(api.ask('GET /v3/order/{order_id}/communication_settings', { id }).sms_enabled).toBe(false);
  const link = 'POST /v2/user/{user_id}/create_portal_url';
  const valid = ['launch', 'communications'].map((context) =>
    api.ask(link, { id: user_id, body: { context, order_id: id } }),
  );
  expect(valid.map(({ expires_in }) => expires_in)).toEqual([600, 1_814_400]);
  expect(api.refusal(link, { id, body: { context: 'launch' } })[0]).toBe(422);
  const requisition = 'received.walk_in_test.requisition_created';
  api.ask('POST /v3/order/{order_id}/test', { id, query: { final_status: requisition } });
  bookAtCenter(api, id);
  const redrawn = 'collecting_sample.walk_in_test.redraw_available';
  api.ask('POST /v3/order/{order_id}/test', { id, query: { final_status: redrawn } });
  expect(api.refusal('POST /v3/order/{order_id}/cancel', { id })).toEqual([
    400,
    '{"error":"Bad Request","message":"Transition from redraw_available to cancelled is not allowed","status_code":400}',
  ]);
  const { orders } = api.ask('GET /v3/order_transaction/{transaction_id}', { id: transaction.id });
  expect(orders.map((one: { origin: string }) => one.origin)).toEqual(['initial', 'redraw']);
  expect(lowOf(api.ask('POST /v3/order/{order_id}/cancel', { id: orders[1].id }).order)).toBe('cancelled');
  const insured = { payor_code: 'UNITE', member_id: '1', relationship: 'Self', insured: personDetails() };
  api.ask('POST /v2/user/{user_id}/insurance', { id: user_id, body: insured });
  place(api, AT, 'labcorp', { billing_type: 'commercial_insurance', icd_codes: ['E03.9'] });
}

function personDetails() {
  const address = { first_line: '1 Main St', zip: '85004', state: 'AZ', city: 'Phoenix', country: 'US' };
  const person = { first_name: 'Mary', last_name: 'Jane', dob: '1980-05-06', gender: 'female' };
  return { ...person, address, email: 'mary@example.com', phone_number: '+16025550123' };
}

function slotOf(answer: { slots: { slots: { booking_key: string }[] }[] }, nth: number): string {
  return answer.slots.flatMap(({ slots }) => slots)[nth]?.booking_key ?? '';
}

function bookAtCenter(api: Askable, id: string): void {
  api.ask('GET /v3/order/psc/info', { query: { lab_id: '6', zip_code: '85004' } });
  api.ask('GET /v3/order/{order_id}/psc/info', { id });
  const query = { lab: 'quest', zip_code: '85004' };
  const free = api.ask('POST /v3/order/psc/appointment/availability', { query });
  const [first, second] = [slotOf(free, 0), slotOf(free, 5)];
  const booked = api.ask('POST /v3/order/{order_id}/psc/appointment/book', {
    id,
    body: { booking_key: first },
  });
  expect(booked).toMatchObject({
    status: 'confirmed',
    event_status: 'scheduled',
    external_id: expect.any(String),
  });
  const other = place(api, AT, 'quest');
  api.ask('POST /v3/order/{order_id}/test', {
    id: other,
    query: { final_status: 'received.walk_in_test.requisition_created' },
  });
  expect(
    api.refusal('POST /v3/order/{order_id}/psc/appointment/book', {
      id: other,
      body: { booking_key: first },
    }),
  ).toEqual([400, expect.stringContaining('no longer available')]);
  const body = { booking_key: second, appointment_notes: 'By the side door' };
  const moved = api.ask('PATCH /v3/order/{order_id}/psc/appointment/reschedule', { id, body });
  expect(moved).toMatchObject({ event_data: { is_reschedule: true }, appointment_notes: 'By the side door' });
  const [reason] = api.ask('GET /v3/order/psc/appointment/cancellation-reasons');
  const cancellation = { cancellation_reason_id: reason.id };
  api.ask('PATCH /v3/order/{order_id}/psc/appointment/cancel', { id, body: cancellation });
  expect(api.ask('GET /v3/order/{order_id}/psc/appointment', { id }).status).toBe('cancelled');
  expect(lowOf(api.ask('GET /v3/order/{order_id}', { id }))).toBe('appointment_cancelled');
}

function atHome(api: Askable): void {
  const area = api.ask('GET /v3/order/area/info', { query: { zip_code: '85004' } });
  expect(area.phlebotomy.providers).toEqual([{ name: 'getlabs', service_types: ['appointment-ready'] }]);
  const id = place(api, 'at_home_phlebotomy', 'quest');
  const address = { first_line: '1 Main St', city: 'Phoenix', state: 'AZ', zip_code: '85004' };
  const free = api.ask('POST /v3/order/phlebotomy/appointment/availability', { body: address });
  expect(free.slots).toHaveLength(14);
  const body = { booking_key: slotOf(free, 3) };
  const book = 'POST /v3/order/{order_id}/phlebotomy/appointment/book';
  expect(api.refusal(book, { id, body })).toEqual([400, expect.stringContaining('requisition')]);
  const query = { final_status: 'received.at_home_phlebotomy.requisition_created' };
  api.ask('POST /v3/order/{order_id}/test', { id, query });
  api.ask(book, { id, body });
  const again = place(api, 'at_home_phlebotomy', 'quest');
  api.ask('POST /v3/order/{order_id}/test', { id: again, query });
  expect(api.refusal(book, { id: again, body: { booking_key: slotOf(free, 4) } })).toEqual([
    400,
    expect.stringContaining('active appointment with this provider'),
  ]);
  const later = { booking_key: slotOf(free, 6) };
  api.ask('PATCH /v3/order/{order_id}/phlebotomy/appointment/reschedule', { id, body: later });
  api.ask('POST /v3/order/{order_id}/cancel', { id });
  expect(api.ask('GET /v3/order/{order_id}/phlebotomy/appointment', { id }).status).toBe('cancelled');
  const asked = { address: { ...address, zip_code: '54650' }, provider: 'phlebfinders' };
  const pending = api.ask('POST /v3/order/{order_id}/phlebotomy/appointment/request', {
    id: again,
    body: asked,
  });
  expect(pending).toMatchObject({ status: 'pending', start_at: null });
  api.world.advance(2 * 86_400);
  expect(api.ask('GET /v3/order/{order_id}/phlebotomy/appointment', { id: again }).status).toBe('confirmed');
  const [reason] = api.ask('GET /v3/order/phlebotomy/appointment/cancellation-reasons');
  const cancellation = { cancellation_reason_id: reason.id };
  api.ask('PATCH /v3/order/{order_id}/phlebotomy/appointment/cancel', { id: again, body: cancellation });
}

function simulated(api: Askable): void {
  const onSite = place(api, 'on_site_collection', 'labcorp');
  const query = { final_status: 'received.on_site_collection.requisition_created' };
  api.ask('POST /v3/order/{order_id}/test', { id: onSite, query });
  api.ask('PATCH /v3/order/{order_id}/draw_completed', { id: onSite });
  const flags = { interpretation: 'critical', result_types: ['coded_value'], has_missing_results: true };
  const kit = place(api, 'testkit', 'spiriplex');
  api.ask('POST /v3/order/{order_id}/test', { id: kit, query: { delay: '60' }, body: flags });
  expect(lowOf(api.ask('GET /v3/order/{order_id}', { id: kit }))).toBe('ordered');
  api.world.advance(120);
  expect(api.refusal('POST /v3/order/{order_id}/cancel', { id: kit })[1]).toContain('from transit_customer');
  api.world.advance(600);
  const results = api.ask('GET /v3/order/{order_id}/result', { id: kit });
  expect(results.metadata.interpretation).toBe('critical');
  expect(results.missing_results.length).toBeGreaterThan(0);
  expect(results.results.map(({ type }: { type: string }) => type)).toContain('coded_value');
  const [labTest] = api.ask('GET /v3/lab_tests');
  api.ask('GET /v3/lab_tests/{lab_test_id}', { id: labTest.id });
}

function unmatched(api: Askable): void {
  const [, cancelled] = api.ask('GET /v3/unmatched_result_test/case').data;
  const rawIdOf = (name: string): { id: string; orderId: string } => {
    const body = { case: name, order_source: 'managed' };
    const { run_id } = api.ask('POST /v3/unmatched_result_test', {
      body,
      headers: { 'x-idempotency-key': name },
    });
    const run = api.ask('GET /v3/unmatched_result_test/{run_id}', { id: run_id });
    return { id: run.raw_result_id, orderId: run.orders.provenance.order_id };
  };
  const { id, orderId } = rawIdOf(cancelled.case);
  expect(api.ask('GET /v3/unmatched_result/{raw_result_id}', { id }).allowed_actions).toHaveLength(3);
  const order = api.ask('POST /v3/unmatched_result/{raw_result_id}/accept', {
    id,
    body: { order_id: orderId },
  });
  expect([order.origin, lowOf(order)]).toEqual(['recreation', 'completed']);
  expect(api.refusal('POST /v3/unmatched_result/{raw_result_id}/accept', { id })[0]).toBe(404);
  const { id: other } = rawIdOf('no_match');
  expect(api.ask('GET /v3/unmatched_result').data.map((one: { id: string }) => one.id)).toEqual([other]);
  const body = { action: 'unsure', note: 'two patients' };
  const left = api.ask('POST /v3/unmatched_result/{raw_result_id}/resolve', { id: other, body });
  expect(left).toMatchObject({ status: 'pending_ops_review', allowed_actions: [], note: 'two patients' });
}

test('every route answers by the schema of the official SDK', () => {
  const api = askable([REDRAW, journey('walk_in_critical', 3, { spelling: 'documented' })]);
  for (const use of [read, walkIn, atHome, simulated, unmatched]) use(api);
  const names = Object.keys(ROUTES).sort();
  expect([...api.visited].sort()).toEqual(names);
  expect(Object.keys(SCHEMAS).sort()).toEqual(names);
  expect(new Set(api.sent.map(({ eventType }) => eventType))).toEqual(
    new Set([
      'labtest.order.created',
      'labtest.order.updated',
      'labtest.result.critical',
      'labtest.appointment.created',
      'labtest.appointment.updated',
      'labtest.match_review.created',
      'labtest.match_review.updated',
    ]),
  );
});
