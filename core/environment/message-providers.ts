import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type * as z from 'zod/mini';
import { endUserMessagingProvider } from '../providers/end-user-messaging.ts';
import { mailbox } from '../providers/mailbox.ts';
import { type EmailProvider, ONCE, type SmsProvider } from '../providers/provider.ts';
import { sesProvider } from '../providers/ses.ts';
import type { sendingVariables } from './messages.ts';

type Env = z.output<z.ZodMiniObject<typeof sendingVariables>>;

/** What messages go out by. */
export function providersOf(env: Env): { sms: SmsProvider | null; email: EmailProvider | null } {
  return { sms: smsProviderOf(env), email: emailProviderOf(env) };
}

/** SMS, if a sender is configured. */
function smsProviderOf({ MESSAGE_SMS_SENDER: from, SMS_CONFIGURATION_SET }: Env): SmsProvider | null {
  if (!from || !SMS_CONFIGURATION_SET) return null;
  const client = new PinpointSMSVoiceV2Client(ONCE);
  return endUserMessagingProvider({ client, from, configurationSet: SMS_CONFIGURATION_SET });
}

/** E-mail, if a sender is configured. */
function emailProviderOf({
  MESSAGE_EMAIL_SENDER: sender,
  MESSAGE_BRAND,
  EMAIL_CONFIGURATION_SET,
}: Env): EmailProvider | null {
  if (!sender || !EMAIL_CONFIGURATION_SET) return null;
  const from = mailbox(MESSAGE_BRAND, sender);
  return sesProvider({ client: new SESv2Client(ONCE), from, configurationSet: EMAIL_CONFIGURATION_SET });
}
