import { useQuery } from '@tanstack/react-query';
import { useMessageLanguage } from '../session/configuration-context.tsx';
import type { Channel } from '../wording/messages.ts';
import { EmailPreview } from './templates/email-preview.tsx';
import { previewOf, previewsQuery } from './templates/previews.ts';
import { SmsPreview } from './templates/sms-preview.tsx';
import './templates/templates.css';

interface MessagePreviewProps {
  readonly template: string;
  readonly channel: Channel;
}

/** The text of a message for a sample patient. Renders nothing until it is loaded: sending does not depend on it. */
export function MessagePreview({ template, channel }: MessagePreviewProps) {
  const { data } = useQuery(previewsQuery);
  const language = useMessageLanguage();
  const preview =
    data && language !== undefined && previewOf(data, template, { language, known: 'everything' });
  if (!preview) return null;
  return (
    <section aria-label="Preview with a sample patient">
      {channel === 'sms' ? <SmsPreview sms={preview.sms} /> : <EmailPreview email={preview.email} />}
    </section>
  );
}
