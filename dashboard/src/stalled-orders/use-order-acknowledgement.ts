import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { StalledOrder } from '../api/answers.ts';
import { ApiProblem, Unreachable } from '../api/api-client.ts';
import { useApi } from '../api/api-context.tsx';
import { type Notification, useNotify } from '../messages/notifications.tsx';
import { usePerson } from '../session/session-context.tsx';

type Change = { readonly kind: 'acknowledge'; readonly note: string } | { readonly kind: 'release' };

/** Acknowledges a stalled order in the name of the signed-in user, or releases it. */
export function useOrderAcknowledgement({ id, acknowledgement }: StalledOrder) {
  const api = useApi();
  const client = useQueryClient();
  const notify = useNotify();
  const { name: by } = usePerson();
  const path = `/v1/orders/${encodeURIComponent(id)}/acknowledgement`;
  const { mutate, isPending } = useMutation({
    // Fails at once when offline: later, it may no longer be what the user wants.
    networkMode: 'always',
    // Names the acknowledgement that the user saw, so that a newer one by someone else stays.
    mutationFn: (change: Change) =>
      change.kind === 'acknowledge'
        ? api.json<StalledOrder>(path, {
            method: 'PUT',
            body: { by, note: change.note.trim() || null, replaces: acknowledgement?.at ?? null },
          })
        : api.json<StalledOrder>(path, {
            method: 'DELETE',
            query: { by, acknowledged_at: acknowledgement?.at },
          }),
    onSuccess: (_, { kind }) =>
      notify({ type: 'success', header: kind === 'acknowledge' ? 'Order acknowledged' : 'Order released' }),
    onError: (error, { kind }) => notify(refusal(error, kind)),
    onSettled: () => client.invalidateQueries(),
  });
  return {
    acknowledge: (note: string) => mutate({ kind: 'acknowledge', note }),
    release: () => mutate({ kind: 'release' }),
    isPending,
  };
}

/** The notification about a change that failed. */
function refusal(error: Error, kind: Change['kind']): Notification {
  const what = kind === 'acknowledge' ? 'acknowledgement' : 'release';
  if (error instanceof Unreachable) {
    return {
      type: 'error',
      header: `Couldn’t confirm the ${what}`,
      text: 'The connection failed before we got an answer. The list updates when the connection is back.',
    };
  }
  const header = `The order was not ${kind === 'acknowledge' ? 'acknowledged' : 'released'}`;
  if (!(error instanceof ApiProblem)) {
    return { type: 'error', header, text: 'We got an unexpected answer. Try again.' };
  }
  if (error.status === 403) return { type: 'error', header, text: 'Your account doesn’t have permission.' };
  return { type: 'error', header, text: error.message };
}
