import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/api-context.tsx';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { replayErrorText } from './change-text.ts';
import { type ReplayProgress, replayAll } from './replay-all.ts';

interface ReplayAllDialogProps {
  readonly reason: string;
  /** With what has been replayed; null if nothing was started. */
  readonly onClose: (progress: ReplayProgress | null) => void;
}

/** Replays all webhooks that wait with a reason, one request after the other, and shows how far it is. */
export function ReplayAllDialog({ reason, onClose }: ReplayAllDialogProps) {
  const api = useApi();
  const client = useQueryClient();
  const [progress, setProgress] = useState<ReplayProgress>({ results: [] });
  const latest = useRef(progress);
  const stop = useRef<AbortController>(null);
  const [stopping, setStopping] = useState(false);
  const mutationKey = ['replay all'];
  const { mutate, isPending, error } = useMutation({
    mutationKey,
    mutationFn: () => {
      stop.current = new AbortController();
      setStopping(false);
      return replayAll(api, reason, latest.current, stop.current.signal, (now) => {
        latest.current = now;
        setProgress(now);
      });
    },
    onSuccess: () => onClose(latest.current),
    onSettled: () => client.invalidateQueries(),
  });
  // Nobody can see the progress on another page.
  useEffect(() => () => stop.current?.abort(), []);
  const dismiss = () => {
    if (!isPending) return onClose(progress.results.length > 0 ? progress : null);
    setStopping(true);
    stop.current?.abort();
  };
  return (
    <ConfirmationDialog
      header="Replay all with this reason?"
      action={error ? 'Try again' : 'Replay all'}
      disabled={isPending}
      {...(isPending && { disabledReason: 'The replay is under way.' })}
      // The button is disabled too late to stop a double click.
      onConfirm={() => client.isMutating({ mutationKey }) === 0 && mutate()}
      onDismiss={dismiss}
      dismissText={isPending ? 'Stop' : progress.results.length > 0 ? 'Close' : 'Cancel'}
    >
      <SpaceBetween size="m">
        <Box variant="p">
          Every waiting webhook with the reason <b>{reason}</b> is processed as if it arrived now, oldest
          first. What still can’t be parsed stays here.
        </Box>
        {isPending && (
          <LiveRegion>
            <StatusIndicator type="in-progress">
              {stopping ? 'Stopping after the current webhooks' : 'Replaying'}
              {`: ${progress.results.length.toLocaleString('en')} done`}
            </StatusIndicator>
          </LiveRegion>
        )}
        {error && !isPending && (
          <Alert
            type="error"
            header={`The replay stopped after ${progress.results.length.toLocaleString('en')} webhooks`}
          >
            {replayErrorText(error)}
          </Alert>
        )}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}
