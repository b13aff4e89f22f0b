/**
 * Orders that are placed, booked and cancelled over HTTP, with patient data in every field of every route: from the order to its
 * results, where Junction refuses, and where it answers after the function has given up.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { LAB_TESTS } from '../../tools/sandbox/junction/ordering/lab-catalogue.ts';
import { SANDBOX_API_KEY, type Sandbox, type SandboxOptions } from '../../tools/sandbox/server.ts';
import { canaries } from '../../tools/sandbox/world/patient.ts';
import { PATIENT } from '../../tools/verification/oracle/bodies.ts';
import { orderingUser, orderRequest } from '../order-request.ts';
import { type Answer, call } from './http-call.ts';
import { ALL_SCOPES, token } from './query/calls.ts';

const [, BORN = ''] = canaries(PATIENT);
/** The telephone number of these patients. It cannot hold the name. */
export const PHONE = '+16025559876';
/** What Junction quotes when it refuses. */
const SAID = `${PATIENT}, born ${BORN}, at ${PHONE}`;
const REFUSALS = [
  { status: 400, body: { detail: SAID } },
  { status: 500, body: { detail: SAID } },
];
/** Longer than the function waits for one answer (ms). */
const TOO_LATE = 12_000;

type Fault = ReturnType<NonNullable<SandboxOptions['fault']>>;

/** How Junction refuses what would change something; null if it does not. For `fault` of the sandbox. */
let refusal: Fault = null;
export const refusing = ({ method }: { method: string }): Fault => (method === 'GET' ? null : refusal);

let users = 0;

const AT_HOME = LAB_TESTS.find(({ method }) => method === 'at_home_phlebotomy')?.id ?? '';

/** Patient data in every field that can hold it. */
function canaryRequest() {
  users += 1;
  return orderRequest(orderingUser(users), AT_HOME, {
    patient: {
      first_name: PATIENT,
      last_name: PATIENT,
      dob: BORN,
      phone_number: PHONE,
      email: `${PATIENT}@example.com`,
    },
    address: {
      first_line: `4711 ${PATIENT} Row`,
      second_line: `Unit 7 ${PATIENT}`,
      city: PATIENT,
      receiver_name: PATIENT,
      access_notes: PATIENT,
      phone_number: PHONE,
    },
    fields: {
      passthrough: PATIENT,
      clinical_notes: PATIENT,
      physician: { first_name: PATIENT, last_name: PATIENT, npi: '1234567893' },
      aoe_answers: [{ marker_id: 1, question_id: 1, answer: PATIENT }],
      consents: [{ consentType: 'hipaa-authorization', version: PATIENT }],
    },
  });
}

const REASON = { cancellation_reason_id: '7dfd7da5-ed6e-40bb-a7e4-c8003f0c10a9', notes: PATIENT };

interface Placed {
  order: { id: string };
  transaction: { id: string };
}

export class Ordering {
  /** The answers that hold no patient data, whatever was asked. */
  readonly answers: Answer[] = [];
  readonly #url: string;
  readonly #sandbox: Sandbox;
  readonly #token: string;
  #slots = 0;

  static async open(url: string, sandbox: Sandbox): Promise<Ordering> {
    return new Ordering(
      url,
      sandbox,
      await token(url, `${ALL_SCOPES} orders/place appointments/write portal/link`),
    );
  }

  private constructor(url: string, sandbox: Sandbox, accessToken: string) {
    this.#url = url;
    this.#sandbox = sandbox;
    this.#token = accessToken;
  }

  /** All of it. Throws where an answer is not the expected one. */
  async run(): Promise<void> {
    await this.#fromOrderToResults();
    const { id, keys } = await this.#bookable();
    for (const one of REFUSALS) await this.#refused(one, id, keys[0]);
    await this.#answeredTooLate();
  }

  async #fromOrderToResults(): Promise<void> {
    const body = canaryRequest();
    const [first, second] = [await this.#place('whole', body), await this.#place('whole', body)];
    const { order, transaction } = first.json as Placed;
    expect([first.status, second.status, (second.json as Placed).order.id]).toEqual([201, 201, order.id]);
    expect((await this.#place('whole', canaryRequest())).status).toBe(422);
    await this.#simulate(order.id, 'received.at_home_phlebotomy.requisition_created');
    const [one, other] = await this.#free(order.id);
    expect((await this.#appointment('POST', order.id, one)).status).toBe(201);
    expect((await this.#appointment('PATCH', order.id, other)).status).toBe(200);
    const link = await this.#ask('POST', `/v1/orders/${order.id}/portal-link`, { context: 'launch' });
    expect([link.status, link.json]).toEqual([200, { url: expect.any(String), expires_in: 600 }]);
    await this.#simulate(order.id, 'completed.at_home_phlebotomy.completed');
    await this.#until(`/v1/transactions/${transaction.id}`, { outcome: 'results_complete' });
    const results = await this.#call('GET', `/v1/orders/${order.id}/results`);
    expect([results.status, results.text.includes(PATIENT)]).toEqual([200, true]);
  }

  async #refused(how: Fault, id: string, key: string | undefined): Promise<void> {
    refusal = how;
    const answers = [
      await this.#place(`refused-${how?.status}`, canaryRequest()),
      await this.#appointment('POST', id, key),
      await this.#ask('POST', `/v1/orders/${id}/appointment`, {
        provider: 'phlebfinders',
        appointment_notes: PATIENT,
      }),
      await this.#appointment('PATCH', id, key),
      await this.#ask('DELETE', `/v1/orders/${id}/appointment`, REASON),
      await this.#ask('POST', `/v1/orders/${id}/cancel`),
      await this.#ask('GET', `/v1/orders/${id}/appointment/availability`),
      await this.#ask('POST', `/v1/orders/${id}/portal-link`, { context: 'launch' }),
    ];
    refusal = null;
    this.answers.push(...answers);
    expect(answers.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
  }

  /** As many requests as the local stack gives to a function at a time, so that they take as long as the longest. */
  async #answeredTooLate(): Promise<void> {
    const [booked, moved, cancelled] = await Promise.all([
      this.#bookable(),
      this.#bookable(),
      this.#bookable(),
    ]);
    await this.#appointment('POST', moved.id, moved.keys[0]);
    const order = canaryRequest();
    const statuses = await Promise.all([
      this.#late(order.user_id, () => this.#place('late', order)),
      this.#late(booked.id, () => this.#appointment('POST', booked.id, booked.keys[0])),
      this.#late(moved.id, () => this.#appointment('PATCH', moved.id, moved.keys[1])),
      this.#late(cancelled.id, () => this.#ask('POST', `/v1/orders/${cancelled.id}/cancel`)),
    ]);
    // A change that succeeded is found by repeating the request or by querying. Otherwise the API reports it as open.
    expect(statuses).toEqual([201, 201, 504, 200]);
  }

  /** Asks while Junction does at once what it is asked to about this id, and answers the first time too late, except to GET. */
  async #late(about: string, ask: () => Promise<Answer>): Promise<number> {
    for (const route of ['POST /v3/order*', 'PATCH /v3/order*']) {
      this.#sandbox.faults.add({ fault: 'late_answer', delayMs: TOO_LATE, route, about, times: 1 });
    }
    return (await ask()).status;
  }

  async #bookable(): Promise<{ id: string; keys: string[] }> {
    const { json } = await this.#place(`bookable-${users}`, canaryRequest());
    const { id } = (json as Placed).order;
    await this.#simulate(id, 'received.at_home_phlebotomy.requisition_created');
    return { id, keys: await this.#free(id) };
  }

  /** The keys of slots that no other order of these tests takes. */
  async #free(id: string): Promise<string[]> {
    const { json } = await this.#ask('GET', `/v1/orders/${id}/appointment/availability`);
    const { slots } = json as { slots: { slots: { booking_key: string }[] }[] };
    this.#slots += 2;
    const keys = slots.flatMap((day) => day.slots.map(({ booking_key }) => booking_key));
    return keys.slice(this.#slots, this.#slots + 2);
  }

  #appointment(method: 'POST' | 'PATCH', id: string, key: string | undefined): Promise<Answer> {
    const body = { booking_key: key, appointment_notes: PATIENT };
    return this.#ask(method, `/v1/orders/${id}/appointment`, body);
  }

  /** The answer to a placed order is Junction's order. The key is the caller's, and may name anybody. */
  #place(key: string, body: object): Promise<Answer> {
    return this.#call('POST', '/v1/orders', body, { 'idempotency-key': `${PATIENT}-${key}` });
  }

  async #ask(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await this.#call(method, path, body);
    this.answers.push(answer);
    return answer;
  }

  #call(method: string, path: string, body?: object, headers = {}): Promise<Answer> {
    return call(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /** Junction moves an order on, and sends webhooks. */
  async #simulate(id: string, status: string): Promise<void> {
    const { status: answered } = await call(
      `${this.#sandbox.url}/v3/order/${id}/test?final_status=${status}&delay=0`,
      { method: 'POST', headers: { 'x-vital-api-key': SANDBOX_API_KEY } },
    );
    expect(answered).toBe(200);
  }

  async #until(path: string, expected: object): Promise<void> {
    for (;;) {
      const { json } = await this.#ask('GET', path);
      try {
        expect(json).toMatchObject(expected);
        return;
      } catch {
        await sleep(200);
      }
    }
  }
}
