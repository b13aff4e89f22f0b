import './transaction.css';
import Container from '@cloudscape-design/components/container';
import Grid from '@cloudscape-design/components/grid';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState } from 'react';
import { MessagesPanel } from '../../../capabilities/messages/page/messages-panel.tsx';
import type { Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { transactionQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { shortId } from '../components/identifier.tsx';
import { PageLoading } from '../components/page-loading.tsx';
import { NextStepSection } from '../next-step/next-step.tsx';
import { hasRedraw } from '../redraw/open-redraw.ts';
import { CriticalResultAlerts } from '../results/critical-result-alert.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { LastUpdated } from '../time/last-updated.tsx';
import { Activity, type Entering } from './activity.tsx';
import { BackLink } from './back-link.tsx';
import { Facts } from './facts.tsx';
import { lanesOf } from './lanes.ts';
import { ProvisionalAlert } from './provisional-alert.tsx';
import { isNotFound, TransactionError } from './transaction-error.tsx';
import { Neighbours, TransactionHead } from './transaction-head.tsx';
import { WhyPanel } from './why-panel.tsx';

/** One transaction: how it stands and what to do next, then what happened, the facts, and why it has its status. */
export default function TransactionPage({ id }: { id: string }) {
  usePageTitle(`Transaction ${shortId(id)}`);
  const asked = useQueryWithLastError(transactionQuery(useApi(), id));
  const { data, error, refetch } = asked;
  const refresh = () => void refetch();
  return (
    <SpaceBetween size="s">
      <div className="above-transaction">
        <BackLink />
        <Neighbours id={id} />
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
      {data && !isNotFound(error) && <Shown transaction={data} />}
      {asked.isPending && <PageLoading />}
    </SpaceBetween>
  );
}

const ON_SCREEN = [{ colspan: { default: 12, m: 7 } }, { colspan: { default: 12, m: 5 } }] as const;
const ON_PAPER = [{ colspan: 12 }, { colspan: 12 }] as const;

function Shown({ transaction }: { transaction: Transaction }) {
  const printing = usePrinting();
  const lanes = useMemo(() => lanesOf(transaction), [transaction]);
  const [entering, setEntering] = useState<Entering>(null);
  const log = () => setEntering('contact');
  return (
    <SpaceBetween size="s">
      <TransactionHead transaction={transaction} onLog={log} />
      <CriticalResultAlerts transaction={transaction} />
      <ProvisionalAlert transaction={transaction} />
      <Container>
        <NextStepSection transaction={transaction} onLog={log} />
      </Container>
      <Grid gridDefinition={printing ? ON_PAPER : ON_SCREEN}>
        <Activity transaction={transaction} lanes={lanes} entering={entering} onEnter={setEntering} />
        <SpaceBetween size="s">
          <Facts transaction={transaction} lanes={lanes} />
          {hasRedraw(transaction) && <MessagesPanel transaction={transaction} />}
          <WhyPanel transaction={transaction} lanes={lanes} />
        </SpaceBetween>
      </Grid>
    </SpaceBetween>
  );
}
