import type { CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max.json';

/** The United States and its inhabited territories: where patients can have their phones. */
const COUNTRIES = ['US', 'PR', 'VI', 'GU', 'AS', 'MP'] as const satisfies CountryCode[];

/**
 * The numbering plan of those countries alone, with the patterns of each kind of number. A tenth of the whole, and stricter: a
 * number of Canada or the Caribbean, which begins with 1 too, is no valid number in it.
 */
export function phoneMetadata() {
  const { version, countries } = metadata;
  return {
    version,
    country_calling_codes: { 1: COUNTRIES },
    countries: Object.fromEntries(COUNTRIES.map((country) => [country, countries[country]])),
  };
}
