import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import type { CriticalResult } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { criticalResultsQuery } from '../api/list-queries.ts';
import { summaryQuery } from '../api/queries.ts';
import { AllClear } from '../components/all-clear.tsx';
import { Indicator } from '../components/indicator.tsx';
import { Patient } from '../components/patient.tsx';
import { noticeText } from '../results/critical-notice.ts';
import { openTimeText } from '../results/critical-open-time.ts';
import { sourceOfCritical } from '../results/result-source.ts';
import { ResultsButtons } from '../results/results-buttons.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { useHasScope } from '../session/session-context.tsx';
import { ListPage } from '../table/list-page.tsx';
import { ListStateControl, useListState } from '../table/list-state.tsx';
import { ACTION, type ListColumn } from '../table/list-table.tsx';
import { OrderCell } from '../table/order-cell.tsx';
import { exactTime } from '../time/format.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { byText } from '../wording/caller.ts';
import { humanize } from '../wording/status.ts';

const STATES = [
  { id: 'open', text: 'Open' },
  { id: 'acknowledged', text: 'Acknowledged' },
] as const;

/** Orders for which Junction reported a critical result. */
export default function CriticalResultsPage() {
  usePageTitle('Critical results');
  if (!useHasScope('results/read')) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Critical results</Header>
        <Alert type="info">Your account doesn’t have permission to see critical results.</Alert>
      </SpaceBetween>
    );
  }
  return <CriticalResults />;
}

function CriticalResults() {
  const api = useApi();
  const state = useListState(STATES);
  return (
    <ListPage
      title="Critical results"
      description="Orders for which Junction reported a critical result. Open the results, tell someone who can act on them, and acknowledge it there."
      actions={<ListStateControl state={state} options={STATES} />}
      query={(page) => criticalResultsQuery(api, state, page)}
      itemsOf={({ critical_results }) => critical_results}
      trackBy="order_id"
      columns={state === 'open' ? OPEN_COLUMNS : ACKNOWLEDGED_COLUMNS}
      sortedBy={state === 'open' ? { column: 'opened' } : { column: 'acknowledged', descending: true }}
      empty={
        state === 'open' ? <NoneOpen /> : <Box textAlign="center">No acknowledged critical results.</Box>
      }
    />
  );
}

/** An acknowledged one shows that Junction sends them. */
function NoneOpen() {
  const { data } = useQuery(criticalResultsQuery(useApi(), 'acknowledged', { rows: 1 }));
  const arrived = data !== undefined && data.critical_results.length > 0;
  return (
    <AllClear header="No open critical results" events={{ names: 'labtest.result.critical', arrived }} />
  );
}

/** How long it has been open; red once that is longer than the limit. */
function OpenSince({ at }: { at: string | null }) {
  const { data } = useQuery(summaryQuery(useApi()));
  const now = useNow();
  if (at === null || !data) return <Timestamp at={at} />;
  const { text, overdue } = openTimeText(at, data.critical_results, now);
  const shown = text.charAt(0).toUpperCase() + text.slice(1);
  return (
    <span title={exactTime(Date.parse(at))}>
      {overdue ? <Indicator type="error">{shown}</Indicator> : shown}
    </span>
  );
}

const COLUMNS: ListColumn<CriticalResult>[] = [
  {
    id: 'order',
    header: 'Order',
    cell: ({ order_id, order_transaction_id }) => (
      <OrderCell id={order_id} transactionId={order_transaction_id} />
    ),
    isRowHeader: true,
    minWidth: 150,
  },
  {
    id: 'reported',
    header: 'Latest report',
    cell: ({ reports, latest_at }) => (
      <>
        {humanize(reports.at(-1)?.status ?? null)} · <Timestamp at={latest_at} />
      </>
    ),
    minWidth: 170,
  },
  {
    id: 'user',
    header: 'Patient',
    cell: (result) => (
      <Patient of={result} transactionId={result.order_transaction_id} orderId={result.order_id} />
    ),
    minWidth: 145,
  },
];

const OPEN_COLUMNS: ListColumn<CriticalResult>[] = [
  {
    id: 'opened',
    header: 'Open since',
    cell: ({ opened_at }) => <OpenSince at={opened_at} />,
    minWidth: 150,
  },
  ...COLUMNS,
  {
    id: ACTION,
    header: 'Actions',
    cell: (result) => <ResultsButtons sources={[sourceOfCritical(result)]} />,
    minWidth: 130,
  },
];

const ACKNOWLEDGED_COLUMNS: ListColumn<CriticalResult>[] = [
  {
    id: 'acknowledged',
    header: 'Acknowledged',
    cell: ({ acknowledgement }) => <Timestamp at={acknowledgement?.at ?? null} />,
    minWidth: 130,
  },
  {
    id: 'by',
    header: 'By',
    cell: ({ acknowledgement }) =>
      acknowledgement && (
        <>
          {byText(acknowledgement)}
          <div className="aside">{noticeText(acknowledgement)}</div>
        </>
      ),
    minWidth: 190,
  },
  ...COLUMNS,
];
