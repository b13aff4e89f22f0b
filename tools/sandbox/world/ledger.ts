import type { MissingBiomarkerResult } from '@junction-api/sdk/serialization';
import { type Instant, spellTime } from '../time.ts';
import { type Appointment, renderAppointment } from './appointment.ts';
import type { Known, KnownAppointment, KnownReview } from './known.ts';
import { missingResults, orderResults, transactionResults } from './lab-results.ts';
import { withLazy } from './lazy.ts';
import { type MatchReview, renderReview, renderReviewWebhook } from './match-review.ts';
import { newestEvent, type Order, orderIn, renderOrder, standing, type Transaction } from './order.ts';
import type { Patient } from './patient.ts';
import { StageWatch } from './redraw-stages.ts';

/** A moment that Junction sends a webhook about, in the documented spelling. */
export interface Moment {
  at: Instant;
  eventType: string;
  orderId: string | null;
  /** False if the order's events are the same as in the previous webhook. */
  hasNewEvent: boolean;
  /** The time of the order's next event; null if none came. Valid after the story has ended. */
  nextEventAt: () => Instant | null;
  body: { event_type: string; data: object } & Record<string, unknown>;
  /** The markers that the results API reports as missing; null if the order does not report them. */
  missingResults: MissingBiomarkerResult.Raw[] | null;
}

/** The people of a transaction, and the ids they are recorded under. */
export interface Parties {
  readonly transaction: Transaction;
  readonly patient: Patient;
  readonly clientUserId: string;
  /** The current user of the order. */
  userId: string;
}

/**
 * The record of a story: the webhooks sent, what the API knew at each time, and the stages of its redraw. It keeps the
 * facts of each moment and renders them on first read.
 */
export class Ledger {
  readonly moments: Moment[] = [];
  readonly known: Known[] = [];
  readonly knownAppointments: KnownAppointment[] = [];
  readonly knownReviews: KnownReview[] = [];
  readonly stages = new StageWatch();
  /** Called for everything that is recorded from now on. */
  onKnown: ((known: Known) => void) | null = null;
  onAppointment: ((known: KnownAppointment) => void) | null = null;
  onReview: ((known: KnownReview) => void) | null = null;
  onMoment: ((moment: Moment) => void) | null = null;
  readonly #appointments = new Set<Appointment>();
  readonly #parties: Parties;

  constructor(parties: Parties) {
    this.#parties = parties;
  }

  /** Records a change of an order at Junction. */
  learn(now: Instant, order: Order): void {
    const { transaction, patient, clientUserId } = this.#parties;
    const isSignOfDraw = order.resultsExpectedAt !== null || newestEvent(order).low === 'partial_results';
    if (isSignOfDraw) order.drawnAt ??= now;
    this.stages.look(now, transaction, [...this.#appointments]);
    const then = standing(transaction);
    const one = orderIn(then, order.id);
    const known = withLazy(
      { at: spellTime(now), clientUserId, facts: factsOf(one, then, patient) },
      'order',
      () => renderOrder(one, then, patient),
    );
    const results = () => ({
      order: orderResults(one, then, patient),
      transaction: transactionResults(then, patient),
    });
    this.#know(withLazy(known, 'results', results));
  }

  announce(now: Instant, order: Order, hasNewEvent: boolean): void {
    const { transaction, patient } = this.#parties;
    const eventType = order.events.length === 1 ? 'labtest.order.created' : 'labtest.order.updated';
    const then = standing(transaction);
    const render = () => renderOrder(orderIn(then, order.id), then, patient);
    this.send(now, eventType, order, render, hasNewEvent);
  }

  tell(now: Instant, eventType: string, order: Order, appointment: Appointment): void {
    const { transaction, patient } = this.#parties;
    this.#appointments.add(appointment);
    this.stages.look(now, transaction, [...this.#appointments]);
    const then = { ...appointment, events: [...appointment.events] };
    const { userId, id: orderId } = order;
    const render = () => renderAppointment(then, userId, patient);
    const known = withLazy({ at: spellTime(now), orderId }, 'appointment', render);
    this.knownAppointments.push(known);
    this.onAppointment?.(known);
    this.send(now, eventType, order, render);
  }

  send(now: Instant, eventType: string, order: Order | null, data: () => object, hasNewEvent = false): void {
    const { transaction, patient, clientUserId, userId } = this.#parties;
    const envelope = {
      event_type: eventType,
      user_id: order?.userId ?? userId,
      client_user_id: clientUserId,
      team_id: transaction.teamId,
    };
    const told = order?.events.length ?? 0;
    const then = order && { ...order, events: [...order.events] };
    const moment = withLazy(
      {
        at: now,
        eventType,
        orderId: order?.id ?? null,
        hasNewEvent,
        nextEventAt: () => order?.events[told]?.at ?? null,
      },
      'body',
      () => ({ ...envelope, data: data() }),
    );
    this.#record(withLazy(moment, 'missingResults', () => then && missingResults(then, patient)));
  }

  tellReview(now: Instant, change: 'created' | 'updated', review: MatchReview): void {
    const { patient, transaction } = this.#parties;
    const then = { ...review };
    const render = () => renderReview(then, patient, transaction.id);
    const known = withLazy({ at: spellTime(now) }, 'review', render);
    this.knownReviews.push(known);
    this.onReview?.(known);
    this.sendOfTeam(now, `labtest.match_review.${change}`, renderReviewWebhook(then));
  }

  /** Sends a webhook whose envelope names no user. */
  sendOfTeam(now: Instant, eventType: string, data: object): void {
    const body = { event_type: eventType, team_id: this.#parties.transaction.teamId, data };
    const nothingOfOrders = { orderId: null, hasNewEvent: false, missingResults: null };
    this.#record({ at: now, eventType, body, nextEventAt: () => null, ...nothingOfOrders });
  }

  #know(known: Known): void {
    this.known.push(known);
    this.onKnown?.(known);
  }

  #record(moment: Moment): void {
    this.moments.push(moment);
    this.onMoment?.(moment);
  }
}

function factsOf(order: Order, { id: transactionId }: Transaction, patient: Patient): Known['facts'] {
  const { id: orderId, userId, modality, interpretation, createdAt, updatedAt, activateBy } = order;
  const { low } = newestEvent(order);
  const facts = { orderId, transactionId, userId, modality, low, interpretation };
  const { first_name = '', last_name = '', dob } = patient.details;
  const named = { patientName: `${first_name} ${last_name}`, birthDate: dob };
  const receiverName = patient.address.receiver_name ?? '';
  return { ...facts, createdAt, updatedAt, activateBy, ...named, receiverName };
}
