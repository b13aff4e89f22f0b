import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { LAB_ACCOUNTS } from '../../junction/ordering/lab-catalogue.ts';
import { type Askable, askable, labTestId, orderBody, place } from '../asked.ts';

const POST = 'POST /v3/order';
const QUEST_MARKER = 61017;

describe('what Junction refuses to order', () => {
  const api = askable();
  const walkIn = labTestId(api, 'walk_in_test', 'quest');
  const labcorp = labTestId(api, 'walk_in_test', 'labcorp');
  const lead = labTestId(api, 'walk_in_test', 'labcorp', 1);
  const delegated = { lab_account_id: LAB_ACCOUNTS[1]?.id };
  const atHome = labTestId(api, 'at_home_phlebotomy', 'quest');
  const addOn = (add_on: object) => ({ order_set: { lab_test_ids: [walkIn], add_on } });

  test.each<[string, object, number, string]>([
    ['a name with an accent', orderBody(walkIn, {}, { first_name: 'José' }), 422, 'first_name'],
    ['a ZIP code of four digits', { ...orderBody(walkIn), patient_address: { zip: '8500' } }, 422, 'zip'],
    ['no e-mail address', orderBody(walkIn, {}, { email: 'mary' }), 422, 'email'],
    ['nothing ordered', orderBody(walkIn, { order_set: null }), 400, 'order_set'],
    ['an unknown lab test', orderBody('00000000-0000-4000-8000-000000000000'), 404, 'not found'],
    [
      'an add-on without a method',
      orderBody(walkIn, addOn({ marker_ids: [QUEST_MARKER] })),
      400,
      'collection_method',
    ],
    [
      'both kinds of marker ids',
      orderBody(walkIn, {
        collection_method: 'walk_in_test',
        ...addOn({ marker_ids: [1], provider_ids: ['1'] }),
      }),
      400,
      'not both',
    ],
    ['two labs', orderBody(walkIn, { order_set: { lab_test_ids: [walkIn, labcorp] } }), 400, 'same lab'],
    ['a method the lab lacks', orderBody(walkIn, { collection_method: 'testkit' }), 400, 'does not support'],
    ['an open question', orderBody(lead), 400, 'Missing required questions - \\"BLOOD LEAD PURPOSE\\"'],
    ['a delegated account without a physician', orderBody(walkIn, delegated), 400, 'physician'],
    ['an unknown account', orderBody(walkIn, { lab_account_id: randomUUID() }), 404, 'account'],
    [
      'insurance without codes',
      orderBody(walkIn, { billing_type: 'commercial_insurance' }),
      400,
      'icd_codes',
    ],
    [
      'insurance of nobody',
      orderBody(walkIn, { billing_type: 'commercial_insurance', icd_codes: ['E03.9'] }),
      400,
      'primary insurance',
    ],
    ['a wrong code', orderBody(walkIn, { icd_codes: ['tired'] }), 400, 'ICD'],
    ['a minor without a proxy', orderBody(walkIn, {}, { dob: '2010-01-01' }), 400, 'medical_proxy'],
    ['a minor at home', orderBody(atHome, {}, { dob: '2010-01-01' }), 400, 'under 18'],
    ['a day that is over', orderBody(walkIn, { activate_by: '2026-03-01' }), 400, 'in the past'],
  ])('%s', (_, body, status, says) => {
    expect(api.refusal(POST, { body })).toEqual([status, expect.stringContaining(says)]);
    expect(api.ask('GET /v3/orders').total).toBe(0);
    expect(api.sent).toEqual([]);
  });

  test('is accepted once what was missing is there', () => {
    const world = askable();
    const proxy = { first_name: 'Ann', last_name: 'O', phone_number: '+16025550124', address: address() };
    const answer = { marker_id: 277625, question_id: 1251, answer: 'I - INITIAL' };
    world.ask(POST, { body: orderBody(lead, { aoe_answers: [answer] }) });
    world.ask(POST, { body: orderBody(walkIn, {}, { dob: '2010-01-01', medical_proxy: proxy }) });
    const physician = { first_name: 'Greg', last_name: 'House', npi: '1234567893' };
    const { order } = world.ask(POST, { body: orderBody(walkIn, { ...delegated, physician }) });
    expect(order.physician).toEqual(physician);
    const add_on = { marker_ids: [QUEST_MARKER] };
    const custom = orderBody(walkIn, { order_set: { add_on }, collection_method: 'walk_in_test' });
    const { lab_test } = world.ask(POST, { body: custom }).order;
    expect([lab_test.markers.length, lab_test.lab.slug, lab_test.auto_generated]).toEqual([1, 'quest', true]);
  });

  const address = () => ({
    first_line: '1 Main St',
    city: 'Phoenix',
    state: 'AZ',
    zip: '85004',
    country: 'US',
  });
});

describe('an idempotency key', () => {
  const ordered = (api: Askable, fields: object, headers: Record<string, string>) => {
    const body = { ...orderBody(labTestId(api, 'walk_in_test', 'quest')), ...fields };
    const { status, body: answer } = api.answer(POST, {
      body,
      headers: { 'x-idempotency-key': 'one', ...headers },
    });
    return [status, (answer as { order?: { id: string } }).order?.id];
  };

  test('gives the same order for a day, and a new one after', () => {
    const api = askable();
    const first = ordered(api, {}, {});
    expect(ordered(api, { passthrough: 'again' }, {})).toEqual(first);
    expect(ordered(api, {}, { 'x-idempotency-key': 'two' })).not.toEqual(first);
    api.world.advance(86_401);
    expect(ordered(api, {}, {})).not.toEqual(first);
  });

  test('repeats a refusal, unless only successes are to be kept; a failed validation is not kept', () => {
    const api = askable();
    expect(ordered(api, { user_id: 'nobody' }, {})).toEqual([422, undefined]);
    const successes = { 'x-idempotency-key': 'two', 'x-idempotency-error': 'no-cache' };
    expect(ordered(api, { icd_codes: ['tired'] }, successes)).toEqual([400, undefined]);
    expect(ordered(api, {}, successes)[0]).toBe(200);
    expect(ordered(api, { icd_codes: ['tired'] }, {})).toEqual([400, undefined]);
    expect(ordered(api, {}, {})).toEqual([400, undefined]);
  });
});

test('an order stays where it is until it is simulated, and one that is over cannot be', () => {
  const api = askable();
  const id = place(api, 'walk_in_test', 'bioreference', {
    activate_by: '2026-03-09',
    passthrough: 'chart 7',
  });
  api.world.advance(30 * 86_400);
  const order = api.ask('GET /v3/order/{order_id}', { id });
  expect([order.events.length, order.activate_by, order.passthrough]).toEqual([1, '2026-03-09', 'chart 7']);
  api.ask('POST /v3/order/{order_id}/test', { id, body: { has_missing_results: true } });
  const done = api.ask('GET /v3/order/{order_id}', { id });
  expect([done.status, done.has_missing_results, done.order_transaction.status]).toEqual([
    'completed',
    true,
    'completed',
  ]);
  const query = { final_status: 'failed.walk_in_test.sample_error' };
  expect(api.refusal('POST /v3/order/{order_id}/test', { id, query })[0]).toBe(400);
});
