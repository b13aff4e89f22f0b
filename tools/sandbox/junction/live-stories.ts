import { continueJourney, type Journey } from '../journeys/journeys.ts';
import { type Instant, instantOf } from '../time.ts';
import type { Order } from '../world/order.ts';
import type { Story } from '../world/story.ts';
import type { Agenda } from './agenda.ts';
import type { Archive } from './archive.ts';
import { Refusal } from './refusal.ts';

/** A webhook to send now. */
export interface OutgoingWebhook {
  eventType: string;
  body: object;
  orderId: string | null;
  /** When it is due; by default now. Earlier than now if the clock was moved. */
  at?: Instant;
}

export interface LiveOrder {
  story: Story;
  order: Order;
}

interface Dependencies {
  archive: Archive;
  agenda: Agenda;
  now: () => Instant;
  send: (webhook: OutgoingWebhook) => void;
}

/**
 * The stories that the API can continue: those of orders placed by it, and those of journeys from the first change on.
 * The rest of such a journey does not happen.
 */
export class LiveStories {
  readonly #stories = new Map<string, Story>();
  /** Cancels the pending webhooks of a playing journey, by order. */
  readonly #playing = new Map<string, () => void>();
  readonly #world: Dependencies;

  constructor(world: Dependencies) {
    this.#world = world;
  }

  /** The order, to be changed at the present time; null if there is none yet. */
  find(orderId: string): LiveOrder | null {
    const now = this.#world.now();
    const story = this.#stories.get(orderId) ?? this.#adopt(orderId, now);
    const order = story?.transaction.orders.find(({ id }) => id === orderId);
    if (!story || !order) return null;
    story.continueAt(now);
    return { story, order };
  }

  /** Publishes the story's webhooks from now on. */
  begin(story: Story): void {
    const { archive, send } = this.#world;
    archive.follow(story.ledger, (orderId) => this.#stories.set(orderId, story));
    story.ledger.onMoment = ({ eventType, body, orderId, at }) => send({ eventType, body, orderId, at });
  }

  /** Adds a journey and sends its webhooks when their time comes. @throws {Refusal} if it is known already */
  play(journey: Journey): void {
    const { archive, agenda, now, send } = this.#world;
    const isKnown = journey.known.some(({ facts }) => archive.has(facts.orderId));
    if (isKnown) throw new Refusal('There is a journey with this seed: give another', 409);
    archive.add([journey]);
    const since = now();
    const cancels = journey.snapshots
      .filter(({ at }) => instantOf(at) >= since)
      .map(({ at, eventType, orderId, payload }) =>
        agenda.add(instantOf(at), (due) => send({ eventType, body: payload, orderId, at: due })),
      );
    const cancel = (): void => {
      for (const one of cancels) one();
    };
    for (const { facts } of journey.known) this.#playing.set(facts.orderId, cancel);
  }

  #adopt(orderId: string, now: Instant): Story | null {
    const journey = this.#world.archive.journeyOf(orderId);
    if (!journey || !this.#world.archive.latest(orderId, now)) return null;
    const story = continueJourney(journey, now);
    this.#playing.get(orderId)?.();
    this.#world.archive.remove(journey);
    this.begin(story);
    return story;
  }
}
