import type { Journey } from '../journeys/journeys.ts';
import { type Instant, instantOf } from '../time.ts';
import type { Known, KnownAppointment, OrderFacts } from '../world/known.ts';

/** A list of journeys. Those of a population are generated on demand and not kept. */
export interface JourneySource extends Iterable<Journey> {
  /** Generates the journey at this index again. Without it, journeys are kept in memory. */
  journey?: (place: number) => Journey;
}

/** What is known from `at` on; `known` renders it. */
export interface State {
  at: Instant;
  /** The index among the states of its journey: two can have the same time. */
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

  /** The newest state of the order at `now`. */
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
      append(this.#states, orderId, { at: instantOf(at), index, facts, known });
      this.#ordersOf.set(transactionId, (this.#ordersOf.get(transactionId) ?? new Set()).add(orderId));
    });
    journey.knownAppointments.forEach(({ at, orderId }, index) => {
      const known = (): KnownAppointment => nth(retell().knownAppointments, index);
      append(this.#appointments, orderId, { at: instantOf(at), known });
    });
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
