import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Transaction } from '../api/answers.ts';
import { DiscardButton } from '../components/discard-button.tsx';
import { shortId } from '../components/identifier.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { ReconcileButton } from '../next-step/reconcile-button.tsx';
import { CriticalTag } from '../redraw/critical-tag.tsx';
import { hasDecision, hasOpenRedraw, isTagged } from '../redraw/open-redraw.ts';
import { RedrawTag } from '../redraw/redraw-tag.tsx';
import { stateSentence } from '../redraw/state-sentence.ts';
import { useNow } from '../time/use-now.ts';
import { AcknowledgeButton } from './acknowledge-button.tsx';
import { isProvisional } from './provisional.ts';

/** The title of the page, and its actions. */
export function TransactionHeader({ transaction }: { transaction: Transaction }) {
  const { id, orders, redraw, critical_result } = transaction;
  const now = useNow();
  return (
    <Header
      variant="h1"
      info={
        <>
          <CriticalTag state={critical_result} />{' '}
          {redraw && orders.some((order) => isTagged(order, transaction)) && <RedrawTag redraw={redraw} />}
        </>
      }
      description={<StatusLabel of={stateSentence(transaction, now)} />}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ReconcileButton id={id} />
          <DiscardButton of="transactions" id={id} />
          {(hasOpenRedraw(transaction) || hasDecision(transaction)) && (
            <AcknowledgeButton transaction={transaction} />
          )}
        </SpaceBetween>
      }
    >
      {isProvisional(transaction) ? 'Order' : 'Transaction'} {shortId(id)}
    </Header>
  );
}
