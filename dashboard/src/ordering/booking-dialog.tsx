import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Appointment } from '../api/answers.ts';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../components/use-patient-data-check.tsx';
import { AppointmentTime } from './appointment-time.tsx';
import { bookingKey } from './available-times.ts';
import type { ChangeDialogProps } from './change-dialog-props.ts';
import { errorOf } from './change-problem.ts';
import { ChangeProblemAlert } from './change-problem-alert.tsx';
import { isTooLong, NotesField } from './notes-field.tsx';
import type { OrderChange } from './order-change.ts';
import { ProviderField } from './provider-field.tsx';
import { TimeChoice } from './time-choice.tsx';
import { type FreeTimes, useAvailableTimes } from './use-available-times.ts';

interface BookingDialogProps extends ChangeDialogProps {
  readonly kind: 'book' | 'reschedule';
  readonly orderId: string;
  /** The appointment that the order has now. */
  readonly appointment: Appointment | null;
}

/** Books an appointment or moves it to another time; requests a visit where a provider sets the time itself. */
export function BookingDialog(props: BookingDialogProps) {
  const { kind, orderId, appointment, pending, problem, onConfirm, onDismiss } = props;
  const free = useAvailableTimes(orderId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [notes, setNotes] = useState('');
  const check = usePatientDataCheck(notes.trim());
  const key = bookingKey(free.days, chosen);
  const provider = kind === 'book' ? providerOf(free, asked) : null;
  // Somebody else booked, or the answer to a booking was lost.
  const booked = kind === 'book' && appointment !== null;
  const change = changeOf({ kind, key, provider, notes: notes.trim() || null });
  return (
    <ConfirmationDialog
      header={kind === 'book' ? 'Book appointment' : 'Reschedule appointment'}
      action={check.asked ? `${actionText(kind, provider)} anyway` : actionText(kind, provider)}
      disabled={change === null || isTooLong(notes) || booked}
      disabledReason={whyDisabled(booked, notes)}
      pending={pending}
      onConfirm={() => change && check.passes() && onConfirm(change)}
      onDismiss={onDismiss}
    >
      <SpaceBetween size="m">
        {appointment && (
          <div role="status">
            <Alert type="info" header={booked ? 'The order has an appointment now' : 'Current appointment'}>
              <AppointmentTime appointment={appointment} />
            </Alert>
          </div>
        )}
        {provider === null ? (
          <TimeChoice
            free={free}
            chosen={chosen}
            onChoose={setChosen}
            error={errorOf(problem, 'booking_key')}
          />
        ) : (
          <ProviderField providers={free.requestProviders} provider={provider} onChange={setAsked} />
        )}
        <NotesField
          label="Notes for the appointment"
          notes={notes}
          onChange={setNotes}
          error={errorOf(problem, 'appointment_notes')}
          placeholder={kind === 'reschedule' ? 'Leave empty to keep the earlier notes' : ''}
        />
        {check.warning}
        {problem && !booked && (
          <ChangeProblemAlert problem={problem} shown={['booking_key', 'appointment_notes']} />
        )}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

function whyDisabled(booked: boolean, notes: string): string {
  if (booked) return 'The order has an appointment now.';
  return isTooLong(notes) ? 'Shorten the notes first.' : 'Choose a time first.';
}

function actionText(kind: BookingDialogProps['kind'], provider: string | null): string {
  if (provider !== null) return 'Request visit';
  return kind === 'book' ? 'Book' : 'Reschedule';
}

interface Entered {
  readonly kind: BookingDialogProps['kind'];
  readonly key: string | null;
  readonly provider: string | null;
  readonly notes: string | null;
}

function changeOf({ kind, key, provider, notes }: Entered): OrderChange | null {
  if (provider !== null) return { kind: 'request', provider, notes };
  return key === null ? null : { kind, key, notes };
}

function providerOf({ requestProviders }: FreeTimes, asked: string | null): string | null {
  return requestProviders.find((one) => one === asked) ?? requestProviders[0] ?? null;
}
