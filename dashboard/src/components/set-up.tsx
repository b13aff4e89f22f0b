import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { summaryQuery } from '../api/queries.ts';
import { PageLink } from './page-link.tsx';

/** What to set up, while no webhook has ever arrived; nothing afterwards. */
export function SetUpIfSilent() {
  const { data } = useQuery(summaryQuery(useApi()));
  return data?.newest_processed_at === null ? <SetUp /> : null;
}

/** What to set up so that webhooks arrive. */
export function SetUp() {
  return (
    <>
      Nothing has arrived from Junction yet. Ask your administrator to add the webhook endpoint of this
      deployment (its output WebhookUrl) in Junction’s dashboard, to choose the lab test events, and to store
      the endpoint’s signing secret. Webhooks that arrive show on <PageLink href="/health">Health</PageLink>.
    </>
  );
}
