/** The use cases of ordering on a table in memory, against the sandbox in this process. */
import { vi } from 'vitest';
import type { OrderRecord } from '../../../../core/domain/order/order-record.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import type { Table } from '../../../../core/store/table.ts';
import { PROGRAM } from '../../../../test/callers.ts';
import { CLOCKS } from '../../../../test/clocks.ts';
import { orderingUser, orderRequest } from '../../../../test/order-request.ts';
import { answerOf } from '../../../../tools/sandbox/api/routes.ts';
import { CANCELLATION_REASONS } from '../../../../tools/sandbox/junction/booking/appointments.ts';
import { type Junction, junction } from '../../../../tools/sandbox/junction/junction.ts';
import { LAB_TESTS } from '../../../../tools/sandbox/junction/ordering/lab-catalogue.ts';
import { random } from '../../../../tools/sandbox/random.ts';
import { isActive } from '../../../../tools/sandbox/world/appointment.ts';
import { MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import { AnswerCache } from '../../junction/answer-cache.ts';
import { OrderingClient } from '../../junction/ordering-client.ts';
import {
  bookAppointment,
  cancelAppointment,
  rescheduleAppointment,
} from '../../use-cases/book-appointment.ts';
import { cancelOrder } from '../../use-cases/cancel-order.ts';
import type { OrderingContext } from '../../use-cases/ordering-context.ts';
import { placeOrder } from '../../use-cases/place-order.ts';

/** Comes before every access to the table and every request to Junction. It decides when, and whether, it happens. */
export type Step = (what: () => Promise<unknown>, of: string) => Promise<unknown>;

const AT_ONCE: Step = (what) => what();
const CALLER = { subject: null, client_id: 'program', name: null };

/** Orders that no other test has, by Junction's own list. */
const EVERYTHING = {
  orderIds: [],
  transactionId: null,
  userId: null,
  statuses: [],
  modalities: [],
  interpretation: null,
  isCritical: null,
  activations: [],
  createdFrom: null,
  createdTo: null,
  updatedFrom: null,
  updatedTo: null,
  patientName: null,
  receiverName: null,
  search: null,
  key: 'created_at' as const,
  ascending: true,
};

const labTestOf = (method: string) => LAB_TESTS.find((one) => one.method === method)?.id ?? '';

export const requestOf = (user: number, method = 'walk_in_test', zip = '85004') =>
  orderRequest(orderingUser(user), labTestOf(method), { address: { zip } });

export class OrderingScene {
  readonly memory = new MemoryTable();
  readonly junction: Junction;
  /** Junction documents the route of an appointment for the active one. It may have none of one that is over. */
  hidesEnded = false;
  /** What Junction said when it refused. */
  readonly refusals: string[] = [];
  /** The webhooks that Junction has sent. */
  readonly webhooks: unknown[] = [];

  constructor() {
    this.junction = junction([], {
      source: random('ordering'),
      send: ({ body }) => void this.webhooks.push(structuredClone(body)),
    });
    this.junction.setClock(new Date('2026-03-10T12:00:00Z'));
  }

  get now(): Date {
    return new Date(this.junction.now() / 1_000);
  }

  /** A function whose every step goes through `step`. */
  context(step: Step = AT_ONCE): OrderingContext {
    const send = (command: unknown) =>
      step(() => this.memory.client.send(command as never), command?.constructor.name ?? '');
    const table: Table = { name: 'memory', client: { send } as unknown as Table['client'] };
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => this.#fetch(url, init));
    return {
      table,
      teamId: null,
      team: null,
      caller: PROGRAM,
      projection: { table, clocks: CLOCKS, pause: async () => undefined },
      junction: new OrderingClient({
        baseUrl: 'http://junction',
        // The requests of each function pass its own steps.
        apiKey: this.#register(step),
        clock: () => this.now,
        timeLeft: () => 20_000,
        attempts: 1,
        pause: async () => undefined,
      }),
      catalogue: new AnswerCache(),
      labAccounts: new AnswerCache(),
      homeServices: new AnswerCache(),
      clock: () => this.now,
    };
  }

  readonly #steps: Step[] = [];

  #register(step: Step): string {
    this.#steps.push(step);
    return String(this.#steps.length - 1);
  }

  async #fetch(url: string, { method = 'GET', headers, body }: RequestInit): Promise<Response> {
    const { pathname, searchParams } = new URL(url);
    const sent = headers as Record<string, string>;
    const step = this.#steps[Number(sent['x-vital-api-key'])] ?? AT_ONCE;
    const request = {
      method,
      path: pathname,
      query: searchParams,
      headers: sent,
      body: body === undefined || body === null ? undefined : JSON.parse(String(body)),
    };
    const answer = (await step(async () => this.#answerOf(request), `${method} ${pathname}`)) as ReturnType<
      typeof answerOf
    >;
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  }

  #answerOf(request: Parameters<typeof answerOf>[1]): ReturnType<typeof answerOf> {
    const answer = answerOf({ junction: this.junction, resend: () => undefined }, request);
    if (answer.status >= 400) this.refusals.push(JSON.stringify(answer.body));
    const isOver =
      /\/appointment$/.test(request.path) && answer.status === 200 && !isActive(answer.body as Booked);
    return isOver && this.hidesEnded ? { status: 404, body: { detail: 'Appointment not found' } } : answer;
  }

  place(key: string, body: unknown, step?: Step) {
    return placeOrder(this.context(step), { key, body, caller: CALLER });
  }

  book(orderId: string, bookingKey: string, step?: Step) {
    return bookAppointment(this.context(step), orderId, { booking_key: bookingKey });
  }

  request(orderId: string, step?: Step) {
    return bookAppointment(this.context(step), orderId, { provider: 'phlebfinders' });
  }

  reschedule(orderId: string, bookingKey: string, step?: Step) {
    return rescheduleAppointment(this.context(step), orderId, { booking_key: bookingKey });
  }

  cancelAppointment(orderId: string, step?: Step) {
    return cancelAppointment(this.context(step), orderId, { cancellation_reason_id: REASON });
  }

  cancel(orderId: string, step?: Step) {
    return cancelOrder(this.context(step), orderId);
  }

  /** An order with a requisition. */
  async placed(key: string, user: number, method = 'walk_in_test'): Promise<string> {
    const { order } = await this.place(key, requestOf(user, method));
    this.makeRequisition(String(order.id));
    return String(order.id);
  }

  /** From then on, Junction books the order. */
  makeRequisition(orderId: string): void {
    this.junction.changes.simulate(orderId, 'requisition_created', 0, FLAGS);
  }

  /** The keys of slots that no appointment has taken yet. */
  async slots(lab: 'quest' | 'home' = 'quest'): Promise<string[]> {
    const place = { zip: '85004', lab: 'quest', address: HOME };
    const { slots } = await this.context().junction.availability(
      lab === 'home' ? 'phlebotomy' : 'psc',
      place,
      null,
    );
    return slots.flatMap((day) => day.slots.map(({ booking_key }) => String(booking_key)));
  }

  readOrder(id: string): Promise<OrderRecord | null> {
    return readOrder(this.memory, id);
  }

  get ordersAtJunction() {
    return this.junction.orders(EVERYTHING);
  }

  /** The active appointments at Junction by patient and provider, as the sandbox itself knows them. */
  get activeAppointments(): string[] {
    return this.ordersAtJunction.flatMap(({ id, user_id }) => {
      const appointment = this.junction.appointment(id);
      return appointment && isActive(appointment) ? [`${user_id} ${appointment.provider}`] : [];
    });
  }

  end(): void {
    vi.unstubAllGlobals();
  }
}

type Booked = Parameters<typeof isActive>[0];
const REASON = CANCELLATION_REASONS[0]?.id ?? '';
const FLAGS = { interpretation: 'normal' as const, resultTypes: null, hasMissingResults: false };
const HOME = {
  first_line: '1 Main St',
  second_line: null,
  city: 'Phoenix',
  state: 'AZ',
  zip_code: '85004',
  access_notes: null,
};
