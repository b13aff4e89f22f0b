import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ConfirmationDialog } from '../components/confirmation-dialog.tsx';
import { usePatientDataCheck } from '../components/use-patient-data-check.tsx';
import { usePerson } from '../session/session-context.tsx';
import { clockTime } from '../time/clock-time.ts';
import { useNow } from '../time/use-now.ts';
import './handling.css';
import type { Owned } from './assignments.ts';
import { followUpOf, NextField, whyNotNext } from './next-field.tsx';
import { MAX_NAME_LENGTH, OwnerField } from './owner-field.tsx';
import { useAssignEach } from './use-assign-each.ts';

interface AssignDialogProps {
  readonly of: readonly Owned[];
  readonly sets: 'owner' | 'follow_up';
  /** Why there can be no follow-up; null if there can. */
  readonly noFollowUp?: string | null;
  readonly onClose: () => void;
}

/** Sets the owner, or plans the follow-up, of one or more transactions. */
export default function AssignDialog({ of, sets, noFollowUp = null, onClose }: AssignDialogProps) {
  const assignEach = useAssignEach();
  const { name: me } = usePerson();
  const now = useNow();
  const [first] = of;
  const [owner, setOwner] = useState(of.length === 1 ? (first?.assignment?.assignee ?? '') : '');
  const [plan, setPlan] = useState({ next: '', time: '' });
  const name = owner.trim();
  const check = usePatientDataCheck(name, ['email address']);
  const count = of.length === 1 ? '' : ` ${of.length}`;
  const why =
    sets === 'owner'
      ? whyNotOwner(name)
      : (noFollowUp ?? (plan.next === '' ? 'Choose when.' : whyNotNext(plan, now)));
  const save = () => {
    if (why !== null || !check.passes()) return;
    if (sets === 'owner') assignEach(of, { assignee: name }, `Assigned to ${name}`);
    else {
      const followUpAt = followUpOf(plan);
      const done = followUpAt ? `Follow-up ${clockTime(Date.parse(followUpAt), now)}` : 'Follow-up removed';
      assignEach(of, { followUpAt }, done);
    }
    onClose();
  };
  return (
    <ConfirmationDialog
      header={sets === 'owner' ? `Assign${count}` : `Follow up${count}`}
      action={check.asked ? 'Save anyway' : 'Save'}
      disabled={why !== null}
      {...(why !== null && { disabledReason: why })}
      onConfirm={save}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        {sets === 'owner' ? (
          <OwnerField value={owner} onChange={setOwner} />
        ) : noFollowUp === null ? (
          <>
            <NextField {...plan} onChange={(next, time) => setPlan({ next, time })} />
            {of.some(({ assignment }) => !assignment) && <div>What nobody owns is assigned to {me}.</div>}
          </>
        ) : (
          <Alert type="info">{noFollowUp}</Alert>
        )}
        {check.warning}
      </SpaceBetween>
    </ConfirmationDialog>
  );
}

function whyNotOwner(name: string): string | null {
  if (name === '') return 'Enter a name.';
  return name.length > MAX_NAME_LENGTH ? 'Shorten the name first.' : null;
}
