import { describe, expect, test } from 'vitest';
import { type AnswerKind, effectOf, isTransient, kindOf } from '../../../core/junction/answer-kind.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';

const REFUSAL = '{"detail":"Service temporarily unavailable"}';
const kind = (status: number | null, body = REFUSAL, timedOut = false) =>
  kindOf({ status, timedOut, bytes: Buffer.from(body) });

/** The kind of every status, by its class, and the exceptions. */
const CLASSES: readonly (readonly [from: number, to: number, AnswerKind])[] = [
  [100, 199, 'undocumented'],
  [200, 299, 'success'],
  [300, 399, 'undocumented'],
  [400, 499, 'refused'],
  [500, 599, 'failed'],
  [600, 999, 'undocumented'],
];
const EXCEPTIONS: Readonly<Record<number, AnswerKind>> = {
  401: 'key_refused',
  403: 'key_refused',
  408: 'timeout',
  429: 'busy',
  504: 'timeout',
};
const statuses = CLASSES.flatMap(([from, to, kind]) =>
  Array.from({ length: to - from + 1 }, (_, n) => [from + n, EXCEPTIONS[from + n] ?? kind] as const),
);

test('a 2xx that is too large to read is not known to be one', () => {
  const kind = kindOf({ status: 200, timedOut: false, bytes: Buffer.from(''), tooLarge: true });
  expect([kind, effectOf(kind, true), isTransient(kind)]).toEqual(['too_large', 'unknown', false]);
});

test('every status has the kind of its class', () => {
  expect(statuses.map(([status]) => [status, kind(status)])).toEqual(statuses);
  expect([kind(null), kind(null, '', true)]).toEqual(['failed', 'timeout']);
});

describe('503', () => {
  test.each([
    ['{"detail":"PSC appointment scheduling is not enabled"}', 'not_enabled'],
    ['{"error":"x","message":"PSC appointment scheduling is not enabled.","status_code":503}', 'not_enabled'],
    ['PSC appointment scheduling is not enabled', 'failed'],
    [JSON.stringify({ detail: `${'x'.repeat(300)} is not enabled` }), 'failed'],
    ['', 'failed'],
  ])('%s is %s', (body, expected) => {
    expect([kind(503, body), kind(502, body)]).toEqual([expected, 'failed']);
  });
});

test('a change is known to be done, or not done, only by a readable 2xx or 4xx, or if it is not enabled', () => {
  const known = statuses.flatMap(([status, one]) => {
    const effects = [effectOf(one, true), effectOf(one, false)];
    expect(effects[1], `${status} without a readable body`).toBe('unknown');
    return effects[0] === 'unknown' ? [] : [[status, effects[0]]];
  });
  const expected = statuses.flatMap(([status]) => {
    if (status >= 200 && status < 300) return [[status, 'done']];
    return status >= 400 && status < 500 && status !== 408 ? [[status, 'none']] : [];
  });
  expect(known).toEqual(expected);
  expect(effectOf('not_enabled', true)).toBe('none');
});

test('every 5xx shows that Junction is down, and can be tried again; an answer that stays so is neither', () => {
  const isDown = (one: Exclude<AnswerKind, 'success' | 'refused'>) => new JunctionUnavailable('', one).down;
  expect((['failed', 'timeout', 'busy'] as const).map((one) => [isDown(one), isTransient(one)])).toEqual(
    Array(3).fill([true, true]),
  );
  expect(
    (['not_enabled', 'undocumented', 'too_large'] as const).map((one) => [isDown(one), isTransient(one)]),
  ).toEqual(Array(3).fill([false, false]));
  expect([isDown('key_refused'), isTransient('key_refused'), isTransient('refused')]).toEqual([
    true,
    false,
    false,
  ]);
});
