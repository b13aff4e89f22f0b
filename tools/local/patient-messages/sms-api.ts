import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Authorize } from '../services/service-endpoint.ts';
import { ServiceFault } from '../services/service-operation.ts';
import type { Inbox } from './inbox.ts';
import type { ProviderAnswer, ProviderApi } from './provider-answer.ts';
import type { Replies } from './replies.ts';
import { behaviorForNumber } from './simulated-recipients.ts';

export const SEND_TEXT_MESSAGE = 'PinpointSMSVoiceV2.SendTextMessage';

export interface SmsApiOptions {
  /** The topics that get the events of a configuration set, by its name. */
  topics: ReadonlyMap<string, readonly string[]>;
  inbox: Inbox;
  authorize: Authorize;
  publish(topicArn: string, message: string): void;
  replies: Replies;
  now(): Date;
}

/** Strict: anything else would have no effect here. */
const inputSchema = z.strictObject({
  DestinationPhoneNumber: z.string().regex(/^\+[1-9]\d{6,14}$/),
  OriginationIdentity: z.string(),
  MessageBody: z.string().min(1).max(1600),
  MessageType: z.literal('TRANSACTIONAL'),
  ConfigurationSetName: z.string(),
  /** In seconds. */
  TimeToLive: z.int().min(5).max(259_200),
  Context: z.record(z.string().max(100), z.string().max(800)).optional(),
  MaxPrice: z.string().optional(),
});

type Input = z.output<typeof inputSchema>;

/**
 * The part of AWS End User Messaging SMS that sends a text.
 * https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
 */
export function smsApi(options: SmsApiOptions): ProviderApi {
  return async (authorization, body) => {
    const { success, data, error } = inputSchema.safeParse(JSON.parse(body));
    if (!success) return fault(400, 'ValidationException', z.prettifyError(error));
    try {
      options.authorize(authorization, SEND_TEXT_MESSAGE, data);
    } catch (denied) {
      if (denied instanceof ServiceFault) return fault(400, denied.type, denied.message);
      throw denied;
    }
    if (!options.topics.has(data.ConfigurationSetName)) {
      return fault(400, 'ResourceNotFoundException', 'The configuration set does not exist.');
    }
    return refusalOf(data) ?? accept(data, options);
  };
}

function refusalOf({ DestinationPhoneNumber: number }: Input): ProviderAnswer | undefined {
  const behavior = behaviorForNumber(number);
  if (behavior === 'opted_out') {
    const Reason = 'DESTINATION_PHONE_NUMBER_OPTED_OUT';
    return fault(400, 'ConflictException', 'The destination phone number has opted out.', { Reason });
  }
  if (behavior === 'refuse') {
    const Reason = 'INVALID_IDENTITY_FOR_DESTINATION_COUNTRY';
    return fault(400, 'ValidationException', 'The destination country is not supported.', { Reason });
  }
  if (behavior === 'throttle') return fault(429, 'ThrottlingException', 'Rate exceeded');
  if (behavior === 'error') return fault(500, 'InternalServerException', 'An internal error occurred.');
  return undefined;
}

function accept(input: Input, { inbox, topics, publish, replies, now }: SmsApiOptions): ProviderAnswer {
  const MessageId = randomUUID();
  const behavior = behaviorForNumber(input.DestinationPhoneNumber);
  const requestedAt = now();
  if (behavior !== 'bounce') {
    replies.received(input.DestinationPhoneNumber, MessageId);
    inbox.add({
      channel: 'sms',
      to: input.DestinationPhoneNumber,
      subject: null,
      text: input.MessageBody,
      html: null,
      at: requestedAt.toISOString(),
    });
  }
  const final = behavior === 'bounce' ? 'UNREACHABLE' : 'DELIVERED';
  return {
    status: 200,
    contentType: 'application/x-amz-json-1.0',
    body: JSON.stringify({ MessageId }),
    lost: behavior === 'lose_answer',
    reportOutcome() {
      for (const status of ['QUEUED', final]) {
        const event = eventOf(input, MessageId, status, { requestedAt, at: now() });
        for (const topic of topics.get(input.ConfigurationSetName) ?? [])
          publish(topic, JSON.stringify(event));
      }
    },
  };
}

/** https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html */
function eventOf(
  input: Input,
  messageId: string,
  messageStatus: string,
  { requestedAt, at }: { requestedAt: Date; at: Date },
) {
  return {
    eventType: `TEXT_${messageStatus}`,
    eventVersion: '1.0',
    eventTimestamp: at.getTime(),
    isFinal: messageStatus !== 'QUEUED',
    originationPhoneNumber: '+18005550100',
    destinationPhoneNumber: input.DestinationPhoneNumber,
    isoCountryCode: 'US',
    messageId,
    messageRequestTimestamp: requestedAt.getTime(),
    messageEncoding: 'GSM',
    messageType: input.MessageType,
    messageStatus,
    messageStatusDescription: 'Simulated outcome for this recipient',
    ...(input.Context && { context: input.Context }),
    totalMessageParts: 1,
    totalMessagePrice: 0,
    totalCarrierFee: 0,
  };
}

function fault(status: number, type: string, Message: string, details: object = {}): ProviderAnswer {
  const body = JSON.stringify({ __type: type, Message, ...details });
  return { status, contentType: 'application/x-amz-json-1.0', body };
}
