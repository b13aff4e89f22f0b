import { queryOptions } from '@tanstack/react-query';
import type { MessagePreview, MessagePreviews } from '../../lib/templates/message-previews.ts';

export type { MessagePreview, MessagePreviews };

/** The texts of all messages, also for a sample patient. They are deployed with the page. */
export const previewsQuery = queryOptions({
  queryKey: ['message-previews'],
  queryFn: async ({ signal }): Promise<MessagePreviews> => {
    const answer = await fetch('/message-previews.json', { cache: 'no-cache', signal });
    if (!answer.ok) throw new Error(`Couldn’t load the message texts (status ${answer.status}).`);
    return (await answer.json()) as MessagePreviews;
  },
  refetchInterval: false,
  staleTime: Number.POSITIVE_INFINITY,
});
