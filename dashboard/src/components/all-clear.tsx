import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { summaryQuery } from '../api/queries.ts';
import { useWebhookSilenceHours } from '../session/configuration-context.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { EmptyState } from './empty-state.tsx';
import { PageLink } from './page-link.tsx';
import { SetUp } from './set-up.tsx';
import { webhooksKnown } from './webhooks-known.ts';

interface AllClearProps {
  readonly header: string;
  /** The events that the list needs, where a webhook endpoint may lack them and get others. */
  readonly events?: {
    readonly names: string;
    /** Whether one has ever arrived. */
    readonly arrived: boolean;
  };
}

/**
 * A list in which nothing needs a person, such as "No open redraws". It is an all-clear only where webhooks of its kind are known
 * to arrive, and have lately; otherwise it says what is missing.
 */
export function AllClear({ header, events }: AllClearProps) {
  const { data } = useQuery(summaryQuery(useApi()));
  const silenceHours = useWebhookSilenceHours();
  const now = useNow();
  if (!data) return <EmptyState header={header}>New ones appear here automatically.</EmptyState>;
  const { newest_processed_at: newest } = data;
  const last = (
    <>
      The last webhook was processed <Timestamp at={newest} />. <PageLink href="/health">Health</PageLink>
    </>
  );
  switch (webhooksKnown({ newest, silenceHours, kindArrived: events?.arrived ?? true }, now)) {
    case 'none':
      return (
        <EmptyState header={<StatusIndicator type="pending">No webhooks yet</StatusIndicator>}>
          <SetUp /> Until then, this list can’t be trusted.
        </EmptyState>
      );
    case 'silent':
      return (
        <EmptyState header={<StatusIndicator type="warning">{header} as far as we know</StatusIndicator>}>
          No webhook has brought anything new lately, so something may be missing here. {last}
        </EmptyState>
      );
    case 'unproven':
      return (
        <EmptyState header={<StatusIndicator type="pending">{header}</StatusIndicator>}>
          None has ever arrived. New ones appear here if the webhook endpoint in Junction receives the events{' '}
          <code>{events?.names}</code>: ask your administrator to check that. {last}
        </EmptyState>
      );
    case 'arriving':
      return (
        <EmptyState header={<StatusIndicator type="success">{header}</StatusIndicator>}>
          New ones appear here automatically. {last}
        </EmptyState>
      );
  }
}
