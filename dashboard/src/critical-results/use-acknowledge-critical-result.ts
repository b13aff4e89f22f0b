import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CriticalResult } from '../api/answers.ts';
import { ApiProblem, Unreachable } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { type Notification, useNotify } from '../messages/notifications.tsx';
import { usePerson } from '../session/session-context.tsx';

/** A critical result as the user saw it. */
export interface SeenCriticalResult {
  readonly orderId: string;
  /** The time of the latest report on the page. A later one isn't acknowledged unseen. */
  readonly latestAt: string | null;
}

/** Transactions follow their orders within about a second. */
const FOLLOWED_AFTER_MS = 2_000;

/** Acknowledges a critical result in the name of the signed-in user. */
export function useAcknowledgeCriticalResult() {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const person = usePerson();
  return useMutation({
    // Fails at once when offline: later, it may no longer be what the user wants.
    networkMode: 'always',
    mutationFn: ({ orderId, latestAt }: SeenCriticalResult) =>
      api.json<CriticalResult>(`/v1/orders/${encodeURIComponent(orderId)}/critical-result/acknowledgement`, {
        method: 'PUT',
        body: { by: person.name, ...(latestAt !== null && { latest_at: latestAt }) },
      }),
    onSuccess: () => {
      notify({ type: 'success', header: 'Critical result acknowledged' });
      setTimeout(() => void client.invalidateQueries(), FOLLOWED_AFTER_MS);
    },
    onError: (error) => notify(acknowledgementError(error)),
    onSettled: () => client.invalidateQueries(),
  });
}

/** The notification about an acknowledgement that failed. */
function acknowledgementError(error: Error): Notification {
  if (error instanceof Unreachable) {
    return {
      type: 'error',
      header: 'Couldn’t confirm the acknowledgement',
      text: 'The connection failed before we got an answer. The page updates when the connection is back.',
    };
  }
  const header = 'The critical result was not acknowledged';
  if (!(error instanceof ApiProblem)) {
    return { type: 'error', header, text: 'We got an unexpected answer. Try again.' };
  }
  if (error.status === 403) return { type: 'error', header, text: 'Your account doesn’t have permission.' };
  return { type: 'error', header, text: error.message };
}
