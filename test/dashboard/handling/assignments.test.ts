import { expect, test } from 'vitest';
import type { Transaction } from '../../../dashboard/src/api/answers.ts';
import type { Call } from '../../../dashboard/src/api/api-client.ts';
import { assign, type Handling, undoing } from '../../../dashboard/src/handling/assignments.ts';
import { person } from '../../callers.ts';

const LATER = new Date(Date.now() + 86_400_000).toISOString();
const PATH = '/v1/transactions/tx/assignment';

function owned(follow_up_at: string | null): NonNullable<Transaction['assignment']> {
  return {
    assignee: 'clara',
    follow_up_at,
    by: 'clara',
    at: '2026-03-10T12:00:00Z',
    caller: person('clara'),
  };
}

async function asked(assignment: Transaction['assignment'] | undefined, handling: Handling) {
  const calls: [string, Call][] = [];
  const json = async <T>(path: string, call: Call = {}): Promise<T> => {
    calls.push([path, call]);
    return {} as T;
  };
  await assign({ json }, 'olivia', { id: 'tx', assignment }, handling);
  return calls;
}

const put = (body: Record<string, unknown>) => [[PATH, { method: 'PUT', body: { by: 'olivia', ...body } }]];

test('taking it keeps a follow-up that is still ahead, and replaces only what was seen', async () => {
  const { at } = owned(null);
  const taken = { assignee: 'olivia' };
  expect(await asked(owned(LATER), taken)).toEqual(put({ ...taken, follow_up_at: LATER, replaces: at }));
  const over = '2026-03-09T08:00:00Z';
  expect(await asked(owned(over), taken)).toEqual(put({ ...taken, follow_up_at: null, replaces: at }));
  expect(await asked(null, taken)).toEqual(put({ ...taken, follow_up_at: null, replaces: null }));
  // A list that does not say who owns it.
  expect(await asked(undefined, taken)).toEqual(put({ ...taken, follow_up_at: null }));
});

test('a follow-up of what nobody owns makes the person its owner', async () => {
  const planned = { followUpAt: LATER };
  const body = { assignee: 'olivia', follow_up_at: LATER, replaces: null };
  expect(await asked(null, planned)).toEqual(put(body));
});

test('releasing it removes the owner', async () => {
  const { at } = owned(null);
  expect(await asked(owned(LATER), { assignee: null })).toEqual([
    [PATH, { method: 'DELETE', query: { by: 'olivia', replaces: at } }],
  ]);
});

test('undoing leads back to the owner and the follow-up before', () => {
  expect(undoing(owned(LATER))).toEqual({ assignee: 'clara', followUpAt: LATER });
  expect(undoing(null)).toEqual({ assignee: null, followUpAt: null });
});
