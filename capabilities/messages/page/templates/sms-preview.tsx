import Box from '@cloudscape-design/components/box';
import type { MessagePreview } from './previews.ts';

/** An SMS at the width of a phone, and what it costs in parts. */
export function SmsPreview({ sms }: Pick<MessagePreview, 'sms'>) {
  const { text, parts, characters, expensiveCharacters } = sms;
  return (
    <div>
      <p className="sms-preview">{text}</p>
      <Box variant="small">
        {characters} characters, billed as {parts === 1 ? '1 SMS' : `${parts} SMS`}
        {expensiveCharacters.length > 0 &&
          `. These characters make it longer: ${expensiveCharacters.join(' ')}`}
      </Box>
    </div>
  );
}
