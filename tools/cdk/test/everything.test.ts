import { expect, test } from 'vitest';
import { readConfiguration } from '../../../lib/configuration/configuration.ts';
import { settings } from '../../../lib/configuration/configuration-keys.ts';
import { EVERYTHING } from '../everything.ts';

const isSwitch = ({ schema }: (typeof settings)[keyof typeof settings]) =>
  schema.safeParse('on').success && schema.safeParse('off').success && !schema.safeParse('no').success;

test('the emulator tries every switch of the app', () => {
  const all = Object.entries(settings).flatMap(([key, setting]) => (isSwitch(setting) ? [key] : []));
  // It switches others off.
  const switches = all.filter((key) => key !== 'watchOnly');
  expect(switches.length).toBeGreaterThan(8);
  expect(switches.filter((key) => EVERYTHING[key as keyof typeof EVERYTHING] !== 'on')).toEqual([]);
});

test('the settings of everything are valid', () => {
  const context = Object.entries(EVERYTHING).map(([key, value]) => [`redraw-tracker:${key}`, value]);
  expect(readConfiguration(Object.fromEntries(context)).patientMessages).toEqual(['sms', 'email']);
});
