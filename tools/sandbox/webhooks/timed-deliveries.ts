import type { Journey } from '../journeys/journeys.ts';
import { type Random, random } from '../random.ts';
import { instantOf } from '../time.ts';
import type { Delivery } from './delivery-plan.ts';

/** A delivery at a time. */
export interface TimedDelivery extends Delivery {
  readonly at: Date;
}

const SECONDS = 1_000;
const MINUTES = 60 * SECONDS;

/** When an attempt that failed is repeated: Svix's first steps (ms). */
const RETRIES = [5 * SECONDS, 5 * MINUTES, 35 * MINUTES, 155 * MINUTES] as const;

/**
 * The webhooks of the journeys at the times at which Junction would send them: seconds after what they report, some of them
 * later, because an attempt failed, and some twice. In order of time, so that late ones are out of order. A pure function of the
 * arguments.
 */
export function timedDeliveries(journeys: readonly Journey[], seed: number): TimedDelivery[] {
  const source = random(`timed deliveries/${seed}`);
  const sent = journeys.flatMap((journey) =>
    journey.snapshots.flatMap((snapshot) => {
      const happenedAt = instantOf(snapshot.at) / 1_000;
      const first = happenedAt + source.int(1 * SECONDS, 6 * SECONDS);
      const at = source.chance(0.12) ? first + source.pick(RETRIES) : first;
      const delivery = {
        svixId: newId(source),
        eventType: snapshot.eventType,
        body: JSON.stringify(snapshot.payload),
        journey: journey.name,
      };
      const repeated = source.chance(0.15) ? [{ ...delivery, at: first + source.pick(RETRIES) }] : [];
      return [{ ...delivery, at }, ...repeated];
    }),
  );
  return sent
    .map((one) => ({ ...one, at: new Date(one.at) }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function newId(source: Random): string {
  return `msg_${source.base62(27)}`;
}
