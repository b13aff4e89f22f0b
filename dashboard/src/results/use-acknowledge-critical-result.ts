import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeError } from '../alerts/change-error.ts';
import { useNotify } from '../alerts/notifications.tsx';
import type { CriticalResult } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { usePerson } from '../session/session-context.tsx';
import { conflictText, type SeenCriticalResult } from './critical-conflict.ts';
import type { CriticalNotice } from './critical-notice.ts';

/** Transactions follow their orders within about a second. */
const FOLLOWED_AFTER_MS = 2_000;

/** Acknowledges a critical result in the name of the signed-in user. `onAcknowledged` runs also where the form is gone by then. */
export function useAcknowledgeCriticalResult(onAcknowledged: () => void) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const person = usePerson();
  return useMutation({
    mutationFn: ({ orderId, latestAt, ...notice }: SeenCriticalResult & CriticalNotice) =>
      api.json<CriticalResult>(`/v1/orders/${encodeURIComponent(orderId)}/critical-result/acknowledgement`, {
        method: 'PUT',
        body: { by: person.name, ...notice, ...(latestAt !== null && { latest_at: latestAt }) },
      }),
    onSuccess: () => {
      onAcknowledged();
      notify({ type: 'success', header: 'Critical result acknowledged' });
      setTimeout(() => void client.invalidateQueries(), FOLLOWED_AFTER_MS);
    },
    onError: async (error, seen) => {
      const notice = changeError(
        error,
        'The critical result was not acknowledged',
        'Couldn’t confirm the acknowledgement',
      );
      const text = await conflictText(api, seen, error);
      notify(text === null ? notice : { ...notice, text });
    },
    onSettled: () => client.invalidateQueries(),
  });
}
