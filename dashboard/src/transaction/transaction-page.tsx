import './transaction.css';
import Grid from '@cloudscape-design/components/grid';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import { MessagesPanel } from '../../../capabilities/messages/page/messages-panel.tsx';
import type { Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { transactionQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { shortId } from '../components/identifier.tsx';
import { PageLoading } from '../components/page-loading.tsx';
import { HandlingPanel } from '../handling/handling-panel.tsx';
import { NextStepPanel } from '../next-step/next-step-section.tsx';
import { OrderPanels } from '../ordering/order-panels.tsx';
import { withPendingAcknowledgement } from '../redraw/acknowledgement/changes.ts';
import { usePendingAcknowledgements } from '../redraw/acknowledgement/use-acknowledgement-changes.ts';
import { hasRedraw } from '../redraw/open-redraw.ts';
import { CriticalResultAlerts } from '../results/critical-result-alert.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { LastUpdated } from '../time/last-updated.tsx';
import { BackLink } from './back-link.tsx';
import { lanesOf } from './lanes.ts';
import { ProvisionalAlert } from './provisional-alert.tsx';
import { RedrawPanel } from './redraw-panel.tsx';
import { SummaryPanel } from './summary-panel.tsx';
import { TimelinePanel } from './timeline-panel.tsx';
import { isNotFound, TransactionError } from './transaction-error.tsx';
import { TransactionHeader } from './transaction-header.tsx';
import { WhyPanel } from './why-panel.tsx';

/** One transaction: status, redraw, timeline, and why it has its status. */
export default function TransactionPage({ id }: { id: string }) {
  usePageTitle(`Transaction ${shortId(id)}`);
  const asked = useQueryWithLastError(transactionQuery(useApi(), id));
  const { data, error, refetch } = asked;
  const refresh = () => void refetch();
  return (
    <SpaceBetween size="m">
      <div className="above-transaction">
        <BackLink />
        {data && (
          <LastUpdated
            at={asked.dataUpdatedAt}
            failing={error !== null}
            fetching={asked.isFetching}
            onRefresh={refresh}
          />
        )}
      </div>
      {error && (!data || isNotFound(error)) && <TransactionError id={id} error={error} retry={refresh} />}
      {data && !isNotFound(error) && <Shown read={data} />}
      {asked.isPending && <PageLoading />}
    </SpaceBetween>
  );
}

const ON_SCREEN = [{ colspan: { default: 12, m: 8 } }, { colspan: { default: 12, m: 4 } }] as const;
const ON_PAPER = [{ colspan: 12 }, { colspan: 12 }] as const;

function Shown({ read }: { read: Transaction }) {
  const asked = usePendingAcknowledgements();
  const transaction = useMemo(() => withPendingAcknowledgement(read, asked), [read, asked]);
  const printing = usePrinting();
  const lanes = useMemo(() => lanesOf(transaction), [transaction]);
  return (
    <SpaceBetween size="m">
      <TransactionHeader transaction={transaction} />
      <CriticalResultAlerts transaction={transaction} />
      <ProvisionalAlert transaction={transaction} />
      <SummaryPanel transaction={transaction} lanes={lanes} />
      <NextStepPanel transaction={transaction} />
      {hasRedraw(transaction) && <RedrawPanel transaction={transaction} />}
      <HandlingPanel transaction={transaction} />
      <OrderPanels transaction={transaction} lanes={lanes} />
      {hasRedraw(transaction) && <MessagesPanel transaction={transaction} />}
      <Grid gridDefinition={printing ? ON_PAPER : ON_SCREEN}>
        <TimelinePanel transaction={transaction} />
        <WhyPanel transaction={transaction} lanes={lanes} />
      </Grid>
    </SpaceBetween>
  );
}
