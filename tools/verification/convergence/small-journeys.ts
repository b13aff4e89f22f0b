/** Journeys of at most six facts: few enough to try every order of arrival. */
import type { Delivery } from '../oracle/reading/facts.ts';
import { CORNERS } from './journeys/edge-cases.ts';
import { IRREGULAR_PAYLOADS } from './journeys/irregular-payloads.ts';
import type { SmallJourney } from './journeys/journey-parts.ts';
import { MEMBERSHIP_JOURNEYS } from './journeys/membership.ts';
import { REDRAWS } from './journeys/redraws.ts';
import { TURNS } from './journeys/turns.ts';
import { WRONG_FACTS } from './journeys/wrong-facts.ts';

export const SMALL_JOURNEYS: SmallJourney[] = [
  ...REDRAWS,
  ...MEMBERSHIP_JOURNEYS,
  ...TURNS,
  ...IRREGULAR_PAYLOADS,
  ...WRONG_FACTS,
  ...CORNERS,
];

/** The webhooks of a journey, without registrations and API answers. */
export function webhooksOf({ facts }: SmallJourney): Delivery[] {
  return facts.filter((fact): fact is Delivery => 'body' in fact && fact.askedAt === undefined);
}
