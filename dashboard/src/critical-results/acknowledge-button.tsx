import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { useState } from 'react';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { shortId } from '../components/identifier.tsx';
import { usePerson } from '../session/session-context.tsx';
import type { SeenCriticalResult } from './conflict.ts';
import { useAcknowledgeCriticalResult } from './use-acknowledge-critical-result.ts';

interface CriticalAcknowledgeButtonProps {
  readonly seen: SeenCriticalResult;
  readonly variant: NonNullable<ButtonProps['variant']>;
  /** On a page with other acknowledgements, it says of what. */
  readonly text: 'Acknowledge' | 'Acknowledge critical result';
}

/** Acknowledges a critical result after a confirmation, because nobody can withdraw it. */
export function CriticalAcknowledgeButton({ seen, variant, text }: CriticalAcknowledgeButtonProps) {
  const { mutate, isPending } = useAcknowledgeCriticalResult();
  const [asking, setAsking] = useState(false);
  const person = usePerson();
  const close = () => setAsking(false);
  const acknowledge = () => {
    close();
    mutate(seen);
  };
  return (
    <>
      <Button
        variant={variant}
        wrapText={false}
        ariaLabel={`Acknowledge critical result for order ${shortId(seen.orderId)}`}
        // Not disabled while saving: that would lose the focus.
        onClick={() => !isPending && setAsking(true)}
      >
        {isPending ? 'Saving' : text}
      </Button>
      {asking && (
        <ConfirmationDialog
          header="Acknowledge critical result"
          action="Acknowledge"
          onConfirm={acknowledge}
          onDismiss={close}
        >
          <Box variant="p">
            This records that <b>{person.name}</b> has seen the critical result for order{' '}
            <b>{shortId(seen.orderId)}</b>. It can’t be withdrawn. If the lab reports another critical result
            of this order, it opens again.
          </Box>
        </ConfirmationDialog>
      )}
    </>
  );
}
