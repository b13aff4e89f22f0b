import { describe, expect, test } from 'vitest';
import type { Reconciliation } from '../../../dashboard/src/api/answers.ts';
import { ApiProblem, Unreachable } from '../../../dashboard/src/api/api-client.ts';
import {
  reconciliationError,
  reconciliationMessage,
} from '../../../dashboard/src/transaction/header/reconciliation-message.ts';

function answer(id: string, healed: boolean): Reconciliation {
  return { healed, transaction: { id } } as Reconciliation;
}

describe('what came of asking Junction', () => {
  test('something new, nothing new, and a transaction found are three things', () => {
    const told = [answer('one', true), answer('one', false), answer('other', true)].map((what) =>
      reconciliationMessage('one', what),
    );
    expect(told.map(({ header }) => header)).toEqual([
      'Junction told of something new',
      'Nothing new',
      'The order has found its transaction',
    ]);
    expect(told.every(({ type }) => type === 'success')).toBe(true);
  });

  test('no key is told from a Junction that is busy', () => {
    const none = reconciliationError(new ApiProblem(503, 'There is no key for the API of Junction here.'));
    expect(none).toMatchObject({
      header: 'Junction cannot be asked',
      text: expect.stringContaining('no key'),
    });
    const busy = reconciliationError(new ApiProblem(503, 'Junction answers no more requests for now.', 30));
    expect(busy).toMatchObject({ text: 'Try again in 30 seconds.' });
  });

  test.each([
    [new Unreachable('no connection'), 'Junction was not asked'],
    [new ApiProblem(403, 'Forbidden'), 'You may not ask Junction'],
    [new ApiProblem(429, 'Too Many Requests'), 'Junction was not asked'],
    [new ApiProblem(504, 'Junction did not answer in time; try again.'), 'Junction gave no answer of use'],
    [new TypeError('not a function'), 'It is not known what Junction said'],
  ])('%s', (error, header) => {
    expect(reconciliationError(error)).toMatchObject({ type: 'error', header });
  });
});
