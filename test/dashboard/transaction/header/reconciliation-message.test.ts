import { describe, expect, test } from 'vitest';
import type { Reconciliation } from '../../../../dashboard/src/api/answers.ts';
import { ApiProblem, Unreachable } from '../../../../dashboard/src/api/api-client.ts';
import {
  reconciliationError,
  reconciliationMessage,
} from '../../../../dashboard/src/next-step/reconciliation-message.ts';

function answer(id: string, healed: boolean): Reconciliation {
  return { healed, transaction: { id } } as Reconciliation;
}

describe('the notification after a check with Junction', () => {
  test('news, no news and a found transaction differ', () => {
    const told = [answer('one', true), answer('one', false), answer('other', true)].map((what) =>
      reconciliationMessage('one', what),
    );
    expect(told.map(({ header }) => header)).toEqual([
      'Updated from Junction',
      'Already up to date',
      'Transaction found',
    ]);
    expect(told.every(({ type }) => type === 'success')).toBe(true);
  });

  test('a missing API key differs from a busy Junction', () => {
    const none = reconciliationError(new ApiProblem(503, 'There is no key for the API of Junction here.'));
    expect(none).toMatchObject({
      header: 'Checking with Junction isn’t set up',
      text: expect.stringContaining('no key'),
    });
    const busy = reconciliationError(new ApiProblem(503, 'Junction answers no more requests for now.', 30));
    expect(busy).toMatchObject({ text: 'Try again in 30 seconds.' });
  });

  test('without an answer of Junction, it says how old the data is and what to do next', () => {
    const { text } = reconciliationError(new ApiProblem(502, 'Junction refuses the key.'));
    expect(text).toMatch(/^Junction refuses the key\. What you see is as of the last check .* Try again in/);
  });

  test.each([
    [new Unreachable('no connection'), 'Couldn’t check with Junction'],
    [new ApiProblem(403, 'Forbidden'), 'You don’t have permission'],
    [new ApiProblem(429, 'Too Many Requests'), 'Couldn’t check with Junction'],
    [new ApiProblem(504, 'Junction did not answer in time; try again.'), 'No usable answer from Junction'],
    [new TypeError('not a function'), 'Couldn’t read Junction’s answer'],
  ])('%s', (error, header) => {
    expect(reconciliationError(error)).toMatchObject({ type: 'error', header });
  });
});
