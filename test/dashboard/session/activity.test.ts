import { expect, test } from 'vitest';
import { Activity } from '../../../dashboard/src/session/activity.ts';

function open() {
  const target = new EventTarget();
  const told: number[] = [];
  const clock = { now: 0 };
  const activity = new Activity({
    target,
    limitMs: 60_000,
    now: () => clock.now,
    onInput: (at) => told.push(at),
  });
  const idleAt = (ms: number) => {
    clock.now = ms;
    return activity.isIdle;
  };
  const input = (type: string, ms: number) => {
    clock.now = ms;
    target.dispatchEvent(new Event(type));
  };
  return { activity, told, idleAt, input };
}

test('a page that nobody has used since it was opened is idle after the limit', () => {
  const { idleAt } = open();
  expect([idleAt(59_999), idleAt(60_000)]).toEqual([false, true]);
});

test.each(['pointerdown', 'pointermove', 'wheel', 'keydown'])(
  '%s is input, and idling starts again',
  (type) => {
    const { idleAt, input } = open();
    input(type, 70_000);
    expect([idleAt(129_999), idleAt(130_000)]).toEqual([false, true]);
  },
);

test('input in another window counts, but no older one', () => {
  const { activity, idleAt } = open();
  activity.noticed(50_000);
  activity.noticed(10_000);
  expect([idleAt(109_999), idleAt(110_000)]).toEqual([false, true]);
});

test('the other windows hear of input at most every ten seconds, and every input counts here', () => {
  const { told, idleAt, input } = open();
  for (const at of [1_000, 5_000, 10_999, 11_000, 12_000]) input('keydown', at);
  expect(told).toEqual([1_000, 11_000]);
  expect([idleAt(71_999), idleAt(72_000)]).toEqual([false, true]);
});
