import Button from '@cloudscape-design/components/button';
import type { Transaction } from '../api/answers.ts';
import { useAcknowledgementActions } from '../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import { acknowledgementOf, hasDecision } from '../redraw/open-redraw.ts';
import { useHasScope } from '../session/session-context.tsx';

/** Acknowledges or releases a redraw, or records what was decided, for users with the scope. */
export function AcknowledgeButton({ transaction }: { transaction: Transaction }) {
  const { acknowledge, release, dialog } = useAcknowledgementActions();
  if (!useHasScope('redraws/write')) return null;
  const acknowledged = acknowledgementOf(transaction) !== null;
  const [take, giveBack] = hasDecision(transaction)
    ? ['Record decision', 'Withdraw decision']
    : ['Acknowledge', 'Release'];
  return (
    <>
      <Button
        {...(!acknowledged && { 'data-acknowledge': 'page' })}
        variant={acknowledged ? 'normal' : 'primary'}
        onClick={() => (acknowledged ? release(transaction) : acknowledge([transaction]))}
      >
        {acknowledged ? giveBack : take}
      </Button>
      {dialog}
    </>
  );
}
