import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { Appointment, CancellationReasons } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../components/use-patient-data-check.tsx';
import { AppointmentTime } from './appointment-time.tsx';
import type { ChangeDialogProps } from './change-dialog-props.ts';
import { errorOf } from './change-problem.ts';
import { ChangeProblemAlert } from './change-problem-alert.tsx';
import { isTooLong, NotesField } from './notes-field.tsx';
import { cancellationReasonsQuery } from './ordering-queries.ts';

interface CancelAppointmentDialogProps extends ChangeDialogProps {
  readonly orderId: string;
  /** Null if it is over by now. */
  readonly appointment: Appointment | null;
}

/** Cancels an appointment with one of Junction's reasons. */
export function CancelAppointmentDialog(props: CancelAppointmentDialogProps) {
  const { orderId, appointment, pending, problem, onConfirm, onDismiss } = props;
  const [reasonId, setReasonId] = useState<string | null>(null);
  const [notes, setNotes] = useState('');
  const asked = useQuery(cancellationReasonsQuery(useApi(), orderId));
  const check = usePatientDataCheck(notes.trim());
  const options = (asked.data?.reasons ?? []).map(optionOf);
  return (
    <ConfirmationDialog
      header="Cancel appointment"
      action={check.asked ? 'Cancel appointment anyway' : 'Cancel appointment'}
      disabled={reasonId === null || isTooLong(notes) || appointment === null}
      disabledReason={whyDisabled(appointment, notes)}
      pending={pending}
      onConfirm={() =>
        reasonId !== null &&
        check.passes() &&
        onConfirm({ kind: 'cancel_appointment', reasonId, notes: notes.trim() || null })
      }
      onDismiss={onDismiss}
      dismissText="Keep appointment"
    >
      <SpaceBetween size="m">
        {appointment ? (
          <Alert type="info" header="Current appointment">
            <AppointmentTime appointment={appointment} />
          </Alert>
        ) : (
          <div role="status">
            <Alert type="info">The order has no appointment any more.</Alert>
          </div>
        )}
        <div>
          The time becomes available to others. You can book again, but the same time may be taken by then.
        </div>
        {asked.error && !asked.isFetching && (
          <ErrorAlert error={asked.error} what="Junction’s reasons" retry={() => void asked.refetch()} />
        )}
        <FormField label="Reason" errorText={errorOf(problem, 'cancellation_reason_id')} stretch>
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === reasonId) ?? null}
            onChange={({ detail }) => setReasonId(detail.selectedOption.value ?? null)}
            placeholder="Choose a reason"
            statusType={asked.isFetching ? 'loading' : 'finished'}
            loadingText="Getting reasons from Junction"
            empty="No reasons"
            expandToViewport
          />
        </FormField>
        <NotesField label="Notes" notes={notes} onChange={setNotes} error={errorOf(problem, 'notes')} />
        {check.warning}
        {problem && appointment && (
          <ChangeProblemAlert problem={problem} shown={['cancellation_reason_id', 'notes']} />
        )}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

function whyDisabled(appointment: Appointment | null, notes: string): string {
  if (appointment === null) return 'The order has no appointment any more.';
  return isTooLong(notes) ? 'Shorten the notes first.' : 'Choose a reason first.';
}

function optionOf({ id, name, is_refundable }: CancellationReasons['reasons'][number]) {
  return {
    value: id,
    label: name,
    ...(is_refundable !== null && { description: is_refundable ? 'Refundable' : 'Not refundable' }),
  };
}
