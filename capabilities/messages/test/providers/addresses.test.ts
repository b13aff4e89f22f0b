/** An address of a message is the patient's as it was given, or none. */
import { expect, test } from 'vitest';
import { phoneMetadata } from '../../operations/phone-metadata.ts';
import { emailAddress, phoneNumber } from '../../providers/addresses.ts';
import metadata from '../../providers/phone-metadata.json' with { type: 'json' };

test.each(['+12125550142', '+1 (212) 555-0142', '1-212-555-0142', '2125550142', ' 212.555.0142 '])(
  '%j is a number of New York',
  (text) => expect(phoneNumber(text)).toBe('+12125550142'),
);

test.each([
  ['another country, ten digits', '+4523456789'],
  ['an unassigned area code', '4523456789'],
  ['no country code after the plus', '+2125550142'],
  ['the country code twice', '+112125550142'],
  ['the trunk prefix of another country', '0012125550142'],
  ['an extension', '212-555-0142 x5'],
  ['two numbers', '2125550142 / 2125550143'],
  ['letters', '212-555-ABCD'],
  ['digits of another script', '２１２５５５０１４２'],
  ['Canada', '+14165550142'],
  ['Jamaica', '+18765550142'],
  ['toll-free', '8005550142'],
  ['premium rate', '9005550142'],
  ['too short', '555-0142'],
  ['nothing', ''],
])('%s is no number: %s', (_, text) => expect(phoneNumber(text)).toBeNull());

test('territories have numbers too', () => {
  expect(phoneNumber('787-555-0142')).toBe('+17875550142');
  expect(phoneNumber('+1 671 555 0142')).toBe('+16715550142');
});

test('capabilities/messages/providers/phone-metadata.json is up to date', () => {
  expect(metadata, 'run npm run messages:phones').toEqual(JSON.parse(JSON.stringify(phoneMetadata())));
});

test.each([
  'ada@example.com, eve@example.com',
  'Ada <ada@example.com>',
  'ada@example',
  'ada@example.com\n.org',
  '',
])('%j is no email address', (text) => expect(emailAddress(text)).toBeNull());

test('an email address is neither changed nor cut', () => {
  expect(emailAddress(' Ada+x@Example.com')).toBe('Ada+x@Example.com');
  expect(emailAddress(`ada@${'a.'.repeat(130)}example.com`)).toBeNull();
});
