import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useEffect, useRef } from 'react';
import { useChangedSinceOpened } from './dialog-subject.ts';

interface ConfirmationDialogProps {
  readonly header: string;
  /** The text of the button that confirms. */
  readonly action: string;
  readonly disabled?: boolean;
  /** What to do before confirming. With it, the button keeps the focus while it is disabled. */
  readonly disabledReason?: string;
  /** The action is under way: the dialog stays open until it has its result. */
  readonly pending?: boolean;
  readonly onConfirm: () => void;
  readonly onDismiss: () => void;
  /** The text of the button that dismisses. */
  readonly dismissText?: string;
  readonly children: ReactNode;
}

/** Asks before an action, and says if what it is about changes meanwhile. */
export function ConfirmationDialog({
  header,
  action,
  disabled = false,
  disabledReason,
  pending = false,
  onConfirm,
  onDismiss,
  dismissText = 'Cancel',
  children,
}: ConfirmationDialogProps) {
  const changed = useChangedSinceOpened();
  const content = useRef<HTMLDivElement>(null);
  // The focused element may be gone. Outside the dialog, Escape would not close it.
  useEffect(() => {
    if (document.activeElement === document.body) content.current?.focus({ preventScroll: true });
  });
  return (
    <Modal
      visible
      onDismiss={() => !pending && onDismiss()}
      closeAriaLabel="Close"
      header={header}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" disabled={pending} onClick={onDismiss}>
              {dismissText}
            </Button>
            <Button
              variant="primary"
              disabled={disabled}
              {...(disabledReason !== undefined && { disabledReason })}
              loading={pending}
              loadingText="Waiting for an answer"
              onClick={onConfirm}
            >
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <div ref={content} tabIndex={-1} className="dialog-content">
        {changed !== null && (
          <Alert type="warning" header="It changed while this was open">
            {changed}
          </Alert>
        )}
        {children}
      </div>
    </Modal>
  );
}
