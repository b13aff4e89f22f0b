import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import type { ChangeDialogProps } from './change-dialog-props.ts';
import { ChangeProblemAlert } from './change-problem-alert.tsx';
import type { CancellationReason } from './order-change.ts';
import { CANCELLATION_REASONS } from './order-wording.ts';
import type { PossibleActions } from './possible-actions.ts';

interface CancelOrderDialogProps extends ChangeDialogProps {
  /** "redraw order" */
  readonly name: string;
  readonly isRedraw: boolean;
  readonly possible: PossibleActions;
}

/** Cancels an order with a reason, which the audit trail keeps. */
export function CancelOrderDialog(props: CancelOrderDialogProps) {
  const { name, isRedraw, possible, pending, problem, onConfirm, onDismiss } = props;
  const [reason, setReason] = useState<CancellationReason | null>(null);
  const { notCancellable, appointment, kind } = possible;
  return (
    <ConfirmationDialog
      header={`Cancel ${name}`}
      action="Cancel order"
      disabled={reason === null || notCancellable !== null}
      disabledReason={notCancellable ?? 'Choose a reason first.'}
      pending={pending}
      onConfirm={() => reason !== null && onConfirm({ kind: 'cancel_order', reason })}
      onDismiss={onDismiss}
      dismissText="Keep order"
    >
      <SpaceBetween size="m">
        {notCancellable === null ? (
          <Alert type="warning" header="This can’t be undone">
            {isRedraw
              ? 'Junction places redraw orders itself, once per transaction. Afterwards, record what was decided about the missing results.'
              : 'To test the patient after all, place a new order.'}
          </Alert>
        ) : (
          <div role="status">
            <Alert type="info">{notCancellable}</Alert>
          </div>
        )}
        {appointment && (
          <div>
            {kind === 'phlebotomy'
              ? 'Junction also cancels the appointment at home.'
              : 'The appointment at the patient service center stays. Cancel it too if the patient isn’t going.'}
          </div>
        )}
        <FormField
          label="Reason"
          constraintText="Kept in the audit trail with your name. Junction doesn’t get it."
          stretch
        >
          <Select
            options={CANCELLATION_REASONS}
            selectedOption={CANCELLATION_REASONS.find(({ value }) => value === reason) ?? null}
            onChange={({ detail: { selectedOption } }) =>
              setReason(
                CANCELLATION_REASONS.find(({ value }) => value === selectedOption.value)?.value ?? null,
              )
            }
            placeholder="Choose a reason"
            expandToViewport
          />
        </FormField>
        {problem && notCancellable === null && <ChangeProblemAlert problem={problem} />}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}
