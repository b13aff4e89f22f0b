/** How long the marks of a redraw hold, and with them an acknowledgement. */
import { expect, test } from 'vitest';
import type { Redraw } from '../../../../core/domain/redraw/redraw.ts';
import {
  type Acknowledgement,
  answered,
  marked,
  marksHolding,
  UNMARKED,
  uncheckedReason,
} from '../../../../core/domain/transaction/acknowledgement.ts';
import { type Decision, decisionKey, openDecisionKey } from '../../../../core/domain/transaction/decision.ts';
import { at, orderId } from '../order-records.ts';

const acknowledgement = { by: 'a nurse', at: at(3) } as Acknowledgement;
const marks = {
  ...UNMARKED,
  progress: 'before',
  stale_since: at(2),
  unanswered_since: at(1),
  acknowledgement,
};

test('marks hold until the next progress, and end with what they are about', () => {
  expect(marksHolding(marks, { key: 'before' })).toBe(marks);
  expect(marksHolding(marks, { key: 'after' })).toBe(UNMARKED);
  expect(marksHolding(marks, null)).toBe(UNMARKED);
  expect(marksHolding({ ...marks, progress: null }, { key: 'before' })).toBe(UNMARKED);
});

test('of a decision about an open redraw, the acknowledgement outlasts progress; a flag and another decision do not', () => {
  const decision: Decision = {
    reason: 'redraw_not_needed',
    cause: 'redraw_not_needed',
    order_id: orderId(1),
    since: at(1),
  };
  const key = (of: Decision, stage: string) => openDecisionKey(of, { stage, since: at(2) } as Redraw);
  const decided = { ...marks, progress: key(decision, 'ordered') };
  const progressed = { key: key(decision, 'in_transit') };
  expect(marksHolding(decided, progressed)).toEqual({
    ...UNMARKED,
    progress: progressed.key,
    acknowledgement,
  });
  expect(marksHolding({ ...decided, acknowledgement: null }, progressed)).toBe(UNMARKED);
  expect(marksHolding(decided, { key: key({ ...decision, since: at(4) }, 'in_transit') })).toBe(UNMARKED);
  // After the redraw has ended, the decision is about what it left.
  expect(marksHolding(decided, { key: decisionKey(decision) })).toBe(UNMARKED);
});

test('a new mark keeps those that hold, and drops those of an earlier progress', () => {
  const set = { stale_since: at(9) };
  expect(marked(marks, { key: 'before' }, set)).toEqual({ ...marks, ...set });
  expect(marked(marks, { key: 'after' }, set)).toEqual({ ...UNMARKED, ...set, progress: 'after' });
});

test.each([
  [{}, null],
  [{ stale_since: at(1) }, null],
  [{ unanswered_since: at(2) }, null],
  [{ no_key: 'no_key' }, null],
  [{ stale_since: at(1), unanswered_since: at(2) }, 'no_answer'],
  [{ stale_since: at(1), unanswered_since: at(2), no_key: 'no_key_for_team' }, 'no_key_for_team'],
] as const)('marks of %j are unchecked for this reason: %s, until Junction answers', (set, reason) => {
  const { stale_since = null, ...others } = set as Partial<typeof marks>;
  const held = { ...UNMARKED, stale_since, ...others };
  expect(uncheckedReason(held)).toBe(reason);
  expect(answered(held)).toEqual({ ...UNMARKED, stale_since });
});
