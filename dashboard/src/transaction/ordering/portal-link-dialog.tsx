import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import type { PortalLink } from '../../api/answers.ts';
import { useApi } from '../../api/api-context.tsx';
import { ConfirmationDialog } from '../../components/confirmation-dialog.tsx';
import { duration } from '../../time/format.ts';
import { linkProblem } from './change/change-problem.ts';
import { ChangeProblemAlert } from './change/change-problem-alert.tsx';

interface PortalLinkDialogProps {
  readonly orderId: string;
  readonly onDismiss: () => void;
}

/** Creates a link into the patient's portal and copies it. It is not shown, and nothing keeps it after the dialog. */
export function PortalLinkDialog({ orderId, onDismiss }: PortalLinkDialogProps) {
  const api = useApi();
  const { mutate, data, error, isPending } = useMutation({
    networkMode: 'always',
    gcTime: 0,
    mutationFn: () =>
      api.json<PortalLink>(`/v1/orders/${encodeURIComponent(orderId)}/portal-link`, {
        method: 'POST',
        body: { context: 'communications' },
      }),
  });
  return (
    <ConfirmationDialog
      header="Copy portal link"
      action={data ? 'Done' : 'Create link'}
      pending={isPending}
      onConfirm={() => (data ? onDismiss() : mutate())}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="m">
        <Box variant="p">
          The link opens Junction’s portal as the patient, without a password. Send it to the patient only.
          The audit trail records who created it.
        </Box>
        {data && (
          <>
            <CopyToClipboard
              copyButtonText="Copy link"
              copySuccessText="Link copied"
              copyErrorText="Couldn’t copy the link. Allow access to the clipboard and try again."
              textToCopy={data.url}
              popoverRenderWithPortal
            />
            {data.expires_in !== null && (
              <Box variant="p">It works for {duration(data.expires_in * 1_000)}.</Box>
            )}
          </>
        )}
        {error && !isPending && <ChangeProblemAlert problem={linkProblem(error)} />}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}
