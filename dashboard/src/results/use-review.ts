import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeError } from '../alerts/change-error.ts';
import { useNotify } from '../alerts/notifications.tsx';
import type { Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';

interface Review {
  /** When the newest results on the screen were reported. Later ones are not reviewed unseen. */
  readonly resultsAt: string | null;
  /** What follows. Without it, the review is part of an acknowledgement, which says so itself. */
  readonly goOn?: () => void;
}

/** Marks the results of a transaction as reviewed for the whole team; a message offers to undo it. */
export function useReview(transactionId: string) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const path = `/v1/transactions/${encodeURIComponent(transactionId)}/review`;
  const onSettled = () => client.invalidateQueries();
  const withdrawn = useMutation({
    mutationFn: (at: string) => api.json<Transaction>(path, { method: 'DELETE', query: { replaces: at } }),
    onSuccess: () => notify({ type: 'success', header: 'Not reviewed any more' }),
    onError: (error) => notify(changeError(error, 'The review was not undone', 'Couldn’t confirm the undo')),
    onSettled,
  });
  const reviewed = useMutation({
    mutationFn: ({ resultsAt }: Review) =>
      api.json<Transaction>(path, {
        method: 'PUT',
        body: resultsAt === null ? {} : { results_at: resultsAt },
      }),
    onSuccess: ({ review }, { goOn }) => {
      if (!goOn) return;
      goOn();
      const action = review && { text: 'Undo', run: () => withdrawn.mutate(review.at) };
      notify({ type: 'success', header: 'Results reviewed', ...(action && { action }) });
    },
    onError: (error) =>
      notify(changeError(error, 'The results were not marked as reviewed', 'Couldn’t confirm the review')),
    onSettled,
  });
  return { review: reviewed, undo: withdrawn };
}
