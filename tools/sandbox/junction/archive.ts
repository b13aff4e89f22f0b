import type { UnmatchedResult } from '@junction-api/sdk/serialization';
import type { Journey } from '../journeys/journeys.ts';
import { type Instant, instantOf } from '../time.ts';
import type { Known, KnownAppointment, KnownReview, OrderFacts } from '../world/known.ts';
import type { Ledger } from '../world/ledger.ts';

/** A list of journeys. Those of a population are generated on demand and not kept. */
export interface JourneySource extends Iterable<Journey> {
  /** Generates the journey at this index again. Without it, journeys are kept in memory. */
  journey?: (place: number) => Journey;
}

/** What is known from `at` on; `known` renders it. */
export interface State {
  at: Instant;
  /** The index among the states of its story: two can have the same time. */
  index: number;
  facts: OrderFacts;
  known: () => Known;
}

interface AppointmentState {
  at: Instant;
  known: () => KnownAppointment;
}

/** Every state of every order, by id. Keeps only what is needed to find and filter orders in memory. */
export class Archive {
  readonly #states = new Map<string, State[]>();
  readonly #appointments = new Map<string, AppointmentState[]>();
  readonly #ordersOf = new Map<string, Set<string>>();
  readonly #reviews = new Map<string, KnownReview[]>();
  readonly #journeys = new Map<string, () => Journey>();

  add(source: JourneySource): void {
    let place = 0;
    for (const journey of source) {
      this.#file(journey, again(source, place, journey));
      place += 1;
    }
  }

  /** Adds to the archive what this story has recorded, and what it records from now on. `onOrder` gets each of its orders. */
  follow(ledger: Ledger, onOrder: (orderId: string) => void): void {
    let count = 0;
    ledger.onKnown = (known) => {
      this.#fileState(known.at, count, known.facts, () => known);
      onOrder(known.facts.orderId);
      count += 1;
    };
    ledger.onAppointment = (known) => this.#fileAppointment(known.at, known.orderId, () => known);
    ledger.onReview = (known) => append(this.#reviews, known.review.id, known);
    ledger.knownReviews.forEach(ledger.onReview);
    ledger.known.forEach(ledger.onKnown);
    ledger.knownAppointments.forEach(ledger.onAppointment);
  }

  remove(journey: Journey): void {
    for (const { review } of journey.knownReviews) this.#reviews.delete(review.id);
    for (const { facts } of journey.known) {
      this.#states.delete(facts.orderId);
      this.#appointments.delete(facts.orderId);
      this.#journeys.delete(facts.orderId);
      this.#ordersOf.delete(facts.transactionId);
    }
  }

  /** The journey of an order; null for orders of live stories. */
  journeyOf(orderId: string): Journey | null {
    return this.#journeys.get(orderId)?.() ?? null;
  }

  has(orderId: string): boolean {
    return this.#states.has(orderId);
  }

  orderIds(transactionId: string | null): Iterable<string> {
    return transactionId === null ? this.#states.keys() : (this.#ordersOf.get(transactionId) ?? []);
  }

  /** The newest state of the order at `now`. */
  latest(orderId: string, now: Instant): State | null {
    return this.#states.get(orderId)?.findLast(({ at }) => at <= now) ?? null;
  }

  /** The states of the order that began between two times, both included. */
  between(orderId: string, from: Instant, to: Instant): State[] {
    return this.#states.get(orderId)?.filter(({ at }) => at >= from && at <= to) ?? [];
  }

  latestAppointment(orderId: string, now: Instant): KnownAppointment | null {
    return (
      this.#appointments
        .get(orderId)
        ?.findLast(({ at }) => at <= now)
        ?.known() ?? null
    );
  }

  /** The unmatched results at `now`. */
  reviews(now: Instant): UnmatchedResult.Raw[] {
    return [...this.#reviews.values()].flatMap((states) => {
      const latest = states.findLast(({ at }) => instantOf(at) <= now);
      return latest ? [latest.review] : [];
    });
  }

  #file(journey: Journey, retell: () => Journey): void {
    journey.known.forEach(({ at, facts }, index) => {
      this.#fileState(at, index, facts, () => nth(retell().known, index));
      this.#journeys.set(facts.orderId, retell);
    });
    for (const known of journey.knownReviews) append(this.#reviews, known.review.id, known);
    journey.knownAppointments.forEach(({ at, orderId }, index) => {
      this.#fileAppointment(at, orderId, () => nth(retell().knownAppointments, index));
    });
  }

  #fileState(at: string, index: number, facts: OrderFacts, known: () => Known): void {
    const { orderId, transactionId } = facts;
    append(this.#states, orderId, { at: instantOf(at), index, facts, known });
    this.#ordersOf.set(transactionId, (this.#ordersOf.get(transactionId) ?? new Set()).add(orderId));
  }

  #fileAppointment(at: string, orderId: string, known: () => KnownAppointment): void {
    append(this.#appointments, orderId, { at: instantOf(at), known });
  }
}

/** A separate function, so that the closure does not retain the journey generated first. */
function again(source: JourneySource, place: number, journey: Journey): () => Journey {
  return source.journey ? retelling(source.journey, place) : () => journey;
}

function retelling(retell: (place: number) => Journey, place: number): () => Journey {
  return () => retell(place);
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function nth<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`A generated journey is shorter than before: ${index}`);
  return item;
}
