import { type Journey, journeys } from '../../sandbox/journeys/journeys.ts';
import { population } from '../../sandbox/population.ts';
import { planDeliveries } from '../../sandbox/webhooks/delivery-plan.ts';
import type { SentWebhook } from '../peers/peer.ts';

/** Whole journeys and the webhooks about their orders. */
export interface Sample {
  readonly name: string;
  readonly journeys: readonly Journey[];
  readonly webhooks: readonly SentWebhook[];
}

/** The sample of an ordinary lab, whose units have a budget. */
export const NATURAL = 'natural mix, in order';

const SEED = 2;
/** One in ten is sent twice, half of these under a new id. */
const DUPLICATE = 0.1;
/** How far webhooks overtake others: about a day. */
const REACH_PER_JOURNEY = 0.1;

/** What is sent to each peer: as at an ordinary lab, every kind of journey equally often, and those in disorder. */
export function samples(count: number): Sample[] {
  const from = new Date('2025-03-03T08:00:00Z');
  const to = new Date('2025-05-03T08:00:00Z');
  const natural = [...population(SEED, count, { from, to, spelling: 'documented' })];
  const everyKind = journeys(SEED, count, { spelling: 'documented' });
  const shuffle = Math.ceil(count * REACH_PER_JOURNEY);
  return [
    sampleOf(NATURAL, natural, {}),
    sampleOf('every kind, in order', everyKind, {}),
    sampleOf('every kind, in disorder', everyKind, { shuffle, delay: 0.05 }),
  ];
}

function sampleOf(
  name: string,
  some: readonly Journey[],
  disorder: Parameters<typeof planDeliveries>[1],
): Sample {
  const planned = planDeliveries(some, { seed: SEED, duplicate: DUPLICATE, ...disorder });
  return {
    name,
    journeys: some,
    webhooks: planned.filter(({ eventType }) => eventType.startsWith('labtest.order.')),
  };
}
