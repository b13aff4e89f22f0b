import { describe, expect, test } from 'vitest';
import { orderRequest } from '../../../../test/order-request.ts';
import type { CataloguedTest, Circumstances, LabAccount } from '../../rules/circumstances.ts';
import { orderFaults } from '../../rules/order-faults.ts';

const TODAY = '2026-03-10';
const labTest = (method: string, fields: Partial<CataloguedTest> = {}): CataloguedTest => ({
  id: 'a',
  method,
  lab: 'quest',
  questions: [],
  ...fields,
});
const known = (fields: Partial<Circumstances> = {}): Circumstances => ({
  today: TODAY,
  tests: [],
  labAccounts: [],
  homeService: null,
  ...fields,
});
const account = (id: string, lab: string, delegated: boolean): LabAccount => ({ id, lab, delegated });
const AT_HOME = known({
  tests: [labTest('at_home_phlebotomy')],
  homeService: { served: true, booking: ['getlabs'], request: [] },
});

type Json = Record<string, unknown>;
const ID = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

function order(fields: Json = {}, patient: Json = {}, address: Json = {}): Json {
  return orderRequest(ID, ID, {
    fields,
    patient: { last_name: "O'Connor-Lee Jr.", ...patient },
    address: { zip: '85004-1234', ...address },
  });
}

const fieldsOf = (body: unknown, circumstances = known()) =>
  orderFaults(body, circumstances).map(({ field }) => field);

test('an order that Junction accepts has no fault, at home and elsewhere', () => {
  const full = order({
    collection_method: 'walk_in_test',
    priority: true,
    billing_type: 'commercial_insurance',
    icd_codes: ['E11.9'],
    consents: [{ consentType: 'hipaa-authorization', version: '1' }],
    activate_by: '2026-03-20',
    aoe_answers: [{ marker_id: 1, question_id: 2, answer: 'no' }],
    physician: { first_name: 'Jo', last_name: 'Lee', npi: '1234567893' },
    clinical_notes: 'x'.repeat(1_000),
    'a field of tomorrow': 1,
  });
  expect(orderFaults(full, known())).toEqual([]);
  expect(orderFaults(order({}, {}, { second_line: 'Apt 4' }), AT_HOME)).toEqual([]);
  expect(orderFaults(order({}, {}, { first_line: '1 Main St Apt', second_line: '4' }), AT_HOME)).toEqual([]);
});

describe('a fault of form', () => {
  test.each<[string, Json]>([
    ['user_id', order({ user_id: '7' })],
    ['order_set.lab_test_ids.0', order({ order_set: { lab_test_ids: ['7'] }, lab_test_id: ID })],
    ['collection_method', order({ collection_method: 'by owl' })],
    ['billing_type', order({ billing_type: 'barter' })],
    ['physician.npi', order({ physician: { first_name: 'Jo', last_name: 'Lee', npi: '123' } })],
    ['aoe_answers.0.answer', order({ aoe_answers: [{ marker_id: 1, question_id: 2, answer: '' }] })],
    ['clinical_notes', order({ clinical_notes: 'x'.repeat(1_001) })],
    ['patient_details.first_name', order({}, { first_name: 'José' })],
    ['patient_details.first_name', order({}, { first_name: ' Ada' })],
    ['patient_details.last_name', order({}, { last_name: 'x'.repeat(51) })],
    ['patient_details.last_name', order({}, { last_name: undefined })],
    ['patient_details.dob', order({}, { dob: '1980-02-30' })],
    ['patient_details.gender', order({}, { gender: 'f' })],
    ['patient_details.phone_number', order({}, { phone_number: '602-555-0123' })],
    ['patient_details.email', order({}, { email: 'ada' })],
    ['patient_details.email', order({}, { email: `a@${'a.'.repeat(100_000)} ` })],
    ['icd_codes', order({ icd_codes: Array(1_000_000).fill(0) })],
    ['patient_address.first_line', order({}, {}, { first_line: '' })],
    ['patient_address.state', order({}, {}, { state: 'Arizona' })],
    ['patient_address.zip', order({}, {}, { zip: '8500' })],
    ['patient_address.access_notes', order({}, {}, { access_notes: 'x'.repeat(1_001) })],
    ['patient_address.phone_number', order({}, {}, { phone_number: '0' })],
  ])('of %s is reported by its path, without the value', (field, body) => {
    expect(fieldsOf(body)).toEqual([field]);
  });

  test('is reported together with all others, including missing fields', () => {
    expect(fieldsOf({ patient_address: {}, order_set: { lab_test_ids: [ID] } }).sort()).toEqual([
      ...['city', 'country', 'first_line', 'state', 'zip'].map((name) => `patient_address.${name}`),
      'patient_details',
      'user_id',
    ]);
    expect(orderFaults([], known())).toEqual([{ field: '', detail: 'The body must be a JSON object.' }]);
    expect(orderFaults(order({ user_id: undefined }, { gender: undefined }), known())).toEqual([
      { field: 'user_id', detail: 'It is missing.' },
      { field: 'patient_details.gender', detail: 'It is missing.' },
    ]);
  });
});

const CHILD = { dob: '2008-03-11' };
const addOn = (fields: Json, method: string | null = 'walk_in_test') =>
  order({ order_set: { add_on: fields }, collection_method: method });

describe('a documented rule', () => {
  test.each<[string, string | null, Json, Circumstances]>([
    ['nothing is ordered', 'order_set', order({ order_set: {} }), known()],
    ['an add-on needs a method', 'collection_method', addOn({ marker_ids: [1] }, null), known()],
    ['an add-on with a method', null, addOn({ marker_ids: [1] }), known()],
    ['marker or provider ids', 'order_set.add_on', addOn({ marker_ids: [1], provider_ids: ['2'] }), known()],
    ['an empty add-on', 'order_set.add_on', addOn({ marker_ids: [] }), known()],
    [
      'several methods',
      'collection_method',
      order(),
      known({ tests: [labTest('walk_in_test'), labTest('testkit')] }),
    ],
    [
      'one lab',
      'order_set.lab_test_ids',
      order(),
      known({ tests: [labTest('testkit'), labTest('testkit', { lab: 'labcorp' })] }),
    ],
    [
      'an order of a delegated account needs a physician',
      'physician',
      order(),
      known({ tests: [labTest('testkit')], labAccounts: [account('1', 'quest', true)] }),
    ],
    [
      'an order that names a delegated account needs a physician',
      'physician',
      order({ lab_account_id: ID }),
      known({ labAccounts: [account(ID, 'quest', true), account('2', 'quest', false)] }),
    ],
    [
      'unanswered questions',
      'aoe_answers',
      order({ aoe_answers: [{ marker_id: 1, question_id: 3, answer: 'no' }] }),
      known({
        tests: [
          labTest('testkit', {
            questions: [2, 3].map((question_id) => ({ marker_id: 1, question_id, text: 'Pregnant?' })),
          }),
        ],
      }),
    ],
    ['insurance needs codes', 'icd_codes', order({ billing_type: 'commercial_insurance' }), known()],
    [
      'codes of the insurance',
      null,
      order({ billing_type: 'commercial_insurance', health_insurance: { diagnosis_codes: ['E11.9'] } }),
      known(),
    ],
    ['born tomorrow, somewhere', null, order({}, { dob: '2026-03-11' }), known()],
    ['born later', 'patient_details.dob', order({}, { dob: '2026-03-12' }), known()],
    ['a minor, whose proxy Junction may know', null, order({}, CHILD), known()],
    ['a minor with a proxy', null, order({}, { ...CHILD, medical_proxy: proxy() }), known()],
    ['a minor at home', 'patient_details.dob', order({}, { ...CHILD, medical_proxy: proxy() }), AT_HOME],
    ['18 today', null, order({}, { dob: '2008-03-10' }), AT_HOME],
    ['18 on the day of the draw', null, order({ activate_by: '2026-03-11' }, CHILD), AT_HOME],
    ['activated in the past', 'activate_by', order({ activate_by: '2026-03-09' }), known()],
    ['no street number', 'patient_address.first_line', order({}, {}, { first_line: 'Main St' }), AT_HOME],
    ['an avenue', 'patient_address.first_line', order({}, {}, { first_line: '5th Avenue' }), AT_HOME],
    ['a unit alone', 'patient_address.first_line', order({}, {}, { first_line: 'Main St Apt 4' }), AT_HOME],
    ['both numbers', null, order({}, {}, { first_line: 'Unit 4, N6W23 5th Avenue' }), AT_HOME],
    ['a post box', 'patient_address.first_line', order({}, {}, { first_line: 'P.O. Box 7' }), AT_HOME],
    ['only at home', null, order({}, {}, { first_line: 'P.O. Box 7' }), known()],
    [
      'a unit without number',
      'patient_address.first_line',
      order({}, {}, { first_line: '1 Main St Apt.' }),
      AT_HOME,
    ],
    [
      'a unit without number',
      'patient_address.second_line',
      order({}, {}, { second_line: 'Unit #' }),
      AT_HOME,
    ],
    ['a street that ends like a unit', null, order({}, {}, { first_line: '1 Ste Marie' }), AT_HOME],
    [
      'a ZIP that nobody serves',
      'patient_address.zip',
      order(),
      { ...AT_HOME, homeService: { served: false, booking: [], request: [] } },
    ],
    ['a ZIP that could not be looked up', null, order(), { ...AT_HOME, homeService: null }],
  ])('%s: %s', (_, field, body, circumstances) => {
    expect(fieldsOf(body, circumstances)).toEqual(field === null ? [] : [field]);
  });
});

function proxy(): Json {
  return { first_name: 'Eve', last_name: 'Okafor', phone_number: '+16025550123' };
}
