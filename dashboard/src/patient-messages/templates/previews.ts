import { queryOptions } from '@tanstack/react-query';
import type { MessagePreview, MessagePreviews } from '../../../../lib/message-templates/message-previews.ts';

export type { MessagePreview, MessagePreviews };

/** The texts of all messages for a sample patient. They are deployed with the page. */
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

/** The text of a template; reminders without a text of their own share one. */
export function previewOf(
  { messages }: MessagePreviews,
  template: string,
  { language, known }: Pick<MessagePreview, 'language' | 'known'>,
): MessagePreview | undefined {
  const of = (name: string) =>
    messages.find((one) => one.template === name && one.language === language && one.known === known);
  return of(template) ?? (template.startsWith('reminder_') ? of('reminder') : undefined);
}
