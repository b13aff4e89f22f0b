import type { Journey } from '../journeys/journeys.ts';
import { type Instant, instantOf } from '../time.ts';
import type { Known, KnownAppointment, OrderFacts } from '../world/known.ts';

/** Journeys in a row; those of a population are told again when they are asked for, and kept by nobody. */
export interface JourneySource extends Iterable<Journey> {
  /** Tells the journey at this place of the row again. Without it, the journeys are kept. */
  journey?: (place: number) => Journey;
}

/** What was known from `at` on; `known` writes it out. */
export interface State {
  at: Instant;
  facts: OrderFacts;
  known: () => Known;
}

interface AppointmentState {
  at: Instant;
  known: () => KnownAppointment;
}

/** Every state of every order, by its id, with no more in memory than it takes to find and to filter them. */
export class Archive {
  readonly #states = new Map<string, State[]>();
  readonly #appointments = new Map<string, AppointmentState[]>();
  readonly #ordersOf = new Map<string, Set<string>>();

  add(source: JourneySource): void {
    let place = 0;
    for (const journey of source) {
      this.#file(journey, again(source, place, journey));
      place += 1;
    }
  }

  orderIds(transactionId: string | null): Iterable<string> {
    return transactionId === null ? this.#states.keys() : (this.#ordersOf.get(transactionId) ?? []);
  }

  /** The newest state of the order that is no later than `now`. */
  latest(orderId: string, now: Instant): State | null {
    return this.#states.get(orderId)?.findLast(({ at }) => at <= now) ?? null;
  }

  latestAppointment(orderId: string, now: Instant): KnownAppointment | null {
    return (
      this.#appointments
        .get(orderId)
        ?.findLast(({ at }) => at <= now)
        ?.known() ?? null
    );
  }

  #file(journey: Journey, retell: () => Journey): void {
    journey.known.forEach(({ at, facts }, index) => {
      const { orderId, transactionId } = facts;
      const known = (): Known => nth(retell().known, index);
      append(this.#states, orderId, { at: instantOf(at), facts, known });
      this.#ordersOf.set(transactionId, (this.#ordersOf.get(transactionId) ?? new Set()).add(orderId));
    });
    journey.knownAppointments.forEach(({ at, orderId }, index) => {
      const known = (): KnownAppointment => nth(retell().knownAppointments, index);
      append(this.#appointments, orderId, { at: instantOf(at), known });
    });
  }
}

/** Two functions, so that the one that tells again does not hold on to the journey told first. */
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
  if (item === undefined) throw new RangeError(`A journey told again is shorter than it was: ${index}`);
  return item;
}
