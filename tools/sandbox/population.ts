import type { Script } from './journeys/catalogue.ts';
import { type Journey, type JourneyOptions, journey } from './journeys/journeys.ts';
import { dealer } from './journeys/population-mix.ts';
import { type Random, random } from './random.ts';
import { HOUR, type Instant, instantOf, MINUTE, SECOND, spellTime } from './time.ts';
import type { Delivery } from './webhooks/delivery-plan.ts';
import type { StageSpan } from './world/redraw-stages.ts';

export interface PopulationOptions extends Pick<JourneyOptions, 'spelling' | 'patient' | 'teamId'> {
  /** The start of the period in which journeys begin, evenly distributed. */
  from: Date;
  /** The end of that period. Journeys can end later. */
  to: Date;
  /** The share of journeys with a redraw; 0.06 by default. */
  redraws?: number;
  /** The share of these redraws that stall; 0.35 by default. */
  stalls?: number;
  /** The share of webhooks that are lost; 0.01 by default. The API still has their facts. */
  lose?: number;
  /** The share of webhooks that Svix retries, seconds to hours late; 0.03 by default. */
  late?: number;
  /** The share of webhooks that arrive twice; 0.02 by default. */
  duplicate?: number;
}

/** A journey of a population, and the webhooks of it that are lost. */
interface PopulationJourney extends Journey {
  place: number;
  /** Indexes of `snapshots`. */
  lost: readonly number[];
}

/** A webhook and when it arrives, in simulated time. */
interface TimedDelivery extends Delivery {
  at: string;
  /** The index of its journey. */
  place: number;
  /** The index of the webhook in its journey. */
  snapshot: number;
}

/** The ground truth about a redraw, for independent checks of the product. */
interface RedrawCourse extends Pick<PopulationJourney, 'place' | 'name' | 'script' | 'stages' | 'stall'> {
  transactionId: string;
  lost: readonly number[];
}

/**
 * Thousands of journeys with few in memory at a time: each is generated from its seed on demand. `junction` and
 * `startSandbox` accept a population directly.
 */
export interface Population extends Iterable<PopulationJourney> {
  readonly size: number;
  journey(place: number): PopulationJourney;
  /** In order of arrival, without lost ones. */
  deliveries(): Generator<TimedDelivery>;
  /** All journeys with a redraw. */
  redraws(): RedrawCourse[];
}

interface Planned {
  script: Script;
  seed: number;
  startAt: Date;
}

/** The number of cached journeys: the API is often asked about the same one several times in a row. */
const AT_HAND = 64;
/** The number of deliveries rendered together, so that each journey is generated once per batch. */
const BATCH = 1_000;

const SHARES = { redraws: 0.06, stalls: 0.35, lose: 0.01, late: 0.03, duplicate: 0.02 };

/** A pure function of its arguments. */
export function population(seed: number, count: number, options: PopulationOptions): Population {
  const { from, to, spelling, patient, teamId, ...given } = options;
  if (!(from.getTime() < to.getTime())) throw new RangeError('A population must begin before it ends');
  const shares = { ...SHARES, ...given };
  const source = random(`population/${seed}`);
  const planned = plan(source.fork('plan'), count, { from, to, shares });
  const journeyOptions: JourneyOptions = {
    ...(spelling === undefined ? {} : { spelling }),
    ...(patient === undefined ? {} : { patient }),
    ...(teamId === undefined ? {} : { teamId }),
  };

  const tell = (place: number): PopulationJourney => {
    const one = planned[place];
    if (!one) throw new RangeError(`There are ${count} journeys, none at ${place}`);
    const told = journey(one.script, one.seed, { ...journeyOptions, startAt: one.startAt });
    const fate = source.fork(`lost/${place}`);
    const lost = told.snapshots.flatMap((_, index) => (fate.chance(shares.lose) ? [index] : []));
    return { ...told, name: `${one.script}-${String(place + 1).padStart(5, '0')}`, place, lost };
  };
  function* all(): Generator<PopulationJourney> {
    for (let place = 0; place < count; place += 1) yield tell(place);
  }
  return {
    size: count,
    [Symbol.iterator]: all,
    journey: cacheLast(AT_HAND, tell),
    deliveries: () => deliveriesOf(all(), tell, { source, shares }),
    redraws: () => coursesOf(all()),
  };
}

function plan(
  source: Random,
  count: number,
  { from, to, shares }: { from: Date; to: Date; shares: typeof SHARES },
): Planned[] {
  const deal = dealer(source.fork('scripts'), shares);
  const seconds = Math.floor((to.getTime() - from.getTime()) / 1000);
  return Array.from({ length: count }, () => ({
    script: deal(),
    seed: source.int(0, 2 ** 31 - 1),
    startAt: new Date(from.getTime() + source.int(0, seconds - 1) * 1000),
  }));
}

interface Arrival {
  at: Instant;
  place: number;
  snapshot: number;
  svixId: string;
}

/** Plans the arrival of every webhook, sorts the plan, and renders the webhooks in batches. */
function* deliveriesOf(
  journeys: Iterable<PopulationJourney>,
  tell: (place: number) => PopulationJourney,
  { source, shares }: { source: Random; shares: typeof SHARES },
): Generator<TimedDelivery> {
  const arrivals: Arrival[] = [];
  for (const one of journeys) {
    const post = source.fork(`post/${one.place}`);
    const lost = new Set(one.lost);
    one.snapshots.forEach(({ at }, snapshot) => {
      const sent = arrivalsOf(instantOf(at), post, shares);
      if (!lost.has(snapshot))
        arrivals.push(...sent.map((arrival) => ({ ...arrival, place: one.place, snapshot })));
    });
  }
  arrivals.sort((a, b) => a.at - b.at || a.place - b.place || a.snapshot - b.snapshot);
  for (let next = 0; next < arrivals.length; next += BATCH) {
    const told = cacheLast(BATCH, tell);
    for (const arrival of arrivals.slice(next, next + BATCH)) yield deliveryOf(arrival, told(arrival.place));
  }
}

function arrivalsOf(at: Instant, post: Random, shares: typeof SHARES): Pick<Arrival, 'at' | 'svixId'>[] {
  const svixId = `msg_${post.base62(27)}`;
  const delay = post.chance(shares.late)
    ? post.pick([5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR])
    : 0;
  const first = { at: at + delay + post.int(100, 3_000) * 1_000, svixId };
  if (!post.chance(shares.duplicate)) return [first];
  return [first, { at: first.at + post.int(1, 7_200) * SECOND, svixId }];
}

function deliveryOf(arrival: Arrival, journey: PopulationJourney): TimedDelivery {
  const { svixId, place, snapshot, at } = arrival;
  const told = journey.snapshots[snapshot];
  if (!told) throw new RangeError(`${journey.name} has no webhook ${snapshot}`);
  const body = JSON.stringify(told.payload);
  const what = { eventType: told.eventType, body, journey: journey.name, place, snapshot };
  return { at: spellTime(at), svixId, ...what };
}

function coursesOf(journeys: Iterable<PopulationJourney>): RedrawCourse[] {
  const courses: RedrawCourse[] = [];
  for (const { place, name, script, stages, stall, lost } of journeys) {
    const [first] = stages;
    if (!first) continue;
    const { transactionId }: StageSpan = first;
    courses.push({ place, name, script, transactionId, stages, stall, lost });
  }
  return courses;
}

/** Caches the last `max` results of `make`. */
function cacheLast<T>(max: number, make: (key: number) => T): (key: number) => T {
  const kept = new Map<number, T>();
  return (key) => {
    const value = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > max && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
