/** Decent hours, checked against the clocks of each zone and independent of the product. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsFor } from '../../../../test/property.ts';
import { ALL_STATES, patientTimeZones } from '../../rules/patient-time-zones.ts';
import { nextSendingTime, parseSendingWindow } from '../../rules/sending-window.ts';

const QUARTER = 900_000;
const EVERY_STATE =
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows. */
function timeIn(zone: string, at: number): string {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  clocks.set(zone, clock);
  return clock.format(at);
}

const areOpen = (zones: readonly string[], at: number) =>
  zones.every((zone) => timeIn(zone, at) >= '09:00' && timeIn(zone, at) < '20:00');

const hours = parseSendingWindow('09:00-20:00') ?? expect.unreachable();

test("a message is sent at the first quarter hour within the window in all of the patient's zones", () => {
  const anyQuarter = fc
    .integer({ min: Date.UTC(2026, 0, 1) / QUARTER, max: Date.UTC(2028, 0, 1) / QUARTER })
    .map((quarters) => quarters * QUARTER);
  // The nights of the clock changes of 2026 come up as often as all the others.
  const changes = fc
    .tuple(fc.constantFrom(Date.UTC(2026, 2, 7), Date.UTC(2026, 9, 31)), fc.integer({ min: 0, max: 200 }))
    .map(([day, quarters]) => day + quarters * QUARTER);
  const anyState = fc.constantFrom(...EVERY_STATE.split(' '), 'unknown');
  holdsFor(
    fc.property(fc.oneof(anyQuarter, changes), anyState, (at, state) => {
      const zones = patientTimeZones(state, null);
      let expected = at;
      while (!areOpen(zones, expected)) expected += QUARTER;
      expect(Date.parse(nextSendingTime(new Date(at).toISOString(), zones, hours))).toBe(expected);
    }),
    { numRuns: 200 },
  );
});

test('a state has one zone, a divided state two, and an unknown one those of all states', () => {
  const divided = EVERY_STATE.split(' ').filter((state) => patientTimeZones(state, null).length === 2);
  expect(divided.sort().join(' ')).toBe('AK AZ FL ID IN KS KY MI ND NE NV OR SD TN TX');
  for (const state of EVERY_STATE.split(' ')) expect(patientTimeZones(state, null).length).toBeLessThan(3);
  for (const other of [null, '', 'ON', 'AE', 'Texas', ' TX', 'tx'])
    expect(patientTimeZones(other, null)).toBe(ALL_STATES);
});

// Cities on both sides of the borders between zones. https://www.transportation.gov/regulations/time-act
test.each([
  ['FL', '32501', ['America/Chicago']],
  ['FL', '33101', ['America/New_York']],
  ['TN', '37402', ['America/New_York']],
  ['TN', '37203-1234', ['America/Chicago']],
  ['TX', '79901', ['America/Denver']],
  ['TX', '75001', ['America/Chicago']],
  ['IN', '46402', ['America/Chicago']],
  ['AZ', '85004', ['America/Phoenix']],
  // Codes with the same beginning lie in both zones.
  ['FL', '32456', ['America/New_York', 'America/Chicago']],
  ['AZ', '86515', ['America/Phoenix', 'America/Denver']],
  // A code of another state, and none.
  ['TX', '33101', ['America/Chicago', 'America/Denver']],
  ['TX', '', ['America/Chicago', 'America/Denver']],
  ['TX', '750', ['America/Chicago', 'America/Denver']],
  ['TX', '750012345', ['America/Chicago', 'America/Denver']],
  ['NY', '79901', ['America/New_York']],
])('a patient in %s %s is in %j', (state, zip, zones) => {
  expect([...patientTimeZones(state, zip)].sort()).toEqual([...zones].sort());
});

test('a ZIP code alone does not tell the zone', () => {
  expect(patientTimeZones(null, '79901')).toBe(ALL_STATES);
});

test('the last minute of the window is exact to the microsecond; after it, the message waits for the morning', () => {
  const zones = patientTimeZones('NY', null);
  const last = '2026-07-15T23:59:59.999999Z';
  expect(nextSendingTime(last, zones, hours)).toBe(last);
  expect(nextSendingTime('2026-07-16T00:00:00.000000Z', zones, hours)).toBe('2026-07-16T13:00:00.000000Z');
});

test('all hours means at once', () => {
  const always = parseSendingWindow('00:00-24:00') ?? expect.unreachable();
  const night = '2026-07-16T08:00:00.000000Z';
  expect(nextSendingTime(night, ALL_STATES, always)).toBe(night);
});

test('hours that never overlap are rejected instead of waiting forever', () => {
  expect(() =>
    nextSendingTime('2026-07-16T08:00:00.000000Z', ['America/New_York', 'Asia/Shanghai'], hours),
  ).toThrow(RangeError);
});

test.each(['9-20', '20:00-09:00', '09:00-16:59', '09:60-20:00', '09:00-24:01', '09:00–20:00', ''])(
  'the hours %j are refused',
  (text) => expect(parseSendingWindow(text)).toBeNull(),
);
