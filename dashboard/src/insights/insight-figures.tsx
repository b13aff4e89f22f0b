import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';
import { DECIDED } from '../../../core/domain/transaction/decision.ts';
import type { Insights, Outcome } from '../api/answers.ts';
import { PageLink } from '../components/page-link.tsx';
import { beforeText, medianText, p90Aside, type Share, shareText, trendText, whole } from './figure-text.ts';

/** The figures of the period, each beside those of the period before. */
export function InsightKeyFigures({ insights: { total, former } }: { insights: Insights }) {
  const before = former.total;
  const { outcomes, days } = total;
  return (
    <Container>
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: 'Redraw rate',
            value: <Rate now={total.redraws} before={before.redraws} />,
          },
          {
            label: 'Ever overdue',
            value: <Rate now={total.overdue} before={before.overdue} />,
          },
          {
            label: 'Days until results',
            value: (
              <>
                <Large>{medianText(days.until_results)}</Large>
                <Aside>
                  {p90Aside(days.until_results)}; {beforeText(medianText(before.days.until_results))}
                </Aside>
              </>
            ),
          },
          {
            label: 'Transactions counted',
            value: (
              <>
                <Large>{whole(total.transactions)}</Large>
                <Aside>before {whole(before.transactions)}</Aside>
              </>
            ),
          },
          {
            label: 'Closed with complete results',
            value: <Closed outcome="results_complete" of={outcomes} />,
          },
          {
            label: 'Closed with results missing',
            value: <Closed outcome="results_incomplete" of={outcomes} />,
          },
          { label: 'Closed without results', value: <Closed outcome="failed" of={outcomes} /> },
          { label: 'Cancelled', value: <Closed outcome="cancelled" of={outcomes} /> },
          { label: 'Decisions', value: <Decisions now={total.decisions} before={before.decisions} /> },
        ]}
      />
    </Container>
  );
}

function Rate({ now, before }: { now: Share; before: Share }) {
  const trend = trendText(now, before);
  return (
    <>
      <Large>{shareText(now)}</Large>
      <Aside>
        {beforeText(shareText(before))}
        {trend && `, ${trend}`}
      </Aside>
    </>
  );
}

type Decided = Insights['total']['decisions'];

/** "12: new order 7, results are enough 3, patient declined 2, something else 0" */
function Decisions({ now, before }: { now: Decided; before: Decided }) {
  const all = (of: Decided) => Object.values(of).reduce((sum, count) => sum + count, 0);
  const parts = Object.entries({ ...DECIDED, other: 'Something else' }).map(
    ([name, text]) => `${text.toLowerCase()} ${whole(now[name as keyof Decided])}`,
  );
  return (
    <>
      <Large>{whole(all(now))}</Large>
      <Aside>
        {parts.join(', ')}; before {whole(all(before))}
      </Aside>
    </>
  );
}

/** The list behind the number is not limited to the period. */
function Closed({
  outcome,
  of,
}: {
  outcome: Outcome & keyof Insights['total']['outcomes'];
  of: Insights['total']['outcomes'];
}) {
  return (
    <>
      <Large>{whole(of[outcome])}</Large>
      <div className="screen-only">
        <PageLink href={`/orders?outcome=${outcome}`}>Show all such orders</PageLink>
      </div>
    </>
  );
}

function Large({ children }: { children: ReactNode }) {
  return (
    <Box fontSize="heading-l" fontWeight="bold">
      {children}
    </Box>
  );
}

function Aside({ children }: { children: ReactNode }) {
  return <Box color="text-body-secondary">{children}</Box>;
}
