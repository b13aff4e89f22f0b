import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { Outcome, Summary } from '../api/answers.ts';
import { OUTCOMES } from '../wording/status.ts';

const HEIGHT = 220;

/** All transactions by outcome. */
export function OutcomesChart({ summary }: { summary: Summary }) {
  const data = (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => ({
    x: OUTCOMES[outcome].text,
    y: summary.outcome[outcome],
  }));
  return (
    <Container
      header={
        <Header variant="h2" description="All transactions">
          By outcome
        </Header>
      }
      fitHeight
    >
      <BarChart
        series={summary.total > 0 ? [{ type: 'bar', title: 'Transactions', data }] : []}
        xDomain={data.map(({ x }) => x)}
        horizontalBars
        hideFilter
        hideLegend
        height={HEIGHT}
        empty={<Box color="text-body-secondary">No transactions yet</Box>}
        ariaLabel="Transactions by outcome"
        yTickFormatter={(value) => (Number.isInteger(value) ? value.toLocaleString('en') : '')}
        i18nStrings={{ chartAriaRoleDescription: 'bar chart', detailPopoverDismissAriaLabel: 'Close' }}
      />
    </Container>
  );
}
