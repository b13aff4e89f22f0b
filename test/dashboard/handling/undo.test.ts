/** Undo after a contact was logged. */
import { expect, test } from 'vitest';
import { ApiProblem } from '../../../dashboard/src/api/api-client.ts';
import { undoLogged } from '../../../dashboard/src/handling/assignments.ts';
import { person } from '../../callers.ts';

const LATER = new Date(Date.now() + 86_400_000).toISOString();
const assigned = (assignee: string, at: string, follow_up_at: string | null = null) => ({
  assignee,
  follow_up_at,
  at,
  by: assignee,
  caller: person(assignee),
});
const clara = assigned('clara', '2026-03-10T08:00:00Z', LATER);
const olivia = assigned('olivia', '2026-03-10T09:00:00Z');

/** The requests of an undo. The API answers with these, in turn. */
async function undo(saved: Parameters<typeof undoLogged>[3], answers: readonly unknown[]) {
  const asked: unknown[] = [];
  const left = [...answers];
  const json = async <T>(path: string, request: object = {}): Promise<T> => {
    asked.push({ path, ...request });
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer as T;
  };
  const result = await undoLogged({ json }, 'olivia', 'tx', saved).catch((error: Error) => error.message);
  return { asked, result };
}

const withdrawal = {
  path: '/v1/transactions/tx/notes',
  method: 'POST',
  body: { kind: 'withdrawn', withdraws: 'n1', by: 'olivia' },
};

test('withdraws the entry, and leaves an owner alone that it did not change', async () => {
  const { asked, result } = await undo({ note: { id: 'n1' }, changed: null, before: clara }, [{}]);
  expect(asked).toEqual([withdrawal]);
  expect(result).toBeNull();
});

test('restores the owner and a follow-up that is still ahead', async () => {
  const changed = { id: 'tx', assignment: olivia };
  const { asked } = await undo({ note: { id: 'n1' }, changed, before: clara }, [{}, { id: 'tx' }]);
  expect(asked).toEqual([
    withdrawal,
    {
      path: '/v1/transactions/tx/assignment',
      method: 'PUT',
      body: { assignee: 'clara', follow_up_at: LATER, by: 'olivia', replaces: olivia.at },
    },
  ]);
});

test('removes an owner that was not there', async () => {
  const changed = { id: 'tx', assignment: olivia };
  const { asked } = await undo({ note: { id: 'n1' }, changed, before: null }, [{}, { id: 'tx' }]);
  expect(asked[1]).toMatchObject({ method: 'DELETE', query: { by: 'olivia', replaces: olivia.at } });
});

test('replaces no owner that somebody set since, and says whom', async () => {
  const changed = { id: 'tx', assignment: olivia };
  const now = {
    assignment: { ...assigned('Day shift', new Date().toISOString()), by: 'clara', caller: person('clara') },
  };
  const answers = [{}, new ApiProblem(409, 'raw'), now];
  const { result } = await undo({ note: { id: 'n1' }, changed, before: clara }, answers);
  expect(result).toBe('clara assigned it to Day shift just now.');
});
