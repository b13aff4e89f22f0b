import timeZoneAt from '@photostructure/tz-lookup';
import { codes } from 'zipcodes';
import { offsetAt } from '../../../core/domain/time-zone.ts';
import { ALL_STATES, zonesOfState } from '../rules/patient-time-zones.ts';

const WINTER = Date.parse('2026-01-15T12:00:00Z');
const SUMMER = Date.parse('2026-07-15T12:00:00Z');

/**
 * For the states with two zones: the beginnings of ZIP codes, three digits each, of which every code lies in the same zone, by zone.
 * A code is located by its centroid. Prefixes with codes in both zones, or in a third one, are left out.
 */
export function prefixesByZone(): Record<string, string> {
  const zones = new Map<string, Set<string | null>>();
  for (const { zip, state, country, latitude, longitude } of Object.values(codes)) {
    const possible = zonesOfState(state);
    if (country !== 'US' || possible === ALL_STATES || possible.length === 1) continue;
    const prefix = zip.slice(0, 3);
    const found = zones.get(prefix) ?? new Set();
    zones.set(prefix, found.add(sameClock(timeZoneAt(latitude, longitude), possible)));
  }
  const byZone: Record<string, string> = {};
  for (const [prefix, [zone, ...others]] of [...zones].sort()) {
    if (!zone || others.length > 0) continue;
    byZone[zone] = byZone[zone] === undefined ? prefix : `${byZone[zone]} ${prefix}`;
  }
  return byZone;
}

/** The zone among the possible ones that has the same time all year; null if there is none. */
function sameClock(zone: string, possible: readonly string[]): string | null {
  return possible.find((one) => clockOf(one) === clockOf(zone)) ?? null;
}

const clocks = new Map<string, string>();

function clockOf(zone: string): string {
  const clock = clocks.get(zone) ?? [WINTER, SUMMER].map((at) => offsetAt(at, zone)).join();
  clocks.set(zone, clock);
  return clock;
}

/** The module that holds them. */
export function zipZonesModule(): string {
  const entries = Object.entries(prefixesByZone())
    .sort()
    .map(([zone, prefixes]) => `  '${zone}':\n    '${prefixes}',\n`);
  return `/**
 * ZIP code prefixes that lie in a single zone of a two-zone state. Written by \`npm run messages:zones\` from the packages
 * zipcodes and @photostructure/tz-lookup.
 */
export const ZIP_ZONES: Readonly<Record<string, string>> = {
${entries.join('')}};
`;
}
