import Button from '@cloudscape-design/components/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeError } from '../alerts/change-error.ts';
import { useNotify } from '../alerts/notifications.tsx';
import type { Quarantined, Replay } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { keepFocusIn } from '../screen/keep-focus.ts';
import { replayErrorText } from './change-text.ts';
import { webhookOutcomeText } from './history-series.ts';

/** Replays one webhook. */
export function ReplayButton({ item: { id, received_at } }: { item: Quarantined }) {
  const api = useApi();
  const notify = useNotify();
  const client = useQueryClient();
  const mutationKey = ['replay', id];
  const { mutate, isPending } = useMutation({
    mutationKey,
    mutationFn: () => api.json<Replay>(`/v1/quarantine/${id}/replay`, { method: 'POST' }),
    onSuccess: ({ outcome, reason }) => {
      if (outcome === 'quarantined')
        notify({ type: 'warning', header: 'Still couldn’t parse it', text: reason ?? '' });
      else
        notify({
          type: 'success',
          header: `Webhook processed: ${webhookOutcomeText(outcome).toLowerCase()}`,
        });
    },
    onError: (error) =>
      notify({
        ...changeError(error, 'The webhook was not replayed', 'Couldn’t confirm the replay'),
        text: replayErrorText(error),
      }),
    onSettled: async () => {
      await client.invalidateQueries();
      // The row may have left the list, and the focus with it.
      keepFocusIn(null);
    },
  });
  return (
    <Button
      variant="inline-link"
      loading={isPending}
      loadingText="Replaying"
      // The button is disabled too late to stop a double click.
      onClick={() => client.isMutating({ mutationKey }) === 0 && mutate()}
      ariaLabel={`Replay the webhook received ${received_at}`}
    >
      Replay
    </Button>
  );
}
