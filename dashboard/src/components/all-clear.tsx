import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { summaryQuery } from '../api/queries.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { EmptyState } from './empty-state.tsx';
import { PageLink } from './page-link.tsx';

interface AllClearProps {
  readonly header: string;
  /** The webhook events that the list needs, if the endpoint may not be subscribed to them. */
  readonly events?: string;
}

/**
 * An empty list that means nothing needs attention, such as "No open redraws". It is an all-clear only where webhooks are known to
 * arrive; otherwise it says what to set up.
 */
export function AllClear({ header, events }: AllClearProps) {
  const { data } = useQuery(summaryQuery(useApi()));
  if (!data) return <EmptyState header={header}>New ones appear here automatically.</EmptyState>;
  const { newest_processed_at: newest } = data;
  if (newest === null)
    return (
      <EmptyState header={<StatusIndicator type="pending">No webhooks yet</StatusIndicator>}>
        Nothing has arrived from Junction, so this list can’t be trusted yet. Ask your administrator to add
        the webhook endpoint of this deployment (its output WebhookUrl) in Junction’s dashboard, to choose the
        lab test events, and to store the endpoint’s signing secret. Webhooks that arrive show on{' '}
        <PageLink href="/health">Health</PageLink>.
      </EmptyState>
    );
  return (
    <EmptyState header={<StatusIndicator type="success">{header}</StatusIndicator>}>
      New ones appear here automatically
      {events !== undefined && (
        <>
          {' '}
          if the webhook endpoint in Junction gets the events <code>{events}</code>
        </>
      )}
      . The last webhook was processed <Timestamp at={newest} />. <PageLink href="/health">Health</PageLink>
    </EmptyState>
  );
}
