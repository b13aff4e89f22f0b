/** Journeys of at most seven deliveries, small enough that every order of arrival can be tried. */
import { BELONGING } from './journeys/belonging.ts';
import { CORNERS } from './journeys/corners.ts';
import { ODDITIES } from './journeys/oddities.ts';
import type { SmallJourney } from './journeys/pieces.ts';
import { REDRAWS } from './journeys/redraws.ts';
import { TURNS } from './journeys/turns.ts';

export const SMALL_JOURNEYS: SmallJourney[] = [...REDRAWS, ...BELONGING, ...TURNS, ...ODDITIES, ...CORNERS];
