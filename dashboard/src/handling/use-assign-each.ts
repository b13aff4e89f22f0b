import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeErrorText } from '../alerts/change-error.ts';
import { useNotify } from '../alerts/notifications.tsx';
import type { Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { cacheAnswers } from '../api/cached-answers.ts';
import { usePerson } from '../session/session-context.tsx';
import { assign, type Handling, type Owned, undoing } from './assignments.ts';

interface Change {
  readonly of: readonly Owned[];
  readonly handling: (one: Owned) => Handling;
  /** "Taken", "Assigned to olivia@example.com". */
  readonly done: string;
}

interface Outcome {
  readonly done: readonly { readonly was: Owned; readonly is: Transaction }[];
  readonly refused: readonly { readonly of: Owned; readonly error: Error }[];
}

/** Sets owners and follow-ups of several transactions. One that is refused does not stop the others. A message offers to undo it. */
export function useAssignEach() {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const { name: by } = usePerson();
  const { mutate } = useMutation({
    mutationFn: async ({ of, handling }: Change): Promise<Outcome> => {
      const done: Outcome['done'][number][] = [];
      const refused: Outcome['refused'][number][] = [];
      for (const one of of) {
        try {
          done.push({ was: one, is: await assign(api, by, one, handling(one)) });
        } catch (error) {
          refused.push({ of: one, error: error as Error });
        }
      }
      return { done, refused };
    },
    onSuccess: async ({ done, refused }, { of, done: what }) => {
      await cacheAnswers(
        client,
        done.map(({ is }) => is),
      );
      const undo = done.length > 0 && {
        action: { text: 'Undo', run: () => mutate(backTo(done)) },
      };
      if (refused.length === 0) notify({ type: 'success', header: countText(what, done.length), ...undo });
      else {
        const header = `${refused.length} of ${of.length} not changed`;
        notify({
          type: 'error',
          header: of.length === 1 ? 'Not changed' : header,
          text: reasons(refused),
          ...undo,
        });
      }
    },
    onError: (error) => notify({ type: 'error', header: 'Something went wrong', text: error.message }),
    onSettled: () => void client.invalidateQueries(),
  });
  return (of: readonly Owned[], handling: Handling, done: string) =>
    mutate({ of, handling: () => handling, done });
}

function backTo(done: Outcome['done']): Change {
  const before = new Map(done.map(({ was }) => [was.id, was.assignment]));
  return {
    of: done.map(({ is: { id, assignment } }) => ({ id, assignment })),
    handling: ({ id }) => undoing(before.get(id)),
    done: 'Undone',
  };
}

function countText(what: string, count: number): string {
  return count === 1 ? what : `${what}: ${count}`;
}

/** Each reason once. */
function reasons(refused: Outcome['refused']): string {
  return [...new Set(refused.map(({ error }) => changeErrorText(error)))].join(' ');
}
