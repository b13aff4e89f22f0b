import { MIXED_UP_SCRIPTS, SCRIPTS } from '../../sandbox/journeys/catalogue.ts';
import { type Journey, journeys } from '../../sandbox/journeys/journeys.ts';
import { planDeliveries, type PlannedDelivery as Sent } from '../../sandbox/webhooks/delivery-plan.ts';
import type { Delivery } from '../../verification/oracle/reading/facts.ts';
import { isSame, type RightState, rightStates } from './kinds.ts';

/** How webhooks are written: as in Junction's API reference, or with every irregularity of its pages. */
export type Spelling = 'documented' | 'mixed';

/** In the order of their time and once each, or in disorder. */
export type Course = 'in order' | 'in disorder';

/** Every usual kind of journey equally often, or only those that mix up two patients. */
export type Kinds = 'every kind' | 'mixed up';

const SCRIPTS_OF = { 'every kind': SCRIPTS, 'mixed up': MIXED_UP_SCRIPTS } as const;

/** Journeys and the webhooks of them that arrive. */
export interface Scenario {
  readonly of: Kinds;
  readonly spelling: Spelling;
  readonly course: Course;
  readonly journeys: readonly Journey[];
  readonly deliveries: readonly Sent[];
  /** Webhooks that never arrive. */
  readonly lost: number;
  readonly cases: readonly Case[];
}

/** One journey, and what is right after it. */
export interface Case {
  readonly journey: string;
  /** The correct states, given the webhooks that arrive. */
  readonly byArrived: readonly RightState[];
  /** The right states by all webhooks. The same object if those that were lost say nothing else. */
  readonly byAll: readonly RightState[];
}

/** Probabilities per webhook. Delayed ones come much later, as after an outage or when somebody sends them again. */
const DISORDER = { duplicate: 0.2, delay: 0.05, unheard: 0.02, lose: 0.02 };
/**
 * Out of a thousand journeys, this many webhooks are sent in about a day, and Junction retries for 27 hours. So this is how
 * far webhooks overtake others.
 */
const WEBHOOKS_A_DAY = 0.1;

/** What a scenario is made of. */
export type Composition = Pick<Scenario, 'of' | 'course' | 'spelling'>;

export function scenarioOf(seed: number, count: number, { of, course, spelling }: Composition): Scenario {
  const some = journeys(seed, count, { spelling, scripts: SCRIPTS_OF[of] });
  const disorder = { ...DISORDER, shuffle: Math.ceil(count * WEBHOOKS_A_DAY) };
  const deliveries = planDeliveries(some, { seed, ...(course === 'in disorder' && disorder) });
  const arrived = Map.groupBy(deliveries, ({ journey }) => journey);
  const receivedAt = new Date().toISOString();
  const factOf = (body: string): Delivery => ({ body, receivedAt });
  let lost = 0;
  const cases = some.map(({ name, snapshots }): Case => {
    const bodies = new Set((arrived.get(name) ?? []).map(({ body }) => body));
    const all = snapshots.map(({ payload }) => JSON.stringify(payload));
    const missing = all.filter((body) => !bodies.has(body));
    lost += missing.length;
    const byArrived = rightStates([...bodies].map(factOf));
    return {
      journey: name,
      byArrived,
      byAll: missing.length === 0 ? byArrived : rightStates(all.map(factOf)),
    };
  });
  return { of, spelling, course, journeys: some, deliveries, lost, cases };
}

/** The transactions whose state depends on what was lost. */
export function misinformed({ byArrived, byAll }: Case): string[] {
  const [arrived, all] = [byArrived[0], byAll[0]];
  if (!arrived || !all || arrived === all) return [];
  return [...all].flatMap(([id, right]) => (isSame(right, arrived.get(id)) ? [] : [id]));
}
