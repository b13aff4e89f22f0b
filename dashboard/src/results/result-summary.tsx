import Badge from '@cloudscape-design/components/badge';
import type { Transaction } from '../api/answers.ts';
import { StatusLabel } from '../components/status-label.tsx';
import { interpretationIn } from './markers.ts';
import { useReadResults } from './read-results.ts';
import { resultSourcesOf } from './result-source.ts';

/** Whether the results are normal, abnormal or critical, if the stage keeps that, and whether they were opened. */
export function ResultSummary({ of }: { of: Transaction }) {
  const { isRead } = useReadResults();
  const summaries = new Map(
    of.orders.flatMap(({ interpretation }) => {
      const summary = interpretationIn(of, interpretation);
      return summary ? [[summary.text, summary] as const] : [];
    }),
  );
  const [source] = resultSourcesOf(of);
  return (
    <>
      {[...summaries.values()].map((summary) => (
        <div key={summary.text}>
          <StatusLabel of={summary} />
        </div>
      ))}
      {source && !isRead(source) && <Badge color="blue">Unread</Badge>}
    </>
  );
}
