import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { keepPreviousData } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import { useApi } from '../api/api-context.tsx';
import { insightsQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { PageLoading } from '../components/page-loading.tsx';
import { SetUpIfSilent } from '../components/set-up.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { saveCsv } from '../table/csv.ts';
import { Freshness } from '../time/freshness.tsx';
import { DaysTable } from './days-table.tsx';
import { GROUPINGS, GroupsTable } from './groups-table.tsx';
import { InsightKeyFigures } from './insight-figures.tsx';
import { insightRows } from './insights-csv.ts';
import {
  LENGTHS,
  lengthOf,
  nextPeriod,
  type Period,
  periodIn,
  periodOf,
  periodText,
  thisMonth,
} from './period.ts';

/** Redraw rates, days per stage and how transactions closed, over months. */
export default function InsightsPage() {
  usePageTitle('Insights');
  const api = useApi();
  const [parameters, setParameters] = useSearchParams();
  const now = new Date();
  const period = periodIn(parameters, now);
  const by = GROUPINGS.find(({ value }) => value === parameters.get('by'))?.value ?? 'lab';
  const insights = useQueryWithLastError({
    ...insightsQuery(api, { ...period, by }),
    placeholderData: keepPreviousData,
  });
  const set = (changes: Readonly<Record<string, string>>) =>
    setParameters((before) => {
      for (const [name, value] of Object.entries(changes)) before.set(name, value);
      return before;
    });
  const { data } = insights;
  const hasAny = data && data.total.transactions + data.former.total.transactions > 0;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={`Orders created in ${periodText(period)} (UTC) that have closed or needed a redraw, compared with the period before.`}
        actions={
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <Freshness of={[insights]} />
            <div className="screen-only">
              <PeriodControl period={period} onChoose={(chosen) => set({ ...chosen })} now={now} />
            </div>
            <Button
              iconName="download"
              disabled={!hasAny}
              onClick={() => data && void saveCsv(`insights-by-${data.by}`, insightRows(data))}
            >
              Export CSV
            </Button>
          </SpaceBetween>
        }
      >
        Insights
      </Header>
      {insights.error && !data ? (
        <ErrorAlert error={insights.error} what="the insights" retry={() => void insights.refetch()} />
      ) : !data ? (
        <PageLoading />
      ) : hasAny ? (
        <SpaceBetween size="m">
          <InsightKeyFigures insights={data} />
          <GroupsTable insights={data} by={data.by} onChoose={(value) => set({ by: value })} />
          <DaysTable insights={data} />
        </SpaceBetween>
      ) : (
        <Container>
          <EmptyState header="Nothing to count yet">
            An order counts when it closes or when it needs a redraw. In {periodText(period)} and the period
            before, none did. Choose another period, or come back after the first results. <SetUpIfSilent />
          </EmptyState>
        </Container>
      )}
    </SpaceBetween>
  );
}

interface PeriodControlProps {
  readonly period: Period;
  readonly now: Date;
  readonly onChoose: (period: Period) => void;
}

/** Chooses the length of the period, and moves it by its length. */
function PeriodControl({ period, now, onChoose }: PeriodControlProps) {
  const end = period.to > thisMonth(now) ? thisMonth(now) : period.to;
  const later = nextPeriod(period, 1);
  return (
    <SpaceBetween direction="horizontal" size="xxs" alignItems="center">
      <Button
        iconName="angle-left"
        ariaLabel="Period before"
        onClick={() => onChoose(nextPeriod(period, -1))}
      />
      <SegmentedControl
        selectedId={String(lengthOf(period))}
        options={LENGTHS.map((months) => ({
          id: String(months),
          text: months === 1 ? '1 month' : `${months} months`,
        }))}
        onChange={({ detail }) => onChoose(periodOf(Number(detail.selectedId), end))}
        label="Period"
      />
      <Button
        iconName="angle-right"
        ariaLabel="Period after"
        disabled={later.from > thisMonth(now)}
        onClick={() => onChoose(later)}
      />
    </SpaceBetween>
  );
}
