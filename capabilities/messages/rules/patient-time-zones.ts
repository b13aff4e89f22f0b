import { ZIP_ZONES } from './zip-zones.ts';

const EASTERN = 'America/New_York';
const CENTRAL = 'America/Chicago';
const MOUNTAIN = 'America/Denver';
const PACIFIC = 'America/Los_Angeles';
const ARIZONA = 'America/Phoenix';
const ALASKA = 'America/Anchorage';
const ALEUTIANS = 'America/Adak';
const HAWAII = 'Pacific/Honolulu';

/** The zones of the fifty states. */
export const ALL_STATES = [EASTERN, CENTRAL, MOUNTAIN, ARIZONA, PACIFIC, ALASKA, ALEUTIANS, HAWAII] as const;

/** The states and territories of each set of zones. A zone that differed only in the past is listed with its neighbor. */
const STATES: readonly (readonly [states: string, zones: readonly string[]])[] = [
  ['CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV', [EASTERN]],
  ['FL IN KY MI TN', [EASTERN, CENTRAL]],
  ['AL AR IA IL LA MN MO MS OK WI', [CENTRAL]],
  ['KS ND NE SD TX', [CENTRAL, MOUNTAIN]],
  ['CO MT NM UT WY', [MOUNTAIN]],
  // The Navajo Nation changes its clocks, the rest of Arizona does not.
  ['AZ', [ARIZONA, MOUNTAIN]],
  ['ID OR NV', [MOUNTAIN, PACIFIC]],
  ['CA WA', [PACIFIC]],
  ['AK', [ALASKA, ALEUTIANS]],
  ['HI', [HAWAII]],
  ['PR', ['America/Puerto_Rico']],
  ['VI', ['America/St_Thomas']],
  ['AS', ['Pacific/Pago_Pago']],
  ['GU', ['Pacific/Guam']],
  ['MP', ['Pacific/Saipan']],
];

const ZIP = /^(\d{3})\d{2}(?:-\d{4})?$/;

const zonesByState = new Map(STATES.flatMap(([states, zones]) => states.split(' ').map((s) => [s, zones])));

const zoneByPrefix = new Map(
  Object.entries(ZIP_ZONES).flatMap(([zone, prefixes]) => prefixes.split(' ').map((one) => [one, zone])),
);

/**
 * The zones of a state; for anything else than its two letters, all zones of the fifty states.
 *
 * @param state two capital letters, as in Junction's addresses
 */
export function zonesOfState(state: string | null): readonly string[] {
  return zonesByState.get(state ?? '') ?? ALL_STATES;
}

/**
 * The zones where a patient may be: those of the state, and in a state with two zones the one of the ZIP code, unless codes with the
 * same beginning lie in both. An error near a border is an hour (docs/patient-messages.md).
 *
 * @param zip five or nine digits, as in Junction's addresses. Anything else says nothing
 */
export function patientTimeZones(state: string | null, zip: string | null): readonly string[] {
  const zones = zonesOfState(state);
  const [, prefix = ''] = ZIP.exec(zip ?? '') ?? [];
  const zone = zones === ALL_STATES ? undefined : zoneByPrefix.get(prefix);
  return zone !== undefined && zones.includes(zone) ? [zone] : zones;
}
