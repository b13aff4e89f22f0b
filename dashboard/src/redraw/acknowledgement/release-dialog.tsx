import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ConfirmationDialog } from '../../components/confirmation-dialog.tsx';
import { callerText } from '../../wording/caller.ts';
import type { Acknowledgement } from './changes.ts';

interface ReleaseDialogProps {
  readonly acknowledgement: Acknowledgement;
  /** The acknowledgement records a decision. */
  readonly decided: boolean;
  readonly onRelease: () => void;
  readonly onDismiss: () => void;
}

/** Confirms the release of someone else's redraw, or the withdrawal of their decision. The note stays on the timeline. */
export function ReleaseDialog({ acknowledgement, decided, onRelease, onDismiss }: ReleaseDialogProps) {
  const { by, note } = acknowledgement;
  const caller = callerText(acknowledgement);
  const [doing, effect] = decided
    ? ['recorded this decision', 'Withdrawing it puts it back on the worklist']
    : ['is handling this redraw', 'Releasing it tells others that nobody is handling it'];
  return (
    <ConfirmationDialog
      header={decided ? `Withdraw ${by}’s decision?` : `Release ${by}’s redraw?`}
      action={decided ? 'Withdraw decision' : 'Release'}
      onConfirm={onRelease}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="s">
        <Box variant="p">
          <b>{by}</b>
          {caller && ` (${caller})`} {doing}. {effect}
          {note === null ? '.' : '. Their note stays on the timeline:'}
        </Box>
        {note !== null && <Box className="quoted">{note}</Box>}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}
