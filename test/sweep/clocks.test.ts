/** When an open redraw is due, at every stage, to the microsecond; and that a sweep goes by exactly that. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../functions/domain/duration.ts';
import { later } from '../../functions/domain/instant.ts';
import type { RedrawStage } from '../../functions/domain/redraw-clocks.ts';
import { dueOf, type RedrawOrderProgress } from '../../functions/domain/redraw-clocks.ts';
import { CLOCKS } from '../domain/order-records.ts';
import { listed, march, transaction } from '../oracle/bodies.ts';
import type { Json } from '../oracle/spelling.ts';
import { holdsFor } from '../property.ts';
import {
  AVAILABLE_AT,
  booking,
  criticalResult,
  INITIAL,
  initialAvailable,
  ORDERED,
  ORDERED_AT,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from './redraw-bodies.ts';
import { instant, Tracker } from './tracker.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

interface Case {
  readonly what: string;
  readonly webhooks: readonly Json[];
  readonly stage: RedrawStage;
  readonly dueAt: string;
}

const REQUESTED_AT = REQUISITION[1];
const START = march(9, '16:00:00');
const booked = [redrawAt([ORDERED, REQUISITION]), booking(1, START, march(6))];
const drawnWith = (fields: Json) => redrawAt([ORDERED, REQUISITION], { updated_at: march(8), ...fields });
const heardOf = (low: string | null, at: string | null) => {
  const entries = [
    listed(1, 'redraw_available', AVAILABLE_AT, { created_at: march(1) }),
    listed(2, low, at, { origin: 'redraw', parent_id: INITIAL, created_at: ORDERED_AT }),
  ];
  return initialAvailable({ order_transaction: transaction(1, 'active', entries) });
};
const cancelledVisit = { status: 'cancelled', event_status: 'cancelled' };
const completedVisit = { status: 'completed', event_status: 'completed' };

const cases: readonly Case[] = [
  {
    what: 'no redraw order: an hour after redraw_available',
    webhooks: [],
    stage: 'awaiting_order',
    dueAt: later(AVAILABLE_AT, HOUR),
  },
  {
    what: 'ordered: a day without a requisition',
    webhooks: [redrawAt([ORDERED])],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'ordered, heard of from the initial order alone',
    webhooks: [heardOf('ordered', ORDERED_AT)],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'heard of without a status',
    webhooks: [heardOf(null, null)],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'to be activated later: a day from the beginning of that day',
    webhooks: [redrawAt([ORDERED], { activate_by: '2026-03-20' })],
    stage: 'awaiting_requisition',
    dueAt: later(march(20, '00:00:00'), DAY),
  },
  {
    what: 'to be activated at a time of day',
    webhooks: [redrawAt([ORDERED], { activate_by: '2026-03-20T05:30:00.000001-05:00' })],
    stage: 'awaiting_requisition',
    dueAt: '2026-03-21T10:30:00.000001Z',
  },
  {
    what: 'to be activated on a day that has passed already',
    webhooks: [redrawAt([ORDERED], { activate_by: '2026-03-02' })],
    stage: 'awaiting_requisition',
    dueAt: later(ORDERED_AT, DAY),
  },
  {
    what: 'with a requisition: seven days',
    webhooks: [redrawAt([ORDERED, REQUISITION])],
    stage: 'awaiting_appointment',
    dueAt: later(REQUESTED_AT, 7 * DAY),
  },
  {
    what: 'with a bypassed requisition, as an imported order starts',
    webhooks: [redrawAt([['requisition_bypassed', march(6)]])],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: 'with a requisition, heard of alone',
    webhooks: [heardOf('requisition_created', march(6))],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: 'with a requisition, heard of without a time: no older than the order',
    webhooks: [heardOf('requisition_created', null)],
    stage: 'awaiting_appointment',
    dueAt: later(ORDERED_AT, 7 * DAY),
  },
  {
    what: 'newer hearsay counts beside the own record',
    webhooks: [redrawAt([ORDERED]), heardOf('requisition_created', march(6))],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: 'with a requisition, to be activated later',
    webhooks: [redrawAt([ORDERED, REQUISITION], { activate_by: '2026-03-20' })],
    stage: 'awaiting_appointment',
    dueAt: later(march(20, '00:00:00'), 7 * DAY),
  },
  {
    what: 'a booking without a start: seven days from it',
    webhooks: [redrawAt([ORDERED, REQUISITION]), booking(1, null, march(6))],
    stage: 'awaiting_appointment',
    dueAt: later(march(6), 7 * DAY),
  },
  {
    what: 'a booking of which only the status of the order tells: seven days from it',
    webhooks: [redrawAt([ORDERED, REQUISITION, ['appointment_scheduled', march(7)]])],
    stage: 'awaiting_appointment',
    dueAt: later(march(7), 7 * DAY),
  },
  {
    what: 'booked: a day after the start',
    webhooks: booked,
    stage: 'awaiting_draw',
    dueAt: later(START, DAY),
  },
  {
    what: 'booked, although there is no requisition',
    webhooks: [redrawAt([ORDERED]), booking(1, START, march(6))],
    stage: 'awaiting_draw',
    dueAt: later(START, DAY),
  },
  {
    what: 'booked before it is to be activated: not stale before that',
    webhooks: [redrawAt([ORDERED, REQUISITION], { activate_by: '2026-03-20' }), booking(1, START, march(6))],
    stage: 'awaiting_draw',
    dueAt: later(march(20, '00:00:00'), DAY),
  },
  {
    what: 'moved to a later start',
    webhooks: [...booked, booking(1, march(12), march(8))],
    stage: 'awaiting_draw',
    dueAt: later(march(12), DAY),
  },
  {
    what: 'moved to an earlier start',
    webhooks: [...booked, booking(1, march(8), march(7))],
    stage: 'awaiting_draw',
    dueAt: later(march(8), DAY),
  },
  {
    what: 'cancelled: falls back, seven days from the cancelling',
    webhooks: [...booked, booking(1, START, march(8), cancelledVisit)],
    stage: 'awaiting_appointment',
    dueAt: later(march(8), 7 * DAY),
  },
  {
    what: 'cancelled, as only the order tells',
    webhooks: [...booked, redrawAt([ORDERED, REQUISITION, ['appointment_cancelled', march(8)]])],
    stage: 'awaiting_appointment',
    dueAt: later(march(8), 7 * DAY),
  },
  {
    what: 'a second appointment, which is the earlier one, stands',
    webhooks: [...booked, booking(2, march(8), march(7))],
    stage: 'awaiting_draw',
    dueAt: later(march(8), DAY),
  },
  {
    what: 'a second appointment that has no start yet: the first stands no more',
    webhooks: [...booked, booking(2, null, march(11))],
    stage: 'awaiting_appointment',
    dueAt: later(march(11), 7 * DAY),
  },
  {
    what: 'the first appointment cancelled after the second was booked: the second stands',
    webhooks: [...booked, booking(2, march(14), march(7)), booking(1, START, march(8), cancelledVisit)],
    stage: 'awaiting_draw',
    dueAt: later(march(14), DAY),
  },
  {
    what: 'a completed appointment is a sign of the draw, which was at its start',
    webhooks: [...booked, booking(1, START, march(10), completedVisit)],
    stage: 'awaiting_result',
    dueAt: later(START, 14 * DAY),
  },
  {
    what: 'a worst-case date is a sign of the draw, and is waited for a day longer',
    webhooks: [drawnWith({ expected_result_by_date: '2026-03-10', worst_case_result_by_date: '2026-03-14' })],
    stage: 'awaiting_result',
    dueAt: later(march(14, '00:00:00'), DAY),
  },
  {
    what: 'a worst-case date that comes with a time',
    webhooks: [drawnWith({ worst_case_result_by_date: '2026-03-14T12:00:00Z' })],
    stage: 'awaiting_result',
    dueAt: later(march(14, '12:00:00'), DAY),
  },
  {
    what: 'an expected date alone: fourteen days from the newest time known',
    webhooks: [drawnWith({ expected_result_by_date: '2026-03-10' })],
    stage: 'awaiting_result',
    dueAt: later(REQUESTED_AT, 14 * DAY),
  },
  {
    what: 'a partial result: fourteen days from it',
    webhooks: [redrawAt([ORDERED, REQUISITION, ['partial_results', march(9)]])],
    stage: 'awaiting_result',
    dueAt: later(march(9), 14 * DAY),
  },
  {
    what: 'a second partial result is no progress',
    webhooks: [redrawAt([ORDERED, ['partial_results', march(9)], ['partial_results', march(11)]])],
    stage: 'awaiting_result',
    dueAt: later(march(9), 14 * DAY),
  },
  {
    what: 'a partial result with a worst-case date',
    webhooks: [
      redrawAt([ORDERED, ['partial_results', march(9)]], { worst_case_result_by_date: '2026-03-14' }),
    ],
    stage: 'awaiting_result',
    dueAt: later(march(14, '00:00:00'), DAY),
  },
  {
    what: 'a partial result, heard of alone',
    webhooks: [redrawAt([ORDERED]), heardOf('partial_results', march(9))],
    stage: 'awaiting_result',
    dueAt: later(march(9), 14 * DAY),
  },
  {
    what: 'a critical result is a result, though the order says nothing of one',
    webhooks: [redrawAt([ORDERED, REQUISITION]), criticalResult(march(9))],
    stage: 'awaiting_result',
    dueAt: later(march(9), 14 * DAY),
  },
];

/** Long before anything is due, and late enough for everything in the webhooks to have happened. */
const RECEIVED_AT = march(15);

async function tracking(webhooks: readonly Json[], tracker = new Tracker()): Promise<Tracker> {
  await tracker.deliver(initialAvailable(), RECEIVED_AT);
  for (const body of webhooks) await tracker.deliver(body, RECEIVED_AT);
  return tracker;
}

describe.each(cases)('$what', ({ webhooks, stage, dueAt }) => {
  test('has its stage and due time', async () => {
    const tracker = await tracking(webhooks);
    expect((await tracker.transaction(TRANSACTION))?.redraw).toMatchObject({ stage, due_at: dueAt });
  });

  test('has them whatever came first', async () => {
    const tracker = new Tracker();
    for (const body of webhooks.toReversed()) await tracker.deliver(body, RECEIVED_AT);
    await tracker.deliver(initialAvailable(), RECEIVED_AT);
    expect((await tracker.transaction(TRANSACTION))?.redraw).toMatchObject({ stage, due_at: dueAt });
  });

  test.each([
    ['a millisecond before', later(dueAt, -1), 0],
    ['a microsecond before', microsecondsLater(dueAt, -1), 0],
    ['exactly then', dueAt, 1],
    ['a microsecond after', microsecondsLater(dueAt, 1), 1],
    ['a millisecond after', later(dueAt, 1), 1],
  ])('is flagged by a sweep: %s', async (_, now, flagged) => {
    const tracker = await tracking(webhooks);
    expect(await tracker.sweep(now)).toMatchObject({ due: flagged, flagged, healed: 0, skipped: 0 });
    expect((await tracker.transaction(TRANSACTION))?.marks.stale_since).toBe(flagged ? now : null);
    const again = await tracker.sweep(later(dueAt, 2));
    expect(again.flagged).toBe(1 - flagged);
    expect(tracker.told('Redraw Stale')).toEqual([TRANSACTION]);
  });
});

function microsecondsLater(at: string, count: number): string {
  const micros = Date.parse(`${at.slice(0, 23)}Z`) * 1_000 + Number(at.slice(23, 26)) + count;
  const milliseconds = Math.floor(micros / 1_000);
  const rest = String(micros - milliseconds * 1_000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}

describe('no open redraw, nothing due', () => {
  test.each([
    ['completed', [redrawAt([ORDERED, ['completed', march(9)]])]],
    ['cancelled', [redrawAt([ORDERED, ['cancelled', march(9)]])]],
    ['failed', [redrawAt([ORDERED, ['sample_error', march(9)]])]],
  ])('%s', async (state, webhooks) => {
    const tracker = await tracking(webhooks);
    const { redraw } = (await tracker.transaction(TRANSACTION)) ?? {};
    expect(redraw).toMatchObject({ state, stage: null, since: null, due_at: null });
    expect(await tracker.sweep('2027-01-01T00:00:00Z')).toMatchObject({ due: 0, flagged: 0 });
  });
});

describe('the clocks', () => {
  const clocks = {
    ...CLOCKS,
    noOrder: 1,
    noRequisition: 20 * SECOND,
    noAppointment: 3 * HOUR,
    afterAppointment: 4 * HOUR,
    afterResultDate: 5 * HOUR,
    noResultDate: 6 * HOUR,
  };
  const set = (webhooks: readonly Json[]) => tracking(webhooks, new Tracker({ clocks }));

  test.each([
    [[], later(AVAILABLE_AT, 1)],
    [[redrawAt([ORDERED])], later(ORDERED_AT, 20 * SECOND)],
    [[redrawAt([ORDERED, REQUISITION])], later(REQUESTED_AT, 3 * HOUR)],
    [booked, later(START, 4 * HOUR)],
    [[drawnWith({ worst_case_result_by_date: '2026-03-14' })], later(march(14, '00:00:00'), 5 * HOUR)],
    [[redrawAt([ORDERED, ['partial_results', march(9)]])], later(march(9), 6 * HOUR)],
  ])('can each be set (%#)', async (webhooks, dueAt) => {
    expect((await (await set(webhooks)).transaction(TRANSACTION))?.redraw?.due_at).toBe(dueAt);
  });
});

describe('a day is 24 hours', () => {
  const order: RedrawOrderProgress = {
    ...{ created_at: null, status_at: null, activate_by: null, requisition_at: null, booking_at: null },
    ...{ appointment_start_at: null, drawn: false, drawn_at: null, worst_case_result_by_date: null },
  };
  const dueFrom = (fields: Partial<RedrawOrderProgress>) =>
    dueOf({ available_at: null, order: { ...order, ...fields } }, CLOCKS).due_at;

  test.each([
    ['clocks go forward in the United States', '2026-03-08T06:30:00.000000Z', '2026-03-09T06:30:00.000000Z'],
    ['clocks go back in the United States', '2026-11-01T05:30:00.000000Z', '2026-11-02T05:30:00.000000Z'],
    ['clocks go forward in Europe', '2026-03-29T00:30:00.000000Z', '2026-03-30T00:30:00.000000Z'],
    ['a leap day begins', '2028-02-28T12:00:00.000000Z', '2028-02-29T12:00:00.000000Z'],
    ['a leap day ends', '2028-02-29T12:00:00.000000Z', '2028-03-01T12:00:00.000000Z'],
    ['no leap day comes', '2027-02-28T12:00:00.000000Z', '2027-03-01T12:00:00.000000Z'],
    ['a year ends', '2026-12-31T23:59:59.999999Z', '2027-01-01T23:59:59.999999Z'],
  ])('also when %s', (_, from, to) => {
    expect(dueFrom({ created_at: from })).toBe(to);
    expect(dueFrom({ appointment_start_at: from })).toBe(to);
  });

  test('a date promised on a leap day', () => {
    const drawn = { drawn: true, worst_case_result_by_date: '2028-02-29' };
    expect(dueFrom(drawn)).toBe('2028-03-01T00:00:00.000000Z');
  });

  test('in whatever time zone the machine is', () => {
    holdsFor(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        const from = instant(date.toISOString());
        const due = dueFrom({ requisition_at: from }) ?? '';
        expect(Date.parse(due) - date.getTime()).toBe(7 * DAY);
      }),
    );
  });

  test('no time at all, no due time', () => {
    expect(dueFrom({})).toBeNull();
    expect(dueOf({ available_at: null, order: null }, CLOCKS)).toMatchObject({ since: null, due_at: null });
  });
});

describe('a duration', () => {
  const units = { W: 7 * DAY, D: DAY, H: HOUR, M: 60 * SECOND, S: SECOND } as const;
  const count = fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined });

  test('is the sum of its parts, whichever are there', () => {
    holdsFor(
      fc.property(
        fc.record({ W: count, D: count, H: count, M: count, S: count }),
        fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }),
        ({ W, D, H, M, S }, thousandths) => {
          const part = (value: number | undefined, letter: string) =>
            value === undefined ? '' : `${value}${letter}`;
          const fraction = thousandths === undefined ? '' : `.${String(thousandths).padStart(3, '0')}`;
          const seconds = S === undefined ? '' : `${S}${fraction}S`;
          const time = part(H, 'H') + part(M, 'M') + seconds;
          const text = `P${part(W, 'W')}${part(D, 'D')}${time && `T${time}`}`;
          const given = Object.entries({ W, D, H, M, S }) as [keyof typeof units, number | undefined][];
          const whole = given.reduce((sum, [unit, value = 0]) => sum + value * units[unit], 0);
          const expected = whole + (seconds ? (thousandths ?? 0) : 0);
          expect(parseDuration(text)).toBe(expected > 0 ? expected : null);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['PT0.001S', 1],
    ['PT1.001S', 1_001],
    ['PT4.35S', 4_350],
    ['P3650D', 3_650 * DAY],
    ['P1W2DT3H4M5.6S', 9 * DAY + 3 * HOUR + 4 * 60 * SECOND + 5_600],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each([
    ...['', 'P', 'PT', 'T', '1D', 'P1', 'P1DT', 'PT1', 'P1H', 'PT1D', 'P1M', 'P1Y', 'p1d', ' P1D', 'P1D '],
    ...['P-1D', '-P1D', '+P1D', 'P1.5D', 'PT1,5S', 'PT.5S', 'PT1.S', 'PT1.0001S', 'P1D1W', 'PT1S1M', 'P0D'],
    ...['PT0S', 'PT0.000S', 'P3650DT0.001S', 'P3651D', `P${'9'.repeat(400)}D`, 'P1D\n', 'P٣D', 'PT1e3S'],
  ])('is not %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });

  test('is nothing else', () => {
    holdsFor(
      fc.property(fc.string({ unit: fc.constantFrom(...'PTWDHMSY0123456789.,+- ') }), (text) => {
        const read = parseDuration(text);
        if (read === null) return;
        expect(text).toMatch(/^P[\dWDTHMS.]+$/);
        expect(Number.isInteger(read) && read > 0 && read <= 3_650 * DAY).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
