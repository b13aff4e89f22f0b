import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { type Accepted, providerError, Refused } from '../../../core/email/provider.ts';

export interface Sms {
  /** In E.164. */
  readonly to: string;
  readonly text: string;
  /** Returned in the provider's events. */
  readonly ref: string;
}

/**
 * Sends an SMS at most once.
 *
 * @throws Refused, Throttled or OutcomeUnknown
 */
export interface SmsProvider {
  readonly sendSms: (sms: Sms) => Promise<Accepted>;
}

export interface EndUserMessagingOptions {
  /** Created with ONCE. */
  readonly client: PinpointSMSVoiceV2Client;
  /** The id or ARN of a phone number or pool. */
  readonly from: string;
  readonly configurationSet: string;
}

/**
 * How long the carriers may try, in seconds. The default of three days would let a message arrive at night:
 * https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
 */
const TIME_TO_LIVE = 3_600;
const OPTED_OUT = 'DESTINATION_PHONE_NUMBER_OPTED_OUT';

/** SMS by AWS End User Messaging. `ref` is copied into its events. */
export function endUserMessagingProvider({
  client,
  from,
  configurationSet,
}: EndUserMessagingOptions): SmsProvider {
  return {
    async sendSms({ to, text, ref }) {
      try {
        const { MessageId } = await client.send(
          new SendTextMessageCommand({
            DestinationPhoneNumber: to,
            OriginationIdentity: from,
            MessageBody: text,
            MessageType: 'TRANSACTIONAL',
            ConfigurationSetName: configurationSet,
            TimeToLive: TIME_TO_LIVE,
            Context: { ref },
          }),
        );
        return { providerId: MessageId ?? null };
      } catch (error) {
        throw isOptedOut(error) ? new Refused(OPTED_OUT, true) : providerError(error);
      }
    },
  };
}

function isOptedOut(error: unknown): boolean {
  return error instanceof Error && (error as { Reason?: unknown }).Reason === OPTED_OUT;
}
