import type {
  AppointmentProvider,
  ClientFacingOrder,
  OrderStatusDetail,
} from '@junction-api/sdk/serialization';
import { type Appointment, renderAppointment } from './appointment.ts';
import type { Dialect } from './dialect.ts';
import { labTestOf, type Modality } from './lab-tests.ts';
import { highLevelOf } from './lifecycle.ts';
import { newestEvent, type Order, renderOrder, type Transaction } from './order.ts';
import type { Patient } from './patient.ts';
import type { Random } from './random.ts';
import { HOUR, type Instant, MINUTE, spellTime } from './time.ts';

/** Something Junction sends a webhook about, in the documented spelling. */
export interface Moment {
  at: Instant;
  eventType: string;
  orderId: string | null;
  /** False when the order's events are the same as in the webhook before it. */
  hasNewEvent: boolean;
  body: { event_type: string; data: object } & Record<string, unknown>;
}

/** An order as Junction's API would answer from `at` on. */
export interface Known {
  at: string;
  clientUserId: string;
  order: ClientFacingOrder.Raw;
}

interface Placing {
  modality: Modality;
  origin?: Order['origin'];
  parent?: Order;
  first?: string;
  /** Send `labtest.order.created` now (default), or not: the order exists, nobody is told. */
  announce?: boolean;
}

interface Move {
  detail?: OrderStatusDetail.Raw;
  /** False: Junction knows, but sends no webhook (partial results, for teams that did not opt in). */
  announce?: boolean;
}

/**
 * One patient's dealings with the lab, told step by step. A script calls these steps; the story keeps
 * Junction's state, its clock, and every webhook it would have sent on the way.
 */
export class Story {
  readonly moments: Moment[] = [];
  readonly known: Known[] = [];
  readonly random: Random;
  now: Instant;
  readonly transaction: Transaction;
  readonly #dialect: Dialect;
  readonly #patient: Patient;
  readonly #clientUserId: string;
  /** Where the dialect decides how much is drawn: so the rest of the story is the same in every dialect. */
  readonly #own: Random;
  #userId: string;
  #eventId: number;

  constructor(
    random: Random,
    settings: { startAt: Instant; dialect: Dialect; patient: Patient; teamId: string },
  ) {
    this.random = random;
    this.#dialect = settings.dialect;
    this.#patient = settings.patient;
    this.now = settings.startAt;
    this.#userId = random.uuid();
    this.#own = random.fork('dialect');
    this.#clientUserId =
      settings.dialect.clientUserId === 'uuid' ? this.#own.uuid() : `clinic-7/patient ${this.#own.digits(5)}`;
    this.#eventId = random.int(100_000, 9_000_000);
    this.transaction = { id: random.uuid(), teamId: settings.teamId, orders: [], reported: null };
  }

  /** Lets time pass: between `from` and `to` microseconds, to the precision of the dialect's clock. */
  wait(from: Instant, to: Instant = from * 1.3): void {
    const tick = this.#dialect.clockTick;
    const seconds = this.random.int(Math.floor(from / 1_000_000), Math.floor(to / 1_000_000));
    const second = Math.floor(this.now / 1_000_000) + seconds;
    this.now = second * 1_000_000 + this.#own.int(0, 1_000_000 / tick - 1) * tick;
  }

  place({ modality, origin = 'initial', parent, first = 'ordered', announce = true }: Placing): Order {
    const order: Order = {
      id: this.random.uuid(),
      modality,
      origin,
      parentId: parent?.id ?? null,
      labTest: parent?.labTest ?? labTestOf(this.random, modality),
      detailsId: this.random.uuid(),
      createdAt: this.now,
      updatedAt: this.now,
      userId: this.#userId,
      events: [],
      appointmentId: null,
      resultsExpectedAt: null,
      resultsWorstCaseAt: null,
      hasMissingResults: null,
      interpretation: null,
      activateBy: null,
    };
    this.transaction.orders.push(order);
    this.#append(order, first, null);
    this.#learn(order);
    if (announce) this.announce(order, true);
    return order;
  }

  move(order: Order, low: string, { detail, announce = true }: Move = {}): void {
    if (this.#dialect.unknownEvent && low === 'requisition_created') this.#validate(order);
    this.#append(order, low, detail ?? null);
    this.#learn(order);
    if (announce) this.announce(order, true);
  }

  /** Something about the order changes without an event of its own, and Junction says so. */
  change(order: Order, fields: Partial<Order>): void {
    Object.assign(order, fields, { updatedAt: this.now });
    this.#learn(order);
    this.announce(order, false);
  }

  /** Sends the order as it stands. */
  announce(order: Order, hasNewEvent = false): void {
    const eventType = order.events.length === 1 ? 'labtest.order.created' : 'labtest.order.updated';
    this.#send(eventType, order, hasNewEvent, renderOrder(order, this.transaction, this.#patient));
  }

  /** Only what Junction knows changes; no webhook. */
  report(status: Transaction['reported']): void {
    this.transaction.reported = status;
    for (const order of this.transaction.orders) this.#learn(order);
  }

  /** Books an appointment `ahead` microseconds from now and announces it. */
  book(order: Order, provider: AppointmentProvider.Raw, ahead: Instant): Appointment {
    const appointment: Appointment = {
      id: this.random.uuid(),
      orderId: order.id,
      transactionId: this.transaction.id,
      type: provider === 'quest' || provider === 'sonora_quest' ? 'patient_service_center' : 'phlebotomy',
      provider,
      providerId: this.random.digits(7),
      status: 'pending',
      eventStatus: 'pending',
      startAt: null,
      events: [{ at: this.now, status: 'pending', data: null }],
    };
    order.appointmentId = appointment.id;
    this.#tell('labtest.appointment.created', order, appointment);
    this.wait(MINUTE, 20 * MINUTE);
    const startAt = Math.floor((this.now + ahead) / HOUR) * HOUR;
    this.reschedule(order, appointment, { status: 'confirmed', eventStatus: 'scheduled', startAt });
    return appointment;
  }

  reschedule(
    order: Order,
    appointment: Appointment,
    change: Partial<Pick<Appointment, 'status' | 'eventStatus' | 'startAt'>>,
  ): void {
    Object.assign(appointment, change);
    appointment.events.push({ at: this.now, status: appointment.eventStatus, data: null });
    this.#tell('labtest.appointment.updated', order, appointment);
  }

  critical(order: Order): void {
    this.#send('labtest.result.critical', order, false, {
      order_id: order.id,
      sample_id: this.#patient.sampleId,
      status: newestEvent(order).low === 'partial_results' ? 'partial' : 'final',
      interpretation: 'critical',
      team_id: this.transaction.teamId,
      user_id: order.userId,
      created_at: spellTime(this.now),
      updated_at: spellTime(this.now),
    });
  }

  matchReview(change: 'created' | 'updated', data: object): void {
    const eventType = `labtest.match_review.${change}`;
    const body = { event_type: eventType, team_id: this.transaction.teamId, data };
    this.moments.push({ at: this.now, eventType, orderId: null, hasNewEvent: false, body });
  }

  /** An event of another kind about the same person, such as a wearable's. */
  other(eventType: string, data: object): void {
    this.#send(eventType, null, false, data);
  }

  registerKitTo(order: Order): void {
    this.#userId = this.random.uuid();
    order.userId = this.#userId;
  }

  #validate(order: Order): void {
    this.#append(order, 'eligibility_verified', null, 'received');
    this.#learn(order);
    this.announce(order, true);
    this.now += this.#own.int(1, 10) * MINUTE;
  }

  #append(
    order: Order,
    spelledLow: string,
    detail: OrderStatusDetail.Raw | null,
    spelledHigh?: string,
  ): void {
    const low = spelledLow === 'registered' ? this.#dialect.kitRegistered : spelledLow;
    const isOnSiteDraw = low === 'draw_completed' && order.modality === 'on_site_collection';
    const high = isOnSiteDraw ? this.#dialect.onSiteDraw : (spelledHigh ?? highLevelOf(order.modality, low));
    order.events.push({ id: this.#nextEventId(order), at: this.now, high, low, detail });
    order.updatedAt = this.now;
  }

  /** The published on-site example numbers its events 1, 2, 33, 4, 5. */
  #nextEventId(order: Order): number {
    const position = order.events.length + 1;
    if (this.#dialect.eventIds === 'as_published') return position === 3 ? 33 : position;
    this.#eventId += this.#own.int(1, 400);
    return this.#eventId;
  }

  #learn(order: Order): void {
    this.known.push({
      at: spellTime(this.now),
      clientUserId: this.#clientUserId,
      order: renderOrder(order, this.transaction, this.#patient),
    });
  }

  #tell(eventType: string, order: Order, appointment: Appointment): void {
    this.#send(eventType, order, false, renderAppointment(appointment, order.userId, this.#patient));
  }

  #send(eventType: string, order: Order | null, hasNewEvent: boolean, data: object): void {
    const body = {
      event_type: eventType,
      user_id: order?.userId ?? this.#userId,
      client_user_id: this.#clientUserId,
      team_id: this.transaction.teamId,
      data,
    };
    this.moments.push({ at: this.now, eventType, orderId: order?.id ?? null, hasNewEvent, body });
  }
}
