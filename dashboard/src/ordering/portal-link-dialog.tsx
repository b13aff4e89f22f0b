import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { portalLink } from '../../../core/domain/portal-link.ts';
import type { PortalLink, Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { usePortalLinkPattern } from '../session/configuration-context.tsx';
import { duration } from '../time/format.ts';
import { linkProblem } from './change-problem.ts';
import { ChangeProblemAlert } from './change-problem-alert.tsx';

interface PortalLinkDialogProps {
  readonly transaction: Transaction;
  readonly orderId: string;
  readonly onDismiss: () => void;
}

/** Copies the link to the team's own portal, or creates one into Junction's. */
export function PortalLinkDialog({ transaction, orderId, onDismiss }: PortalLinkDialogProps) {
  const pattern = usePortalLinkPattern();
  const { id: transaction_id, user_id, client_user_id } = transaction;
  const ids = { transaction_id, order_id: orderId, user_id, client_user_id };
  const own = pattern === undefined ? null : portalLink(pattern, ids);
  if (own === null) return <JunctionLinkDialog orderId={orderId} onDismiss={onDismiss} />;
  return (
    <ConfirmationDialog header="Copy portal link" action="Done" onConfirm={onDismiss} onDismiss={onDismiss}>
      <SpaceBetween size="m">
        <Box variant="p">The link leads to your own portal, the same as in messages to patients.</Box>
        <CopyButton link={own} />
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

/** Creates a link into Junction's portal. It is not shown, and nothing keeps it after the dialog. */
function JunctionLinkDialog({ orderId, onDismiss }: Omit<PortalLinkDialogProps, 'transaction'>) {
  const api = useApi();
  const { mutate, data, error, isPending } = useMutation({
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
        {data && <CopyButton link={data.url} />}
        {data && data.expires_in !== null && (
          <Box variant="p">It works for {duration(data.expires_in * 1_000)}.</Box>
        )}
        {error && !isPending && <ChangeProblemAlert problem={linkProblem(error)} />}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

function CopyButton({ link }: { link: string }) {
  return (
    <CopyToClipboard
      copyButtonText="Copy link"
      copySuccessText="Link copied"
      copyErrorText="Couldn’t copy the link. Allow access to the clipboard and try again."
      textToCopy={link}
      popoverRenderWithPortal
    />
  );
}
