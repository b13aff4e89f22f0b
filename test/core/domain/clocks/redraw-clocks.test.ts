/** The due time of a redraw: the day of a clock is 24 hours, and the day of a date ends where the lab is. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OrderTimes } from '../../../../core/domain/clocks/order-clocks.ts';
import { dueOfRedraw } from '../../../../core/domain/clocks/redraw-clocks.ts';
import { parseInstant } from '../../../../core/domain/instant.ts';
import { CLOCKS } from '../../../clocks.ts';
import { holdsFor } from '../../../property.ts';

const DAY = 86_400_000;

const order: OrderTimes = {
  created_at: null,
  status_at: null,
  activate_by: null,
  requisition_at: null,
  booking_at: null,
  attempt_at: null,
  unconfirmed: false,
  appointment_start_at: null,
  drawn: false,
  drawn_at: null,
  expected_result_by_date: null,
  worst_case_result_by_date: null,
};
const dueFrom = (fields: Partial<OrderTimes>) =>
  dueOfRedraw({ available_at: null, heard_at: null, order: { ...order, ...fields } }, CLOCKS).due_at;

test.each([
  ['clocks go forward in the United States', '2026-03-08T06:30:00.000000Z', '2026-03-09T06:30:00.000000Z'],
  ['clocks go back in the United States', '2026-11-01T05:30:00.000000Z', '2026-11-02T05:30:00.000000Z'],
  ['clocks go forward in Europe', '2026-03-29T00:30:00.000000Z', '2026-03-30T00:30:00.000000Z'],
  ['a leap day begins', '2028-02-28T12:00:00.000000Z', '2028-02-29T12:00:00.000000Z'],
  ['a leap day ends', '2028-02-29T12:00:00.000000Z', '2028-03-01T12:00:00.000000Z'],
  ['there is no leap day', '2027-02-28T12:00:00.000000Z', '2027-03-01T12:00:00.000000Z'],
  ['a year ends', '2026-12-31T23:59:59.999999Z', '2027-01-01T23:59:59.999999Z'],
])('a day is 24 hours even when %s', (_, from, to) => {
  expect(dueFrom({ created_at: from })).toBe(to);
  expect(dueFrom({ appointment_start_at: from })).toBe(to);
});

test('a result promised for a leap day is due a day later', () => {
  const drawn = { drawn: true, worst_case_result_by_date: '2028-02-29' };
  expect(dueFrom(drawn)).toBe('2028-03-02T08:00:00.000000Z');
});

/** A date from Junction, with what else a redraw needs to be in each stage. */
const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyInstant = anyDay.map((day) => `${day}T17:00:00.000000Z`);
const anyOrder = fc.record({
  created_at: fc.option(anyInstant),
  status_at: fc.option(anyInstant),
  activate_by: fc.option(anyDay),
  requisition_at: fc.option(anyInstant),
  booking_at: fc.option(anyInstant),
  attempt_at: fc.option(anyInstant),
  unconfirmed: fc.boolean(),
  appointment_start_at: fc.option(anyInstant),
  drawn: fc.boolean(),
  drawn_at: fc.option(anyInstant),
  expected_result_by_date: fc.option(anyDay),
  worst_case_result_by_date: fc.option(anyDay),
});
const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));

test('nothing is due before the dates from Junction have ended, in any zone and with any clocks', () => {
  holdsFor(
    fc.property(anyOrder, anyZone, fc.integer({ min: 1, max: 20 * DAY }), (given, labTimeZone, clock) => {
      const clocks = { ...CLOCKS, afterResultDate: clock, noRequisition: clock, noAppointment: clock };
      const { due_at } = dueOfRedraw(
        { available_at: null, heard_at: null, order: given },
        { ...clocks, labTimeZone },
      );
      const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: labTimeZone });
      const { expected_result_by_date: expected, worst_case_result_by_date: worst } = given;
      for (const day of given.drawn ? [expected, worst] : [given.activate_by]) {
        if (day !== null) expect(calendar.format(Date.parse(due_at ?? '')) > day).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('a day is 24 hours, whatever the time zone of the machine', () => {
  holdsFor(
    fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
      const from = parseInstant(date.toISOString());
      const due = dueFrom({ requisition_at: from }) ?? '';
      expect(Date.parse(due) - date.getTime()).toBe(7 * DAY);
    }),
  );
});

test('without any time there is no due time', () => {
  expect(dueFrom({})).toBeNull();
  const unheard = { available_at: null, heard_at: null, order: null };
  expect(dueOfRedraw(unheard, CLOCKS)).toMatchObject({ since: null, due_at: null });
});

test('a redraw without a time of its own counts from its first report', () => {
  const heard_at = '2026-03-09T08:00:00.000000Z';
  expect(dueOfRedraw({ available_at: null, heard_at, order: null }, CLOCKS)).toEqual({
    stage: 'awaiting_order',
    since: heard_at,
    due_at: '2026-03-09T09:00:00.000000Z',
  });
  expect(dueOfRedraw({ available_at: null, heard_at, order }, CLOCKS)).toMatchObject({
    stage: 'awaiting_requisition',
    since: heard_at,
  });
});
