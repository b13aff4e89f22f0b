import type {
  AppointmentProvider,
  ClientFacingLabTest,
  OrderStatusDetail,
} from '@junction-api/sdk/serialization';
import type { Random } from '../random.ts';
import { HOUR, type Instant, MINUTE, spellTime } from '../time.ts';
import {
  type Appointment,
  type AppointmentChange,
  newAppointment,
  updateAppointment,
} from './appointment.ts';
import type { Dialect } from './dialect.ts';
import { type LabSlug, labTestOf, type Modality } from './lab-tests.ts';
import { Ledger, type Parties } from './ledger.ts';
import { highLevelOf } from './lifecycle.ts';
import type { MatchReview } from './match-review.ts';
import { newestEvent, type Order, type Transaction } from './order.ts';
import { panelOf } from './panel.ts';
import type { Patient } from './patient.ts';
import type { StageSpan } from './redraw-stages.ts';

interface Placing {
  modality: Modality;
  origin?: Order['origin'];
  parent?: Order;
  first?: string;
  /** By default the user of the story. */
  userId?: string;
  /** By default that of the parent, or a random one of the modality. */
  labTest?: ClientFacingLabTest.Raw;
  billing?: Order['billing'];
  /** The day before which nothing happens to the order. */
  activateBy?: Instant;
  /** Whether to send `labtest.order.created`; true by default. Without it, the order exists unannounced. */
  announce?: boolean;
}

interface Move {
  detail?: OrderStatusDetail.Raw;
  /** False: Junction knows it but sends no webhook (partial results, for teams that did not opt in). */
  announce?: boolean;
}

interface StorySettings {
  startAt: Instant;
  dialect: Dialect;
  patient: Patient;
  teamId: string;
  /** By default random ones. */
  user?: { userId: string; clientUserId: string };
  /** The script is interrupted before anything later than this. */
  until?: Instant;
}

/** Stops a script at the end time of the story. */
export class StoryPaused extends Error {}

/**
 * One patient's orders at the lab, step by step. A script calls the steps; the story keeps Junction's state and clock and
 * records every webhook that Junction sends. After its script has ended or was interrupted, it can be continued by hand.
 */
export class Story {
  readonly random: Random;
  readonly ledger: Ledger;
  readonly dialect: Dialect;
  /** The lab of its walk-in orders; null for any. Junction books service centers of Quest only. */
  lab: LabSlug | null = null;
  /** The stage in which the script stalls the redraw. */
  stall: StageSpan | null = null;
  readonly appointments: Appointment[] = [];
  #now: Instant;
  #until: Instant;
  readonly #parties: Parties;
  /** A stream of its own for draws that depend on the dialect, so that the rest is the same in every dialect. */
  readonly #own: Random;
  #eventId: number;

  constructor(random: Random, settings: StorySettings) {
    const { dialect, patient, teamId, until = Infinity } = settings;
    this.random = random;
    this.dialect = dialect;
    this.#now = settings.startAt;
    this.#until = until;
    const userId = random.uuid();
    this.#own = random.fork('dialect');
    const clientUserId =
      dialect.clientUserId === 'uuid' ? this.#own.uuid() : `clinic-7/patient ${this.#own.digits(5)}`;
    this.#eventId = random.int(100_000, 9_000_000);
    const transaction: Transaction = { id: random.uuid(), teamId, orders: [], reported: null };
    this.#parties = { transaction, patient, clientUserId, userId, ...settings.user };
    this.ledger = new Ledger(this.#parties);
  }

  get patient(): Patient {
    return this.#parties.patient;
  }

  get transaction(): Transaction {
    return this.#parties.transaction;
  }

  get now(): Instant {
    return this.#now;
  }

  /** @throws {StoryPaused} if the story ends before that time */
  set now(instant: Instant) {
    if (instant > this.#until) throw new StoryPaused();
    this.#now = instant;
  }

  /** Lets the story be continued from `now`, after its script. */
  continueAt(now: Instant): void {
    this.#until = Infinity;
    this.#now = Math.max(this.#now, now);
  }

  /** Advances the clock by `from` to `to` microseconds, at the resolution of the dialect. */
  wait(from: Instant, to: Instant = from * 1.3): void {
    const tick = this.dialect.clockTick;
    const seconds = this.random.int(Math.floor(from / 1_000_000), Math.floor(to / 1_000_000));
    const second = Math.floor(this.now / 1_000_000) + seconds;
    this.now = second * 1_000_000 + this.#own.int(0, 1_000_000 / tick - 1) * tick;
  }

  /** Marks the current stage of the redraw as stalled. */
  stalls(): void {
    this.stall = this.ledger.stages.open;
  }

  place(placing: Placing): Order {
    const { modality, origin = 'initial', parent, first = 'ordered', activateBy = null } = placing;
    const id = this.random.uuid();
    const labTest = placing.labTest ?? parent?.labTest ?? labTestOf(this.random, modality, this.lab);
    const family = { origin, parent: parent ?? null, markers: labTest.markers ?? [] };
    const order: Order = {
      id,
      modality,
      origin,
      parentId: parent?.id ?? null,
      labTest,
      panel: panelOf(this.random.fork(`panel/${id}`), family),
      detailsId: this.random.uuid(),
      sampleId: this.patient.sampleId(this.transaction.orders.length),
      billing: placing.billing ?? { type: 'client_bill', priority: false },
      createdAt: this.now,
      updatedAt: this.now,
      userId: placing.userId ?? this.#parties.userId,
      events: [],
      appointmentId: null,
      drawnAt: null,
      resultsExpectedAt: null,
      resultsWorstCaseAt: null,
      hasMissingResults: null,
      interpretation: null,
      activateBy,
    };
    this.transaction.orders.push(order);
    this.#append(order, first, null);
    this.ledger.learn(this.now, order);
    if (placing.announce ?? true) this.announce(order, true);
    return order;
  }

  move(order: Order, low: string, { detail, announce = true }: Move = {}): void {
    if (this.dialect.unknownEvent && low === 'requisition_created') this.#validate(order);
    this.#append(order, low, detail ?? null);
    this.ledger.learn(this.now, order);
    if (announce) this.announce(order, true);
  }

  /** Changes the order without an event and announces it. */
  change(order: Order, fields: Partial<Order>): void {
    Object.assign(order, fields, { updatedAt: this.now });
    this.ledger.learn(this.now, order);
    this.announce(order, false);
  }

  /** Sends the current state of the order. */
  announce(order: Order, hasNewEvent = false): void {
    this.ledger.announce(this.now, order, hasNewEvent);
  }

  /** Changes the order without a webhook. */
  report(status: Transaction['reported']): void {
    this.transaction.reported = status;
    for (const order of this.transaction.orders) this.ledger.learn(this.now, order);
  }

  /** Creates an appointment without a time, with a webhook. */
  requestAppointment(
    order: Order,
    provider: AppointmentProvider.Raw,
    fields: Partial<Pick<Appointment, 'address' | 'notes'>> = {},
  ): Appointment {
    const appointment = { ...newAppointment(this.random, order, provider, this.now), ...fields };
    appointment.transactionId = this.transaction.id;
    order.appointmentId = appointment.id;
    this.appointments.push(appointment);
    this.ledger.tell(this.now, 'labtest.appointment.created', order, appointment);
    return appointment;
  }

  /** Books an appointment `ahead` microseconds from now, with webhooks. */
  book(order: Order, provider: AppointmentProvider.Raw, ahead: Instant): Appointment {
    const appointment = this.requestAppointment(order, provider);
    this.wait(MINUTE, 20 * MINUTE);
    const startAt = Math.floor((this.now + ahead) / HOUR) * HOUR;
    this.changeAppointment(order, appointment, { status: 'confirmed', eventStatus: 'scheduled', startAt });
    return appointment;
  }

  /** Changes an appointment, with a webhook. A new time of a scheduled appointment is a reschedule. */
  changeAppointment(order: Order, appointment: Appointment, change: AppointmentChange): void {
    updateAppointment(appointment, change, this.now, this.patient);
    this.ledger.tell(this.now, 'labtest.appointment.updated', order, appointment);
  }

  /** Sends the webhook about a critical result. The order's interpretation is critical since its last report. */
  critical(order: Order): void {
    const data = {
      order_id: order.id,
      sample_id: order.sampleId,
      status: newestEvent(order).low === 'partial_results' ? 'partial' : 'final',
      interpretation: 'critical',
      team_id: this.transaction.teamId,
      user_id: order.userId,
      created_at: spellTime(newestEvent(order).at),
      updated_at: spellTime(this.now),
    };
    this.ledger.send(this.now, 'labtest.result.critical', order, () => data);
  }

  /** A result arrives that matches no order with certainty. `candidate` is the probable one. */
  openReview(decisionCode: MatchReview['decisionCode'], candidate: Order): MatchReview {
    const { id = 0, name = '', slug = '' } = candidate.labTest.lab ?? {};
    const review: MatchReview = {
      id: this.random.uuid(),
      decisionCode,
      candidate: decisionCode === 'no_match' ? null : candidate,
      lab: { id, name, slug },
      createdAt: this.now,
      updatedAt: this.now,
      reviewedAt: null,
      status: 'pending_customer_review',
      action: null,
      resolved: null,
      note: null,
    };
    this.ledger.tellReview(this.now, 'created', review);
    return review;
  }

  decideReview(
    review: MatchReview,
    decision: Pick<MatchReview, 'action'> & Partial<Pick<MatchReview, 'resolved' | 'note'>>,
  ): void {
    const status = decision.action === 'unsure' ? 'pending_ops_review' : 'resolved';
    Object.assign(review, decision, { status, updatedAt: this.now, reviewedAt: this.now });
    this.ledger.tellReview(this.now, 'updated', review);
  }

  /** Junction's operations give an escalated review back to the customer. */
  giveBackReview(review: MatchReview): void {
    Object.assign(review, { action: null, status: 'pending_customer_review', updatedAt: this.now });
    this.ledger.tellReview(this.now, 'updated', review);
  }

  /** Sends an event about the same person that is unrelated to orders, for example from a wearable. */
  other(eventType: string, data: object): void {
    this.ledger.send(this.now, eventType, null, () => data);
  }

  registerKitTo(order: Order): void {
    this.#parties.userId = this.random.uuid();
    order.userId = this.#parties.userId;
  }

  #validate(order: Order): void {
    this.#append(order, 'eligibility_verified', null, 'received');
    this.ledger.learn(this.now, order);
    this.announce(order, true);
    this.now += this.#own.int(1, 10) * MINUTE;
  }

  #append(
    order: Order,
    spelledLow: string,
    detail: OrderStatusDetail.Raw | null,
    spelledHigh?: string,
  ): void {
    const low = spelledLow === 'registered' ? this.dialect.kitRegistered : spelledLow;
    const isOnSiteDraw = low === 'draw_completed' && order.modality === 'on_site_collection';
    const high = isOnSiteDraw ? this.dialect.onSiteDraw : (spelledHigh ?? highLevelOf(order.modality, low));
    order.events.push({ id: this.#nextEventId(order), at: this.now, high, low, detail });
    order.updatedAt = this.now;
  }

  /** The published on-site example numbers its events 1, 2, 33, 4, 5. */
  #nextEventId(order: Order): number {
    const position = order.events.length + 1;
    if (this.dialect.eventIds === 'as_published') return position === 3 ? 33 : position;
    this.#eventId += this.#own.int(1, 400);
    return this.#eventId;
  }
}
