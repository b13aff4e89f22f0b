import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import MixedLineBarChart from '@cloudscape-design/components/mixed-line-bar-chart';
import { exactTime } from '../time/format.ts';
import { barStarts, type HistorySeries } from './history-series.ts';

interface HistoryChartProps {
  readonly title: string;
  readonly description: string;
  readonly series: readonly HistorySeries[];
  readonly kind: 'line' | 'bar';
  readonly times: readonly string[];
  readonly nothing: string;
}

const HEIGHT = 220;
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' });

/** A chart over time. Cloudscape's charts expose their data to screen readers. */
export function HistoryChart({ title, description, series, kind, times, nothing }: HistoryChartProps) {
  const dates = times.map((time) => new Date(time));
  const [first, last] = [dates[0], dates.at(-1)];
  const shown = series.map((one) => ({ ...one, type: kind }));
  return (
    <Container
      header={
        <Header variant="h2" description={description}>
          {title}
        </Header>
      }
      fitHeight
    >
      <MixedLineBarChart<Date>
        series={shown}
        // Bars need categories; a line needs a time scale.
        xScaleType={kind === 'bar' ? 'categorical' : 'time'}
        xDomain={kind === 'bar' ? barStarts(times) : first && last ? [first, last] : []}
        stackedBars={kind === 'bar'}
        height={HEIGHT}
        hideFilter
        empty={<Box color="text-body-secondary">{nothing}</Box>}
        ariaLabel={title}
        ariaDescription={description}
        xTickFormatter={(at) => tick(at, first)}
        yTickFormatter={(value) => (Number.isInteger(value) ? value.toLocaleString('en') : '')}
        i18nStrings={{
          xTickFormatter: (at) => exactTime(at.getTime()),
          legendAriaLabel: `Legend for ${title}`,
          chartAriaRoleDescription: 'chart',
          detailPopoverDismissAriaLabel: 'Close',
        }}
      />
    </Container>
  );
}

/** Hours for a range of one day, else dates. */
function tick(at: Date, first: Date | undefined): string {
  const oneDay = first !== undefined && Date.now() - first.getTime() <= 90_000_000;
  return oneDay ? hour.format(at) : day.format(at);
}
