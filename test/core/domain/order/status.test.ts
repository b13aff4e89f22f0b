import { describe, expect, test } from 'vitest';
import {
  isKnownStatus,
  lifecycleStage,
  orderClass,
  statusParts,
} from '../../../../core/domain/order/status.ts';

/** Every documented low-level status with its stage (equal numbers are the same stage) and class, written by hand. */
const DOCUMENTED: readonly (readonly [low: string, stage: number, orderClass: string])[] = [
  ['ordered', 0, 'P'],
  ['awaiting_registration', 1, 'P'],
  ['registered', 2, 'P'],
  ['requisition_created', 3, 'P'],
  ['requisition_bypassed', 3, 'P'],
  ['transit_customer', 4, 'P'],
  ['out_for_delivery', 5, 'P'],
  ['with_customer', 6, 'P'],
  ['problem_in_transit_customer', 6, 'P'],
  ['appointment_pending', 7, 'P'],
  ['appointment_scheduled', 8, 'P'],
  ['appointment_cancelled', 9, 'P'],
  ['draw_completed', 10, 'P'],
  ['transit_lab', 11, 'P'],
  ['problem_in_transit_lab', 11, 'P'],
  ['delivered_to_lab', 12, 'P'],
  ['lab_processing_blocked', 13, 'P'],
  ['partial_results', 14, 'P'],
  ['redraw_available', 15, 'R'],
  ['failure_to_deliver_to_customer', 16, 'F'],
  ['failure_to_deliver_to_lab', 16, 'F'],
  ['lost', 16, 'F'],
  ['sample_error', 16, 'F'],
  ['completed', 17, 'C'],
  ['corrected', 18, 'C'],
  ['do_not_process', 19, 'X'],
  ['cancelled', 20, 'X'],
];

describe('a documented low-level status', () => {
  test.each(DOCUMENTED)('%s is at stage %i and of class %s', (low, stage, expected) => {
    expect(lifecycleStage(low)).toBe(stage);
    expect(isKnownStatus(low)).toBe(true);
    expect(orderClass(low, null)).toBe(expected);
  });

  test.each(DOCUMENTED)('%s decides, whatever the high-level status', (low, _, expected) => {
    for (const high of ['received', 'completed', 'cancelled', 'failed', 'unheard_of']) {
      expect(orderClass(low, high)).toBe(expected);
    }
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
