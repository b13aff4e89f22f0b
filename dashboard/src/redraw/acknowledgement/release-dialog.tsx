import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Acknowledgement } from './changes.ts';

interface ReleaseDialogProps {
  readonly acknowledgement: Acknowledgement;
  readonly onRelease: () => void;
  readonly onDismiss: () => void;
}

/** Asks before the word of somebody else is taken back: the note goes with it. */
export function ReleaseDialog({ acknowledgement: { by, note }, onRelease, onDismiss }: ReleaseDialogProps) {
  return (
    <Modal
      visible
      onDismiss={onDismiss}
      closeAriaLabel="Close"
      header="Take back the acknowledgement of somebody else"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              Cancel
            </Button>
            <Button variant="primary" onClick={onRelease}>
              Take it back
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <Box variant="p">
          <b>{by}</b> said to take care of this redraw. If you take that back, nobody does
          {note === null ? '.' : ', and the note is gone:'}
        </Box>
        {note !== null && <Box className="quoted">{note}</Box>}
      </SpaceBetween>
    </Modal>
  );
}
