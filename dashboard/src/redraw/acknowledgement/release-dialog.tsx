import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { callerText } from './caller.ts';
import type { Acknowledgement } from './changes.ts';

interface ReleaseDialogProps {
  readonly acknowledgement: Acknowledgement;
  /** The acknowledgement records a decision. */
  readonly decided: boolean;
  readonly onRelease: () => void;
  readonly onDismiss: () => void;
}

/** Confirms the release of someone else's redraw, or the withdrawal of their decision. Both delete the note. */
export function ReleaseDialog({ acknowledgement, decided, onRelease, onDismiss }: ReleaseDialogProps) {
  const { by, note } = acknowledgement;
  const caller = callerText(acknowledgement);
  const [doing, effect] = decided
    ? ['recorded a decision on this redraw', 'Withdrawing it puts the redraw back on the worklist']
    : ['is handling this redraw', 'Releasing it leaves it unassigned'];
  return (
    <Modal
      visible
      onDismiss={onDismiss}
      closeAriaLabel="Close"
      header={decided ? `Withdraw ${by}’s decision?` : `Release ${by}’s redraw?`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              Cancel
            </Button>
            <Button variant="primary" onClick={onRelease}>
              {decided ? 'Withdraw decision' : 'Release'}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <Box variant="p">
          <b>{by}</b>
          {caller && ` (${caller})`} {doing}. {effect}
          {note === null ? '.' : ' and deletes their note:'}
        </Box>
        {note !== null && <Box className="quoted">{note}</Box>}
      </SpaceBetween>
    </Modal>
  );
}
