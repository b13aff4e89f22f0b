import { expect, test } from 'vitest';
import type { Transaction } from '../../../../dashboard/src/api/answers.ts';
import { ApiProblem, Unreachable } from '../../../../dashboard/src/api/api-client.ts';
import { assign } from '../../../../dashboard/src/handling/assignments.ts';
import { person } from '../../../callers.ts';

const conflict = new ApiProblem(409, 'Raw, of 2026-03-10T08:00:00.000000Z.');
const seen = assigned('Nurse Kim', '2026-03-10T08:00:00Z');

function assigned(assignee: string, at = new Date().toISOString()): NonNullable<Transaction['assignment']> {
  return { assignee, follow_up_at: null, by: 'olivia', at, caller: person('olivia') };
}

/** The message of the refusal, and the assignment that the user has seen now. */
async function refusal(answers: readonly unknown[], before: Transaction['assignment'], error = conflict) {
  const left = [error, ...answers];
  const json = async <T>(): Promise<T> => {
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer as T;
  };
  const change = assign({ json }, 'clara', { id: 'tx', assignment: before }, { assignee: 'clara' });
  return change.catch((refused) => [refused.message, refused.current?.assignment]);
}

test.each([
  ['another owner', seen, assigned('Day shift'), 'olivia assigned it to Day shift just now.'],
  ['the first owner', null, assigned('Day shift'), 'olivia assigned it to Day shift just now.'],
  ['another follow-up', seen, assigned('Nurse Kim'), 'olivia changed the follow-up just now.'],
])('a conflict with %s says who and when', async (_, before, current, text) => {
  expect(await refusal([{ assignment: current }], before)).toEqual([text, current]);
});

test('a conflict with a removal says who, from the history', async () => {
  const removal = {
    kind: 'unassigned',
    by: 'olivia',
    at: new Date().toISOString(),
    caller: person('olivia'),
  };
  const gone = { assignment: null };
  expect(await refusal([gone, { notes: [{ kind: 'note' }, removal] }], seen)).toEqual([
    'olivia removed the owner just now.',
    null,
  ]);
  expect(await refusal([gone, { notes: [] }], seen)).toEqual([
    'The owner was removed in the meantime.',
    null,
  ]);
});

test.each([
  ['another conflict', [{ assignment: seen }], conflict],
  ['a conflict that cannot be looked into', [new Unreachable('offline')], conflict],
  ['another refusal', [{ assignment: assigned('Day shift') }], new ApiProblem(403, 'No.')],
])('%s stays as it is', async (_, answers, error) => {
  expect(await refusal(answers, seen, error)).toEqual([error.message, undefined]);
});
