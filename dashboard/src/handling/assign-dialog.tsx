import Alert from '@cloudscape-design/components/alert';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { changeErrorText } from '../alerts/change-error.ts';
import type { Transaction } from '../api/answers.ts';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../components/use-patient-data-check.tsx';
import { usePerson } from '../session/session-context.tsx';
import { useDraft } from '../session/use-draft.ts';
import { useNow } from '../time/use-now.ts';
import { Reassigned } from './assignment-conflict.ts';
import { followUpBlockedReason } from './follow-up-blocked.ts';
import { dayOf, followUpTime, isPossibleDay } from './follow-up-days.ts';
import { FollowUpField } from './follow-up-field.tsx';
import { useAssign } from './use-handling-changes.ts';
import { useOwners } from './use-owners.ts';

/** The API's limit (characters). */
const MAX_NAME_LENGTH = 128;

interface AssignDialogProps {
  readonly transaction: Transaction;
  readonly onDismiss: () => void;
}

/** Sets the owner and the follow-up, or removes both. */
export function AssignDialog({ transaction, onDismiss }: AssignDialogProps) {
  const { change, isPending, error, seen } = useAssign(transaction, () => close());
  const none = followUpBlockedReason(transaction);
  const person = usePerson();
  const first = seen?.assignee ?? person.name;
  const [assignee, setAssignee] = useDraft(`owner:${transaction.id}`, first);
  const followUp = useFollowUp(transaction.id, seen?.follow_up_at ?? null);
  const close = () => {
    setAssignee(first);
    followUp.reset();
    onDismiss();
  };
  const name = assignee.trim();
  const removes = name === '' && seen !== null;
  const followUpAt = none === null ? followUp.at : (seen?.follow_up_at ?? null);
  const ready = removes || (isPossibleName(name) && (none !== null || followUp.possible));
  // Owners are often email addresses of team members.
  const check = usePatientDataCheck(name === first ? '' : name, ['email address']);
  const save = () => {
    if (ready && check.passes()) change({ assignee: removes ? null : name, followUpAt });
  };
  return (
    <ConfirmationDialog
      header={headerOf(seen !== null, none === null)}
      action={removes ? 'Remove owner' : check.asked ? 'Save anyway' : 'Save'}
      disabled={!ready}
      pending={isPending}
      onConfirm={save}
      onDismiss={close}
    >
      <SpaceBetween size="m">
        <OwnerField assignee={assignee} assign={setAssignee} removable={seen !== null} />
        {!removes && none === null && (
          <FollowUpField day={followUp.day} choose={followUp.choose} possible={followUp.possible} />
        )}
        {!removes && none !== null && <Alert type="info">{none}</Alert>}
        {check.warning}
        {error && <NotSaved because={error} />}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

function NotSaved({ because: error }: { because: Error }) {
  return (
    <Alert type="error" header="Not saved">
      {error instanceof Reassigned
        ? `${error.message} What you entered is still here: save again to replace that.`
        : changeErrorText(error)}
    </Alert>
  );
}

function headerOf(assigned: boolean, followUpPossible: boolean): string {
  if (!assigned) return 'Assign';
  return followUpPossible ? 'Change owner or follow-up' : 'Change owner';
}

function isPossibleName(name: string): boolean {
  return name !== '' && name.length <= MAX_NAME_LENGTH;
}

/** The day of the follow-up and its time. A day that was already set remains valid. */
function useFollowUp(transactionId: string, known: string | null) {
  const now = useNow();
  const knownDay = known === null ? '' : dayOf(new Date(known));
  const [day, choose] = useDraft(`follow-up:${transactionId}`, knownDay);
  const reset = () => choose(knownDay);
  if (day === knownDay) return { day, choose, reset, possible: true, at: known };
  const possible = day === '' || isPossibleDay(new Date(`${day}T12:00:00`), now);
  return { day, choose, reset, possible, at: day === '' || !possible ? null : followUpTime(day) };
}

interface OwnerFieldProps {
  readonly assignee: string;
  readonly assign: (name: string) => void;
  readonly removable: boolean;
}

function OwnerField({ assignee, assign, removable }: OwnerFieldProps) {
  const owners = useOwners();
  return (
    <FormField
      label="Owner"
      description="The owner stays the same when the redraw moves on."
      constraintText={removable && 'Leave it empty to remove the owner.'}
      stretch
    >
      <Autosuggest
        value={assignee}
        onChange={({ detail }) => assign(detail.value)}
        options={owners}
        enteredTextLabel={(value) => `Use “${value}”`}
        placeholder="A person or a team"
        ariaLabel="Owner"
        clearAriaLabel="Clear"
        expandToViewport
      />
    </FormField>
  );
}
