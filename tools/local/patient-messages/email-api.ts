import * as z from 'zod';
import type { BusEvent } from '../events/event-rules.ts';
import type { Authorize } from '../services/service-endpoint.ts';
import { ServiceFault } from '../services/service-operation.ts';
import { type EmailEventType, emailEvent } from './email-events.ts';
import { type SendEmailInput, sendEmailInput } from './email-request.ts';
import type { Inbox } from './inbox.ts';
import type { ProviderAnswer, ProviderApi } from './provider-answer.ts';
import { type Behavior, behaviorForAddress } from './simulated-recipients.ts';

export const SEND_EMAIL_PATH = '/v2/email/outbound-emails';
/** SES's protocol names no operation. This is the name for permissions. */
const SEND_EMAIL = 'SESv2.SendEmail';

export interface EmailApiOptions {
  /** The origin of aws-ses-v2-local, which checks the request as SES does. */
  mailServer: string;
  /** The types of events of a configuration set that go to the event bus, by its name. */
  eventTypes: ReadonlyMap<string, ReadonlySet<string>>;
  inbox: Inbox;
  authorize: Authorize;
  /** Puts an event on the default bus. */
  emit(event: BusEvent): void;
  now(): Date;
}

/**
 * The part of Amazon SES that sends a mail. aws-ses-v2-local takes the mail; it reports no events and ignores tags, so that is
 * done here.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export function emailApi(options: EmailApiOptions): ProviderApi {
  return async (authorization, body) => {
    const { success, data, error } = sendEmailInput.safeParse(JSON.parse(body));
    if (!success) return fault(400, 'BadRequestException', z.prettifyError(error));
    try {
      options.authorize(authorization, SEND_EMAIL, data);
    } catch (denied) {
      if (denied instanceof ServiceFault) return fault(403, denied.type, denied.message);
      throw denied;
    }
    if (!options.eventTypes.has(data.ConfigurationSetName)) {
      return fault(404, 'NotFoundException', 'The configuration set does not exist.');
    }
    const behavior = behaviorForAddress(data.Destination.ToAddresses[0]);
    return refusalOf(behavior) ?? accept(data, body, behavior, options);
  };
}

function refusalOf(behavior: Behavior): ProviderAnswer | undefined {
  if (behavior === 'refuse') return fault(400, 'MessageRejected', 'Email address is not verified.');
  if (behavior === 'throttle')
    return fault(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.');
  if (behavior === 'error') return fault(500, 'InternalServiceException', 'An internal error occurred.');
  return undefined;
}

async function accept(
  input: SendEmailInput,
  body: string,
  behavior: Behavior,
  { mailServer, inbox, eventTypes, emit, now }: EmailApiOptions,
): Promise<ProviderAnswer> {
  const response = await fetch(mailServer + SEND_EMAIL_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256 local' },
    body,
  });
  const text = await response.text();
  if (!response.ok) return fault(response.status, 'BadRequestException', text);
  const { MessageId: messageId } = z.object({ MessageId: z.string() }).parse(JSON.parse(text));
  const { Subject, Body } = input.Content.Simple;
  if (behavior !== 'bounce') {
    inbox.add({
      channel: 'email',
      to: input.Destination.ToAddresses[0],
      subject: Subject.Data,
      text: Body.Text.Data,
      html: Body.Html.Data,
      at: now().toISOString(),
    });
  }
  return {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({ MessageId: messageId }),
    lost: behavior === 'lose_answer',
    reportOutcome() {
      const wanted = eventTypes.get(input.ConfigurationSetName);
      for (const type of eventsFor(behavior)) {
        if (wanted?.has(type)) emit(emailEvent(type, { input, messageId, at: now() }));
      }
    },
  };
}

function eventsFor(behavior: Behavior): EmailEventType[] {
  if (behavior === 'bounce') return ['SEND', 'BOUNCE'];
  return behavior === 'complaint' ? ['SEND', 'DELIVERY', 'COMPLAINT'] : ['SEND', 'DELIVERY'];
}

function fault(status: number, type: string, message: string): ProviderAnswer {
  return {
    status,
    contentType: 'application/json',
    headers: { 'x-amzn-errortype': type },
    body: JSON.stringify({ message }),
  };
}
