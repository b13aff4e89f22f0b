import Button from '@cloudscape-design/components/button';
import { useAcknowledgementActions } from '../../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import type { WithRedraw } from '../../redraw/open-redraw.ts';
import { useHasScope } from '../../session/session-context.tsx';

/** Acknowledges or releases a redraw, for users with the scope. */
export function AcknowledgeButton({ transaction }: { transaction: WithRedraw }) {
  const { acknowledge, release, dialog } = useAcknowledgementActions();
  if (!useHasScope('redraws/write')) return null;
  const acknowledged = transaction.redraw.acknowledgement !== null;
  const [take, giveBack] = transaction.redraw.decision
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
