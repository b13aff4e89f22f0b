import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { mailbox } from '../../../core/email/mailbox.ts';
import { ONCE } from '../../../core/email/provider.ts';
import { sesProvider } from '../../../core/email/ses.ts';
import { teamsOf, type teamVariables } from '../../../core/environment/teams.ts';
import type { FieldsRead } from '../../../core/reading/readers.ts';
import { endUserMessagingProvider } from '../providers/end-user-messaging.ts';
import { renderEmail, renderSms } from '../templates/render.ts';
import type { Templates } from '../templates/templates.ts';
import type { Prepare } from '../use-cases/channels.ts';
import type { MessageDependencies } from '../use-cases/process-messages.ts';
import { type messageVariables, type sendingVariables, sendSettingsOf } from './messages.ts';

type Env = FieldsRead<typeof messageVariables & typeof sendingVariables & typeof teamVariables>;

/** What every message is sent with: its providers and texts, and the settings. */
export function sendingOf(
  env: Env,
  templates: Templates,
): Pick<MessageDependencies, 'preparers' | 'settings' | 'sender' | 'brands'> {
  return {
    preparers: { sms: smsOf(env, templates), email: emailOf(env, templates) },
    settings: sendSettingsOf(env),
    sender: { brand: env.MESSAGE_BRAND, link: env.MESSAGE_LINK ?? null, phone: env.MESSAGE_PHONE ?? null },
    brands: new Map(teamsOf(env).flatMap(({ id, brand }) => (brand === undefined ? [] : [[id, brand]]))),
  };
}

/** SMS, if a sender is configured. */
function smsOf(env: Env, templates: Templates): Prepare | null {
  const { MESSAGE_SMS_SENDER: from, SMS_CONFIGURATION_SET: configurationSet } = env;
  if (!from || !configurationSet) return null;
  const client = new PinpointSMSVoiceV2Client(ONCE);
  const { sendSms } = endUserMessagingProvider({ client, from, configurationSet });
  const options = { markersInSms: env.MESSAGE_MARKERS_IN_SMS };
  return ({ template }, fields) => {
    const text = renderSms(templates, { template, language: env.MESSAGE_LANGUAGE }, fields, options);
    return (addressed) => sendSms({ ...addressed, text });
  };
}

/** E-mail, if a sender is configured. */
function emailOf(env: Env, templates: Templates): Prepare | null {
  const { MESSAGE_EMAIL_SENDER: sender, EMAIL_CONFIGURATION_SET: configurationSet } = env;
  if (!sender || !configurationSet) return null;
  const client = new SESv2Client(ONCE);
  return ({ template }, fields) => {
    const content = renderEmail(templates, { template, language: env.MESSAGE_LANGUAGE }, fields);
    // The brand of the patient's team.
    const { sendEmail } = sesProvider({ client, from: mailbox(fields.brand, sender), configurationSet });
    return (addressed) => sendEmail({ ...content, ...addressed });
  };
}
