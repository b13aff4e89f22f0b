import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { mailbox } from '../../../core/email/mailbox.ts';
import { type EmailProvider, ONCE } from '../../../core/email/provider.ts';
import { sesProvider } from '../../../core/email/ses.ts';
import type { FieldsRead } from '../../../core/reading/readers.ts';
import { endUserMessagingProvider, type SmsProvider } from '../providers/end-user-messaging.ts';
import { renderMessage } from '../templates/render.ts';
import type { Templates } from '../templates/templates.ts';
import type { MessageDependencies } from '../use-cases/process-messages.ts';
import { type messageVariables, type sendingVariables, sendSettingsOf } from './messages.ts';

type Env = FieldsRead<typeof messageVariables & typeof sendingVariables>;

/** What every message is sent with: its providers, its texts, and the settings. */
export function sendingOf(
  env: Env,
  templates: Templates,
): Pick<MessageDependencies, 'sms' | 'email' | 'render' | 'settings' | 'sender'> {
  const choice = { language: env.MESSAGE_LANGUAGE };
  const options = { markersInSms: env.MESSAGE_MARKERS_IN_SMS };
  return {
    sms: smsProviderOf(env),
    email: emailProviderOf(env),
    render: (message, fields) => renderMessage(templates, { ...message, ...choice }, fields, options),
    settings: sendSettingsOf(env),
    sender: { brand: env.MESSAGE_BRAND, link: env.MESSAGE_LINK ?? null, phone: env.MESSAGE_PHONE ?? null },
  };
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
