import type { Transaction } from '../api/answers.ts';
import { FollowUpDay } from './follow-up-day.tsx';

/** Who owns it, and when they look at it again. */
export function OwnerCell({ of: { assignment } }: { of: Pick<Transaction, 'assignment'> }) {
  if (!assignment) return <span className="aside">Unassigned</span>;
  const { assignee, follow_up_at } = assignment;
  return (
    <>
      <div className="cell-line" title={assignee}>
        {assignee}
      </div>
      {follow_up_at !== null && (
        <div className="aside under">
          Follow-up <FollowUpDay at={follow_up_at} />
        </div>
      )}
    </>
  );
}
