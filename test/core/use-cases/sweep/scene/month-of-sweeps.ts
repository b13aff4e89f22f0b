/** A month of simulated time: webhooks when they arrive, lost ones never, and a sweep every fifteen minutes. */

import { junction } from '../../../../../tools/sandbox/junction/junction.ts';
import { type Population, population } from '../../../../../tools/sandbox/population.ts';
import { inProcessApi } from './in-process-api.ts';
import { Tracker } from './tracker.ts';

export const SWEEP_EVERY = 15 * 60_000;
const DAY = 86_400_000;
const FROM = new Date('2026-02-01T00:00:00Z');
const TO = new Date('2026-03-03T00:00:00Z');
/** The time after the last webhook in which every silent transaction is asked about. */
const TAIL = 32 * DAY;

/** A webhook that arrived: its journey, its index there, and the time. */
export interface Arrival {
  readonly snapshot: number;
  readonly at: string;
}

interface Flag {
  readonly transactionId: string;
  readonly at: string;
  readonly stage: string | null;
}

export interface Month {
  readonly journeys: Population;
  readonly tracker: Tracker;
  readonly end: Date;
  readonly sweeps: number;
  readonly healed: number;
  readonly skipped: number;
  /** Orders that Junction listed as changed, with repetitions. */
  readonly listed: number;
  readonly flags: readonly Flag[];
  /** By the index of the journey. */
  readonly arrivals: ReadonlyMap<number, readonly Arrival[]>;
}

/** Runs the month, to the end of all journeys and a little longer. */
export async function monthOf(seed: number, count: number): Promise<Month> {
  const journeys = population(seed, count, { from: FROM, to: TO, redraws: 0.12 });
  const world = junction([...journeys]);
  const tracker = new Tracker();
  const api = inProcessApi(world);
  const arrivals = new Map<number, Arrival[]>();
  const totals = { sweeps: 0, healed: 0, skipped: 0, listed: 0 };
  const sweepUntil = async (time: number, from: number) => {
    let next = from;
    for (; next <= time; next += SWEEP_EVERY) {
      world.setClock(new Date(next));
      const now = new Date(next).toISOString();
      const swept = await tracker.sweep(now, { api });
      const updates = await tracker.pollChangedOrders(now, { api });
      totals.sweeps += 1;
      totals.healed += swept.healed + updates.healed;
      totals.skipped += swept.skipped + updates.skipped;
      totals.listed += updates.listed;
    }
    return next;
  };
  let nextSweep = FROM.getTime();
  let last = nextSweep;
  for (const { at, body, place, snapshot } of journeys.deliveries()) {
    last = Date.parse(at);
    nextSweep = await sweepUntil(last - 1, nextSweep);
    await tracker.deliver(body, at);
    arrivals.set(place, [...(arrivals.get(place) ?? []), { snapshot, at }]);
  }
  const end = last + TAIL;
  await sweepUntil(end, nextSweep);
  return { journeys, tracker, end: new Date(end), ...totals, flags: flagsIn(tracker), arrivals };
}

function flagsIn(tracker: Tracker): Flag[] {
  return tracker.events.flatMap(({ type, detail }) =>
    type === 'Redraw Stale'
      ? [
          {
            transactionId: detail.transaction_id,
            at: detail.stale_since,
            stage: detail.redraw?.stage ?? null,
          },
        ]
      : [],
  );
}
