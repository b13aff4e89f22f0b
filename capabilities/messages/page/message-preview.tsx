import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';
import type { Transaction } from '../../../dashboard/src/api/answers.ts';
import { useMessageLanguage } from '../../../dashboard/src/session/configuration-context.tsx';
import type { Channel } from '../../../dashboard/src/wording/messages.ts';
import { emailParts, renderSms } from '../templates/render.ts';
import { fieldsForPatient } from './patient-preview.ts';
import { EmailPreview } from './templates/email-preview.tsx';
import { previewsQuery } from './templates/previews.ts';
import { useRedrawOrder } from './use-sendable-templates.ts';
import './templates/templates.css';

interface MessagePreviewProps {
  readonly transaction: Transaction;
  readonly template: string;
  readonly channel: Channel;
}

/** The text of a message to this patient. Renders nothing until it is loaded: sending does not depend on it. */
export function MessagePreview({ transaction, template, channel }: MessagePreviewProps) {
  const { data } = useQuery(previewsQuery);
  const language = useMessageLanguage();
  const order = useRedrawOrder(transaction);
  if (!data || language === undefined) return null;
  const fields = fieldsForPatient(data, transaction, { template, order });
  const choice = { template, language };
  return (
    <section aria-label="Preview for this patient">
      {channel === 'sms' ? (
        <p className="sms-preview">{renderSms(data.texts, choice, fields, data.sender)}</p>
      ) : (
        <>
          <EmailPreview email={emailParts(data.texts, choice, fields)} />
          <Box variant="small">
            The first name isn’t shown here. It comes from Junction when the email is sent.
          </Box>
        </>
      )}
    </section>
  );
}
