import { expect, test } from 'vitest';
import { ApiProblem, Unreachable } from '../../../../dashboard/src/api/api-client.ts';
import { failedSince } from '../../../../dashboard/src/next-step/use-failed-check.ts';

const at = (minute: number) => Date.parse(`2026-03-10T08:${minute}:00Z`);
const noAnswer = new ApiProblem(502, 'Junction refuses the key.');

test.each([
  ['nothing failed', [], null, null],
  ['Junction gave no answer', [{ error: noAnswer, submittedAt: at(20) }], null, at(20)],
  [
    'there was no connection',
    [{ error: new Unreachable(''), submittedAt: at(20) }],
    '2026-03-10T08:10:00Z',
    at(20),
  ],
  ['Junction has answered since', [{ error: noAnswer, submittedAt: at(20) }], '2026-03-10T08:30:00Z', null],
  [
    'the user was not allowed to ask',
    [{ error: new ApiProblem(403, 'No.'), submittedAt: at(20) }],
    null,
    null,
  ],
  [
    'the last of several failed',
    [
      { error: noAnswer, submittedAt: at(20) },
      { error: noAnswer, submittedAt: at(40) },
    ],
    '2026-03-10T08:30:00Z',
    at(40),
  ],
])('the last check of the user if %s', (_, failed, answeredAt, expected) => {
  expect(failedSince(failed, answeredAt)).toBe(expected);
});
