import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useSearchParams } from 'wouter';
import type { CriticalResult } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { criticalResultsQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { Identifier } from '../components/identifier.tsx';
import { ErrorAlert } from '../messages/error-alert.tsx';
import { OutdatedAlert } from '../messages/outdated-alert.tsx';
import { byText } from '../redraw/acknowledgement/caller.ts';
import { useHasScope } from '../session/session-context.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { CursorPager } from '../table/cursor-pager.tsx';
import { useCursor } from '../table/use-cursor.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { humanize } from '../wording/status.ts';
import { CriticalAcknowledgeButton } from './acknowledge-button.tsx';

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
  const [parameters, setParameters] = useSearchParams();
  const place = useCursor();
  const { id: state } = STATES.find(({ id }) => id === parameters.get('state')) ?? STATES[0];
  const { data, error, isPlaceholderData, dataUpdatedAt, refetch } = useQueryWithLastError({
    ...criticalResultsQuery(api, state, place.cursor),
    // The two states have different columns: rows of one never show under the other.
    placeholderData: (data, query) => (query?.queryKey[1] === state ? data : undefined),
  });
  const header = (
    <Header
      variant="h1"
      description="Orders for which Junction reported a critical result. Open the results, then acknowledge that you have seen them."
      actions={
        <SegmentedControl
          selectedId={state}
          options={[...STATES]}
          onChange={({ detail }) => setParameters(new URLSearchParams({ state: detail.selectedId }))}
          label="State"
        />
      }
    >
      Critical results
    </Header>
  );
  if (error && !data) {
    return (
      <SpaceBetween size="m">
        {header}
        <ErrorAlert error={error} what="the critical results" retry={() => void refetch()} />
      </SpaceBetween>
    );
  }
  return (
    <SpaceBetween size="s">
      {error && <OutdatedAlert since={dataUpdatedAt} />}
      <Table
        variant="full-page"
        header={header}
        items={data?.critical_results ?? []}
        trackBy="order_id"
        loading={!data}
        loadingText="Loading critical results"
        columnDefinitions={state === 'open' ? OPEN_COLUMNS : ACKNOWLEDGED_COLUMNS}
        pagination={
          <CursorPager place={place} next={data?.next_cursor ?? null} loading={isPlaceholderData} />
        }
        wrapLines
        empty={<Box textAlign="center">{`No ${state} critical results.`}</Box>}
        ariaLabels={{ tableLabel: 'Critical results' }}
      />
    </SpaceBetween>
  );
}

const COLUMNS: TableProps.ColumnDefinition<CriticalResult>[] = [
  {
    id: 'order',
    header: 'Order',
    cell: ({ order_id, order_transaction_id }) => (
      <Identifier id={order_id} of="order" short href={`/transactions/${order_transaction_id ?? order_id}`} />
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
    header: 'User',
    cell: ({ user_id, client_user_id }) => (
      <>
        {client_user_id !== null && <div>{client_user_id}</div>}
        <Identifier id={user_id} of="Junction user" short />
      </>
    ),
    minWidth: 145,
  },
];

const OPEN_COLUMNS: TableProps.ColumnDefinition<CriticalResult>[] = [
  {
    id: 'opened',
    header: 'Open since',
    cell: ({ opened_at }) => <Timestamp at={opened_at} />,
    minWidth: 130,
  },
  ...COLUMNS,
  {
    id: 'action',
    header: 'Actions',
    cell: ({ order_id, latest_at }) => (
      <CriticalAcknowledgeButton
        seen={{ orderId: order_id, latestAt: latest_at }}
        variant="inline-link"
        text="Acknowledge"
      />
    ),
    minWidth: 130,
  },
];

const ACKNOWLEDGED_COLUMNS: TableProps.ColumnDefinition<CriticalResult>[] = [
  {
    id: 'acknowledged',
    header: 'Acknowledged',
    cell: ({ acknowledgement }) => <Timestamp at={acknowledgement?.at ?? null} />,
    minWidth: 130,
  },
  {
    id: 'by',
    header: 'By',
    cell: ({ acknowledgement }) => acknowledgement && byText(acknowledgement),
    minWidth: 160,
  },
  ...COLUMNS,
];
