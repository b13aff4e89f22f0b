import Alert from '@cloudscape-design/components/alert';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import { useApi } from '../api/api-context.tsx';
import { quarantineQuery } from '../api/list-queries.ts';
import { SHOWS_EVERYTHING } from '../api/polling.ts';
import { alarmsQuery, historyQuery, junctionNoticesQuery, summaryQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { PageLoading } from '../components/page-loading.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { useHasScope } from '../session/session-context.tsx';
import { Freshness } from '../time/freshness.tsx';
import { AlarmsPanel } from './alarms-panel.tsx';
import { KeyFigures } from './health-figures.tsx';
import { HealthVerdict } from './health-verdict.tsx';
import { HistoryChart } from './history-chart.tsx';
import { redrawSeries, webhookSeries } from './history-series.ts';
import { JunctionNoticesPanel } from './junction-notices.tsx';
import { OutcomesChart } from './outcomes-chart.tsx';
import { QuarantineTable } from './quarantine-table.tsx';

const SPANS = [
  { id: '1', text: '24 hours' },
  { id: '7', text: '7 days' },
  { id: '30', text: '30 days' },
] as const;

/** What needs a person first: alarms, and webhooks that could not be parsed. Then figures and charts. */
export default function HealthPage() {
  usePageTitle('Health');
  const api = useApi();
  const mayReplay = useHasScope('quarantine/write');
  const [parameters, setParameters] = useSearchParams();
  const span = SPANS.find(({ id }) => id === parameters.get('days')) ?? SPANS[1];
  const summary = useQueryWithLastError({ ...summaryQuery(api), meta: SHOWS_EVERYTHING });
  const alarms = useQueryWithLastError(alarmsQuery(api));
  const history = useQueryWithLastError({ ...historyQuery(api, span.id), placeholderData: keepPreviousData });
  const notices = useQueryWithLastError(junctionNoticesQuery(api));
  const waiting = useQuery({
    ...quarantineQuery(api, { state: 'waiting', order: 'desc' }, undefined),
    enabled: mayReplay,
  });
  const choose = (days: string) =>
    setParameters((now) => {
      now.set('days', days);
      return now;
    });
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={
          summary.data && (
            <HealthVerdict
              newest={summary.data.newest_processed_at}
              alarms={alarms.data?.alarms}
              waiting={mayReplay ? waiting.data : undefined}
            />
          )
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <Freshness of={[summary, history, alarms]} />
            <SegmentedControl
              selectedId={span.id}
              options={[...SPANS]}
              onChange={({ detail }) => choose(detail.selectedId)}
              label="Time range"
            />
          </SpaceBetween>
        }
      >
        Health
      </Header>
      <AlarmsPanel alarms={alarms} />
      {mayReplay ? (
        <QuarantineTable />
      ) : (
        <Alert type="info" header="You can’t see the quarantine">
          Your account doesn’t have permission to see and replay webhooks that we couldn’t parse.
        </Alert>
      )}
      {summary.error && !summary.data ? (
        <ErrorAlert error={summary.error} what="the summary" retry={() => void summary.refetch()} />
      ) : !summary.data ? (
        <PageLoading />
      ) : (
        <KeyFigures summary={summary.data} history={history.data} span={span.text} />
      )}
      {history.error && !history.data && (
        <ErrorAlert error={history.error} what="the history" retry={() => void history.refetch()} />
      )}
      <Grid gridDefinition={CHARTS}>
        {history.data ? (
          <HistoryChart
            title="Webhooks"
            description="By outcome"
            kind="bar"
            times={history.data.times}
            series={webhookSeries(history.data)}
            nothing={`No webhooks in the last ${span.text}`}
          />
        ) : (
          <div />
        )}
        {history.data ? (
          <HistoryChart
            title="Redraws"
            description="Open and overdue"
            kind="line"
            times={history.data.times}
            series={redrawSeries(history.data)}
            nothing={`Not enough data in the last ${span.text}`}
          />
        ) : (
          <div />
        )}
        {summary.data ? <OutcomesChart summary={summary.data} /> : <div />}
      </Grid>
      <JunctionNoticesPanel notices={notices} />
    </SpaceBetween>
  );
}

/** One row on a wide screen. */
const CHARTS = [
  { colspan: { default: 12, s: 6, m: 5 } },
  { colspan: { default: 12, s: 6, m: 4 } },
  { colspan: { default: 12, m: 3 } },
] as const;
