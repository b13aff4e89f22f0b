/** The table of zones by ZIP code is the one that the packages give. */
import { expect, test } from 'vitest';
import { ZIP_ZONES } from '../../../core/domain/message/zip-zones.ts';
import { prefixesByZone } from '../../../operations/messages/zip-zones.ts';

test('core/domain/message/zip-zones.ts is up to date', () => {
  expect(ZIP_ZONES, 'run npm run messages:zones').toEqual(prefixesByZone());
});
