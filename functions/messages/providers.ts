import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type * as z from 'zod/mini';
import { endUserMessagingProvider } from '../../core/providers/end-user-messaging.ts';
import { mailbox } from '../../core/providers/mailbox.ts';
import { type EmailProvider, ONCE, type SmsProvider } from '../../core/providers/provider.ts';
import { sesProvider } from '../../core/providers/ses.ts';
import type { environment } from './env.ts';

type Env = z.output<typeof environment>;

/** SMS, if a sender is configured. */
export function smsProviderOf({ MESSAGE_SMS_SENDER: from, SMS_CONFIGURATION_SET }: Env): SmsProvider | null {
  if (!from || !SMS_CONFIGURATION_SET) return null;
  const client = new PinpointSMSVoiceV2Client(ONCE);
  return endUserMessagingProvider({ client, from, configurationSet: SMS_CONFIGURATION_SET });
}

/** E-mail, if a sender is configured. */
export function emailProviderOf({
  MESSAGE_EMAIL_SENDER: sender,
  MESSAGE_BRAND,
  EMAIL_CONFIGURATION_SET,
}: Env): EmailProvider | null {
  if (!sender || !EMAIL_CONFIGURATION_SET) return null;
  const from = mailbox(MESSAGE_BRAND, sender);
  return sesProvider({ client: new SESv2Client(ONCE), from, configurationSet: EMAIL_CONFIGURATION_SET });
}
