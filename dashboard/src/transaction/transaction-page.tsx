import './transaction.css';
import Grid from '@cloudscape-design/components/grid';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import type { Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { transactionQuestion } from '../api/questions.ts';
import { useAnswer } from '../api/use-answer.ts';
import { shortId } from '../identifiers/identifier.tsx';
import { asAskedFor } from '../redraw/acknowledgement-changes.ts';
import { useAskedFor } from '../redraw/acknowledging.ts';
import { hasRedraw } from '../redraw/open.ts';
import { PageLoading } from '../shell/page-loading.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { Updated } from '../time/updated.tsx';
import { AloneNotice } from './alone-notice.tsx';
import { BackLink } from './back-link.tsx';
import { lanesOf } from './lanes.ts';
import { isGone, NoTransaction } from './no-transaction.tsx';
import { RedrawPanel } from './redraw-panel.tsx';
import { SummaryPanel } from './summary-panel.tsx';
import { TimeLinePanel } from './time-line-panel.tsx';
import { TransactionHeader } from './transaction-header.tsx';
import { WhyPanel } from './why-panel.tsx';

/** One transaction: how it stands and why, its redraw, and all that happened to its orders. */
export default function TransactionPage({ id }: { id: string }) {
  usePageTitle(`Transaction ${shortId(id)}`);
  const asked = useAnswer(transactionQuestion(useApi(), id));
  const { data, error, refetch } = asked;
  const again = () => void refetch();
  return (
    <SpaceBetween size="m">
      <div className="above-transaction">
        <BackLink />
        {data && (
          <Updated
            at={asked.dataUpdatedAt}
            failing={error !== null}
            fetching={asked.isFetching}
            again={again}
          />
        )}
      </div>
      {error && (!data || isGone(error)) && <NoTransaction id={id} error={error} retry={again} />}
      {data && !isGone(error) && <Shown read={data} />}
      {asked.isPending && <PageLoading />}
    </SpaceBetween>
  );
}

function Shown({ read }: { read: Transaction }) {
  const asked = useAskedFor();
  const transaction = useMemo(() => asAskedFor(read, asked), [read, asked]);
  const lanes = useMemo(() => lanesOf(transaction), [transaction]);
  return (
    <SpaceBetween size="m">
      <TransactionHeader transaction={transaction} />
      <AloneNotice transaction={transaction} />
      <SummaryPanel transaction={transaction} lanes={lanes} />
      {hasRedraw(transaction) && <RedrawPanel transaction={transaction} />}
      <Grid gridDefinition={[{ colspan: { default: 12, m: 8 } }, { colspan: { default: 12, m: 4 } }]}>
        <TimeLinePanel transaction={transaction} />
        <WhyPanel transaction={transaction} lanes={lanes} />
      </Grid>
    </SpaceBetween>
  );
}
