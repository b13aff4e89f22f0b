import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { MAX_REDRAWS, summaryQuery } from '../api/queries.ts';
import { PageLink } from '../components/page-link.tsx';

/** The list is truncated: figures, filters and export cover only what was read. */
export function TruncatedAlert() {
  const { data } = useQuery(summaryQuery(useApi()));
  const open = data && data.redraw.expected + data.redraw.in_progress + data.redraw.stale;
  return (
    <Alert type="info">
      Showing the {MAX_REDRAWS.toLocaleString('en')} most overdue
      {open ? ` of ${open.toLocaleString('en')}` : ''} open redraws. Filters, totals and the export cover only
      these. To see every redraw, go to <PageLink href="/orders">Orders</PageLink>.
    </Alert>
  );
}
