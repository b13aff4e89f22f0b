import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { MAX_REDRAWS, summaryQuery } from '../api/queries.ts';

/** Shows how much of the list has loaded. */
export function LoadingRest({ read }: { read: number }) {
  const { data } = useQuery(summaryQuery(useApi()));
  const open =
    data && Math.min(MAX_REDRAWS, data.redraw.expected + data.redraw.in_progress + data.redraw.stale);
  const of = open && open > read ? ` of ${open.toLocaleString('en')}` : '';
  return (
    <StatusIndicator type="loading">
      The {read.toLocaleString('en')}
      {of} most overdue redraws are here. Loading the rest…
    </StatusIndicator>
  );
}
