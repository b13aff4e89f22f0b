import type { Journey } from '../journeys/journeys.ts';
import { type Random, random } from '../random.ts';

/** A message as Svix delivers it; `body` is the exact text that is signed. */
export interface Delivery {
  svixId: string;
  eventType: string;
  body: string;
  journey: string;
  /**
   * The number of lost responses: the receiver handled the message, but the sender does not know this and sends it
   * again.
   */
  unheardAnswers?: number;
}

export interface PlannedDelivery extends Delivery {
  /** When Junction knew what it says. */
  knownAt: string;
}

/** Probabilities per message, from 0 to 1. By default, each message is sent once, in order of time. */
interface Disorder {
  seed?: number;
  /** True: any order. A number: the maximum distance by which a message can overtake another. */
  shuffle?: boolean | number;
  /** Sent twice, at different positions; half of them as a replay under a new id. */
  duplicate?: number;
  /** Arrives at a random later position. */
  delay?: number;
  /** The first attempt is lost; sent again at a random later position, half of them under a new id. */
  drop?: number;
  /** Lost permanently. */
  lose?: number;
  /** The response is lost, so the same message is repeated. */
  unheard?: number;
}

/** All messages of the journeys in the order of sending: a pure function of the arguments. */
export function planDeliveries(journeys: readonly Journey[], disorder: Disorder = {}): PlannedDelivery[] {
  const source = random(`deliveries/${disorder.seed ?? 0}`);
  const ids = source.fork('ids');
  const inOrder = journeys
    .flatMap((journey) => journey.snapshots.map((snapshot) => ({ journey, snapshot })))
    .sort((a, b) => compareTimes(a.snapshot.at, b.snapshot.at))
    .map(({ journey, snapshot }) => ({
      svixId: newId(ids),
      knownAt: snapshot.at,
      eventType: snapshot.eventType,
      body: JSON.stringify(snapshot.payload),
      journey: journey.name,
    }));
  const placed = inOrder.flatMap((delivery, place) =>
    scatter(delivery, place, inOrder.length, source, disorder),
  );
  return shuffle(placed, source, disorder.shuffle ?? false).map(({ delivery }) => delivery);
}

interface Placed {
  delivery: PlannedDelivery;
  place: number;
}

function scatter(
  delivery: PlannedDelivery,
  place: number,
  total: number,
  source: Random,
  disorder: Disorder,
): Placed[] {
  const happens = (probability = 0): boolean => source.chance(probability);
  const renamed = (): PlannedDelivery =>
    source.chance(0.5) ? { ...delivery, svixId: newId(source) } : delivery;
  const later = (): number => source.int(place, total) + 0.5;
  if (happens(disorder.lose)) return [];
  const first = happens(disorder.unheard) ? { ...delivery, unheardAnswers: source.int(1, 2) } : delivery;
  const sent: Placed[] = [{ delivery: first, place }];
  if (happens(disorder.drop)) sent[0] = { delivery: renamed(), place: later() };
  else if (happens(disorder.delay)) sent[0] = { delivery: first, place: later() };
  if (happens(disorder.duplicate)) sent.push({ delivery: renamed(), place: later() });
  return sent;
}

function shuffle(placed: Placed[], source: Random, how: boolean | number): Placed[] {
  if (how === true) return source.shuffled(placed);
  const reach = how === false ? 0 : how;
  const jitter = (): number => (reach === 0 ? 0 : source.int(0, reach * 1000) / 1000);
  return placed
    .map((item) => ({ item, key: item.place + jitter() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Removes the final Z: documented times have fractions of different lengths, and compare correctly only without it. */
function compareTimes(a: string, b: string): number {
  const [left, right] = [a.slice(0, -1), b.slice(0, -1)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function newId(source: Random): string {
  return `msg_${source.base62(27)}`;
}
