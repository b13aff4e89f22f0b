import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { callerText } from './caller.ts';
import type { Acknowledgement } from './changes.ts';

interface ReleaseDialogProps {
  readonly acknowledgement: Acknowledgement;
  readonly onRelease: () => void;
  readonly onDismiss: () => void;
}

/** Confirms the release of someone else's redraw, which deletes their note. */
export function ReleaseDialog({ acknowledgement, onRelease, onDismiss }: ReleaseDialogProps) {
  const { by, note } = acknowledgement;
  const caller = callerText(acknowledgement);
  return (
    <Modal
      visible
      onDismiss={onDismiss}
      closeAriaLabel="Close"
      header={`Release ${by}’s redraw?`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              Cancel
            </Button>
            <Button variant="primary" onClick={onRelease}>
              Release
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <Box variant="p">
          <b>{by}</b>
          {caller && ` (${caller})`} is handling this redraw.{' '}
          {note === null
            ? 'Releasing it leaves it unassigned.'
            : 'Releasing it leaves it unassigned and deletes their note:'}
        </Box>
        {note !== null && <Box className="quoted">{note}</Box>}
      </SpaceBetween>
    </Modal>
  );
}
