import Button from '@cloudscape-design/components/button';
import { usePerson } from '../session/session-context.tsx';
import { clockTime } from '../time/clock-time.ts';
import { useNow } from '../time/use-now.ts';
import type { Owned } from './assignments.ts';
import { isOwnedBy } from './postponed.ts';
import { useAssignEach } from './use-assign-each.ts';

interface OwnerLineProps {
  readonly of: Owned;
  /** Whether the reader may change it. */
  readonly may: boolean;
  readonly onAssign: () => void;
  readonly onFollowUp: () => void;
}

/** Who owns it and when they look again, and how to take it, take it over or release it. */
export function OwnerLine({ of, may, onAssign, onFollowUp }: OwnerLineProps) {
  const assignEach = useAssignEach();
  const { name: me } = usePerson();
  const now = useNow();
  const { assignment = null } = of;
  const mine = isOwnedBy({ assignment }, me);
  const followUp = assignment?.follow_up_at ?? null;
  return (
    <div className="owner-line">
      <span>
        {assignment ? (
          <>
            Owner <b>{mine ? `${assignment.assignee} (you)` : assignment.assignee}</b>
          </>
        ) : (
          'Unassigned'
        )}
        {followUp !== null && `, follow-up ${clockTime(Date.parse(followUp), now)}`}
      </span>
      {may && (
        <span className="owner-actions screen-only">
          {!mine && (
            <Button variant="inline-link" onClick={() => assignEach([of], { assignee: me }, 'Taken')}>
              {assignment ? 'Take over' : 'Take'}
            </Button>
          )}
          {assignment && (
            <Button
              variant="inline-link"
              onClick={() => assignEach([of], { assignee: null, followUpAt: null }, 'Released')}
            >
              Release
            </Button>
          )}
          <Button variant="inline-link" onClick={onAssign}>
            Assign
          </Button>
          <Button variant="inline-link" onClick={onFollowUp}>
            Follow up
          </Button>
        </span>
      )}
    </div>
  );
}
