import { describe, expect, test } from 'vitest';
import { dueOfOrder } from '../../../../core/domain/clocks/order-clocks.ts';
import { progressOfStatus } from '../../../../core/domain/order/order-progress.ts';
import {
  isKnownStatus,
  isShipped,
  lifecycleStage,
  orderClass,
  reportsResults,
  shownBy,
  showsDraw,
  statusParts,
} from '../../../../core/domain/order/status.ts';
import { STATUS_TABLE } from '../../../../core/domain/order/status-table.ts';

/** The ways of an order as Junction documents them, by hand: https://docs.junction.com/lab/workflow/lab-test-lifecycle */
const DOCUMENTED_WAYS: Readonly<Record<string, readonly string[]>> = {
  walk_in_test: [
    'ordered',
    'requisition_created',
    'appointment_pending',
    'appointment_scheduled',
    'partial_results',
    'completed',
    'corrected',
  ],
  testkit: [
    'ordered',
    'awaiting_registration',
    'registered',
    'transit_customer',
    'out_for_delivery',
    'with_customer',
    'transit_lab',
    'delivered_to_lab',
    'lab_processing_blocked',
    'partial_results',
    'completed',
  ],
  at_home_phlebotomy: [
    'ordered',
    'requisition_bypassed',
    'appointment_pending',
    'appointment_scheduled',
    'appointment_cancelled',
    'draw_completed',
    'partial_results',
    'completed',
  ],
  on_site_collection: [
    'ordered',
    'requisition_created',
    'draw_completed',
    'partial_results',
    'redraw_available',
    'completed',
    'cancelled',
  ],
};

/** What Junction documents of single statuses, by hand. Every other documented status is of an order in progress. */
const DOCUMENTED_ENDS = {
  C: ['completed', 'corrected'],
  R: ['redraw_available'],
  X: ['cancelled', 'do_not_process'],
  F: ['sample_error', 'lost', 'failure_to_deliver_to_customer', 'failure_to_deliver_to_lab'],
} as const;

const lows = STATUS_TABLE.map(({ low }) => low);
const isAscending = (numbers: readonly number[]) =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? Number.NaN));

describe('the documented lifecycle', () => {
  test.each(Object.entries(DOCUMENTED_WAYS))('of %s is in the order of the stages', (_, way) => {
    expect(way.filter((low) => !isKnownStatus(low))).toEqual([]);
    expect(isAscending(way.map(lifecycleStage))).toBe(true);
  });

  test.each([
    ['requisition_created', 'requisition_bypassed'],
    ['with_customer', 'problem_in_transit_customer'],
    ['transit_lab', 'problem_in_transit_lab'],
    ['failure_to_deliver_to_customer', 'failure_to_deliver_to_lab'],
    ['lost', 'sample_error'],
  ])('has %s and %s at one stage', (one, other) => {
    expect(lifecycleStage(one)).toBe(lifecycleStage(other));
  });

  test.each(Object.entries(DOCUMENTED_ENDS))('has these statuses of class %s and no others', (of, ends) => {
    expect(lows.filter((low) => orderClass(low, null) === of).sort()).toEqual([...ends].sort());
  });

  test.each([
    ['requisition_created', 'requisition'],
    ['registered', 'kit'],
    ['with_customer', 'kit'],
    ['appointment_pending', 'appointment_request'],
    ['appointment_scheduled', 'appointment'],
    ['appointment_cancelled', 'appointment_cancellation'],
    ['draw_completed', 'draw'],
    ['transit_lab', 'draw'],
    ['delivered_to_lab', 'draw'],
    ['partial_results', 'partial_results'],
    ['ordered', null],
  ])('has %s show %s', (low, shown) => {
    expect(shownBy(low)).toBe(shown);
  });

  test('has a test kit that cannot be recalled from its shipment until its arrival', () => {
    expect(['ordered', 'registered', 'requisition_created', 'draw_completed'].filter(isShipped)).toEqual([]);
    const shipped = [
      'transit_customer',
      'with_customer',
      'problem_in_transit_customer',
      'transit_lab',
      'delivered_to_lab',
    ];
    expect(shipped.filter(isShipped)).toEqual(shipped);
  });
});

describe.each(STATUS_TABLE)('$low', ({ low, high, class: of, shows, shipped }) => {
  const stage = lifecycleStage(low);

  test('is documented, and decides the class whatever the high-level status', () => {
    expect(isKnownStatus(low)).toBe(true);
    for (const other of ['received', 'completed', 'cancelled', 'failed', 'unheard_of']) {
      expect(orderClass(low, other)).toBe(of);
    }
    expect(lows.filter((name) => name === low)).toHaveLength(1);
  });

  test('is of the class of its high-level status, except an available redraw', () => {
    expect(of === 'R' ? 'R' : orderClass(null, high)).toBe(of);
  });

  test('ends the order only after every stage of an order in progress', () => {
    const others = STATUS_TABLE.filter((row) => (row.class === 'P') !== (of === 'P'));
    const wrong = others.filter((row) => (of === 'P') !== lifecycleStage(row.low) > stage);
    expect(wrong).toEqual([]);
    if (of !== 'P') expect([shows, shipped]).toEqual([undefined, undefined]);
  });

  test('shows a draw exactly if it comes after everything that precedes a draw', () => {
    const before = STATUS_TABLE.filter((row) => row.shows && !showsDraw(row.low));
    const isAfter = before.every((row) => lifecycleStage(row.low) < stage);
    expect(showsDraw(low)).toBe(of === 'P' && isAfter);
  });

  test('reports results exactly if it shows some, or the order has them', () => {
    expect(reportsResults({ low, high })).toBe(shows === 'partial_results' || of === 'C' || of === 'R');
  });
});

describe.each(STATUS_TABLE.filter((row) => row.class === 'P'))('$low, in progress,', ({ low, shows }) => {
  const at = '2026-10-25T08:00:00.000000Z';
  const clocks = {
    noRequisition: 1,
    noAppointment: 2,
    afterAppointment: 3,
    afterResultDate: 4,
    noResultDate: 5,
    labTimeZone: 'UTC',
  };

  test('has the stage and the clock of what it shows', () => {
    const order = { ...progressOfStatus(low, at), created_at: null, status_at: at };
    const { stage, due_at } = dueOfOrder(order, null, clocks);
    const requested = ['requisition', 'kit', 'appointment'].includes(shows ?? '');
    const [expected, clock] = showsDraw(low)
      ? ['awaiting_result', clocks.noResultDate]
      : requested
        ? ['awaiting_appointment', clocks.noAppointment]
        : ['awaiting_requisition', clocks.noRequisition];
    expect([stage, Date.parse(due_at ?? '') - Date.parse(at)]).toEqual([expected, clock]);
  });
});

describe('an unknown or missing low-level status', () => {
  test.each([
    ['completed', 'C'],
    ['cancelled', 'X'],
    ['failed', 'F'],
    ['received', 'P'],
    ['collecting_sample', 'P'],
    ['sample_with_lab', 'P'],
    ['unheard_of', 'P'],
    ['__proto__', 'P'],
    ['constructor', 'P'],
    [null, 'P'],
  ])('below %s is of class %s', (high, expected) => {
    expect(orderClass('unheard_of', high)).toBe(expected);
    expect(orderClass(null, high)).toBe(expected);
  });

  test.each(['failure_to_deliver_to_the_moon', 'failure_to_deliver_'])(
    '%s is of class failed, whatever the high-level status',
    (low) => {
      expect(orderClass(low, 'received')).toBe('F');
      expect(isKnownStatus(low)).toBe(false);
    },
  );

  test.each(['failure_to_deliver', 'Completed', 'completed ', 'toString', '__proto__', 'constructor', ''])(
    '"%s" is not documented',
    (low) => {
      expect(orderClass(low, null)).toBe('P');
      expect(isKnownStatus(low)).toBe(false);
      expect(lifecycleStage(low)).toBe(-1);
    },
  );

  test('is before the first stage if it is missing', () => {
    expect(lifecycleStage(null)).toBe(-1);
  });
});

describe('the status of an event', () => {
  test.each([
    ['completed.walk_in_test.corrected', 'completed', 'walk_in_test', 'corrected'],
    ['received.testkit.testkit_registered', 'received', 'testkit', 'registered'],
    ['received.testkit.registered', 'received', 'testkit', 'registered'],
    ['completed.corrected', 'completed', null, 'corrected'],
    ['cancelled', 'cancelled', null, 'cancelled'],
    ['a.b.c.d', 'a', 'b', 'd'],
    ['..', '', '', ''],
    ['', '', null, ''],
  ])('"%s" is %s, %s, %s', (status, high, modality, low) => {
    expect(statusParts(status)).toEqual({ high, modality, low });
  });
});
