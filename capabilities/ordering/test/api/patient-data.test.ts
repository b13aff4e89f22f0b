/** Requests to the ordering routes contain patient data. It is passed to Junction and back to the caller, and nowhere else. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asked } from '../../../../test/core/api/scene/query-api.ts';
import type { SandboxOptions } from '../../../../tools/sandbox/server.ts';
import { canaries } from '../../../../tools/sandbox/world/patient.ts';
import { PATIENT } from '../../../../tools/verification/oracle/bodies.ts';
import { type OrderingWorld, openOrderingWorld, orderRequest } from './ordering-world.ts';

const [, BORN = ''] = canaries(PATIENT);
const PHONE = '+16025559876';
const STREET = '4711 Canary Row';
const CANARIES = [...canaries(PATIENT), PHONE, STREET];

/** A valid order with patient data in every field that takes any. */
const ordered = () => ({
  ...orderRequest(
    'at_home_phlebotomy',
    {
      first_name: PATIENT,
      last_name: PATIENT,
      dob: BORN,
      phone_number: PHONE,
      email: `${PATIENT}@example.com`,
    },
    {
      first_line: STREET,
      second_line: `Unit 7 ${PATIENT}`,
      city: PATIENT,
      receiver_name: PATIENT,
      access_notes: PATIENT,
      phone_number: PHONE,
    },
  ),
  passthrough: PATIENT,
  clinical_notes: PATIENT,
  physician: { first_name: PATIENT, last_name: PATIENT, npi: '1234567893' },
  aoe_answers: [{ marker_id: 1, question_id: 1, answer: PATIENT }],
  consents: [{ consentType: 'hipaa-authorization', version: PATIENT }],
});

/** Junction quotes what it was sent, or knows, in all its ways of refusing. */
const said = `${PATIENT}, born ${BORN}, of ${STREET}, at ${PHONE} or ${PATIENT}@example.com`;
const invalid = { loc: ['body', 'patient_details', 'dob'], msg: said, type: 'value_error', input: said };
const REFUSALS: Record<string, { status: number; body?: unknown; delayMs?: number }> = {
  'a sentence': { status: 400, body: { detail: said } },
  'a message': { status: 400, body: { error: said, message: said, status_code: 400 } },
  'a conflict': { status: 409, body: { detail: said } },
  'invalid fields': { status: 422, body: { detail: [invalid] } },
  'invalid fields with odd names': {
    status: 422,
    body: {
      detail: [
        { ...invalid, loc: ['body', PATIENT] },
        { ...invalid, type: PATIENT },
      ],
    },
  },
  'an error of its own': { status: 500, body: { detail: said } },
  'an odd answer': { status: 200, body: { order: said } },
  'an answer that comes too late': { status: 400, body: { detail: said }, delayMs: 900 },
};

let refusal: ReturnType<NonNullable<SandboxOptions['fault']>> = null;
let world: OrderingWorld;
beforeAll(async () => {
  world = await openOrderingWorld({}, ({ method }) => (method === 'GET' ? null : refusal));
});
afterAll(() => world.close());

async function expectNone(answers: readonly Asked[] = [], api = world.api): Promise<void> {
  const { table, audited, faults } = api;
  const { Items } = await table.client.send(new ScanCommand({ TableName: table.name }));
  const kept = JSON.stringify(
    [Items, audited, faults.map(String), answers.map(({ text }) => text)],
    (_, value) => (value instanceof Set ? [...value] : value),
  );
  expect(CANARIES.filter((canary) => kept.includes(canary))).toEqual([]);
  expect(faults).toEqual([]);
}

const ask = (method: string, path: string, body?: unknown) =>
  world.api.ask(method, `/v1/orders/${path}`, body === undefined ? {} : { body });

describe('patient data is kept nowhere', () => {
  test('when an order is placed, repeated and refused here', async () => {
    const body = ordered();
    const key = `${PATIENT}-key`;
    const placed = await world.place(key, body);
    expect([placed.status, placed.text.includes(PATIENT)]).toEqual([201, true]);
    expect((await world.place(key, body)).status).toBe(201);
    const other = await world.place(key, { ...body, passthrough: 'another' });
    const wrong = { ...body, patient_details: { first_name: `${PATIENT}!`, dob: said, gender: PATIENT } };
    const refused = await world.place('wrong', { ...wrong, [PATIENT]: PATIENT, consents: [PATIENT] });
    expect([other.status, refused.status]).toEqual([422, 400]);
    await expectNone([other, refused]);
  });

  test.each(Object.entries(REFUSALS))('when Junction refuses with %s', async (kind, answer) => {
    refusal = null;
    const { json } = await world.place(`before-${kind.replaceAll(' ', '-')}`, ordered());
    const { id } = json.order as { id: string };
    await world.simulate(id, 'received.at_home_phlebotomy.requisition_created');
    const { json: free } = await ask('GET', `${id}/appointment/availability`);
    refusal = answer;
    // Gives up before the answer that comes too late.
    const api = answer.delayMs ? world.api.as({ junction: world.junction, timeLeft: 8_500 }) : world.api;
    const refused = (method: string, path: string, body?: unknown) =>
      api.ask(method, `/v1/orders${path}`, body === undefined ? {} : { body });
    const [day] = free.slots as unknown as { slots: { booking_key: string }[] }[];
    const slot = { booking_key: day?.slots[0]?.booking_key, appointment_notes: PATIENT };
    const headers = { 'idempotency-key': `refused-${kind.replaceAll(' ', '-')}` };
    const answers = [
      await api.ask('POST', '/v1/orders', { body: ordered(), headers }),
      await refused('POST', `/${id}/appointment`, slot),
      await refused('POST', `/${id}/appointment`, { provider: 'phlebfinders', appointment_notes: PATIENT }),
      await refused('PATCH', `/${id}/appointment`, slot),
      await refused('DELETE', `/${id}/appointment`, { cancellation_reason_id: PATIENT, notes: PATIENT }),
      await refused('POST', `/${id}/cancel`),
      await refused('GET', `/${id}/appointment/availability`),
      await refused('POST', `/${id}/portal-link`, { context: 'launch' }),
    ];
    refusal = null;
    expect(answers.filter(({ status }) => status < 400)).toEqual([]);
    await expectNone(answers, api);
  });
});

test("a link to the patient's portal is passed on, and kept nowhere", async () => {
  refusal = null;
  const { json } = await world.place('linked', ordered());
  const { id } = json.order as { id: string };
  refusal = { status: 200, body: { url: `https://portal.example.com/${PATIENT}`, expires_in: 600 } };
  const link = await ask('POST', `${id}/portal-link`, { context: 'launch' });
  refusal = null;
  expect([link.status, link.json]).toEqual([200, { url: expect.stringContaining(PATIENT), expires_in: 600 }]);
  await expectNone();
});

test('a refused field is named, and a sentence shown if it is known to quote nobody', async () => {
  refusal = REFUSALS['invalid fields'] ?? null;
  const fields = await world.place('fields', ordered());
  expect([fields.status, fields.json.errors]).toEqual([
    400,
    [{ field: 'patient_details.dob', detail: 'Junction finds it invalid: value_error.' }],
  ]);
  const about = async (detail: string) => {
    refusal = { status: 400, body: { detail } };
    const { json } = await world.place(`about-${detail.length}`, ordered());
    return json.detail;
  };
  const known = [
    'This appointment slot is no longer available. Please select a new time.',
    'Transition from partial_results to cancelled is not allowed.',
    'Lab test 6b9fcec2-b36f-4679-ac16-d0fda96fe90f not found.',
  ];
  for (const sentence of known) expect(await about(sentence)).toBe(`Junction refused the order: ${sentence}`);
  expect(await about(`Invalid ICD code: ${PATIENT}`)).toBe('Junction refused the order: Invalid ICD code.');
  const unknown = [
    'The e-mail address belongs to Margarethe Zebedee.',
    'Transition from margarethe to cancelled is not allowed',
    `Order not found${' '.repeat(300)}.`,
    'Order not found for Margarethe',
  ];
  for (const sentence of unknown)
    expect(await about(sentence)).toBe('Junction refused the order (HTTP 400).');
  refusal = null;
});
