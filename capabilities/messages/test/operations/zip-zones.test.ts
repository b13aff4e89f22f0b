/** The table of zones by ZIP code is the one that the packages give. */
import { expect, test } from 'vitest';
import { prefixesByZone } from '../../operations/zip-zones.ts';
import { ZIP_ZONES } from '../../rules/zip-zones.ts';

test('capabilities/messages/rules/zip-zones.ts is up to date', () => {
  expect(ZIP_ZONES, 'run npm run messages:zones').toEqual(prefixesByZone());
});
