import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { summaryQuery } from '../api/queries.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Timestamp } from '../time/timestamp.tsx';

/** An empty worklist. It is an all-clear only where webhooks are known to arrive. */
export function NothingOpen() {
  const { data } = useQuery(summaryQuery(useApi()));
  if (!data) return <EmptyState header="No open redraws">New ones appear here automatically.</EmptyState>;
  const { newest_processed_at: newest } = data;
  if (newest === null)
    return (
      <EmptyState header={<StatusIndicator type="pending">No webhooks yet</StatusIndicator>}>
        Nothing has arrived from Junction, so nothing is known about redraws. Ask your administrator to add
        the webhook endpoint at Junction.
      </EmptyState>
    );
  return (
    <EmptyState header={<StatusIndicator type="success">No open redraws</StatusIndicator>}>
      New ones appear here automatically. The last webhook was processed <Timestamp at={newest} />.{' '}
      <PageLink href="/health">Health</PageLink>
    </EmptyState>
  );
}
