import { Construct } from 'constructs';
import { EmailSending } from './email-sending.ts';
import { MessageOutcomes } from './message-outcomes.ts';
import { MessageRequests, type MessageRequestsProps } from './message-requests.ts';
import { MessageSending, type MessageSendingProps } from './message-sending.ts';
import { channelsOf } from './settings/message-channels.ts';
import { SmsSending } from './sms-sending.ts';

export type PatientMessagesProps = Omit<MessageSendingProps, 'email' | 'sms'> & MessageRequestsProps;

/** Messages to patients by the configured channels. Only in the template if one is on. */
export class PatientMessages extends Construct {
  readonly sending: MessageSending;
  readonly outcomes: MessageOutcomes;
  readonly requests: MessageRequests;
  /** undefined without SMS. */
  readonly sms: SmsSending | undefined;

  constructor(scope: Construct, id: string, props: PatientMessagesProps) {
    super(scope, id);
    const { context, table, audit } = props;
    const { configuration } = context;
    const channels = channelsOf(configuration);
    const email = channels.includes('email') ? new EmailSending(this, 'Email', configuration) : undefined;
    const sms = channels.includes('sms') ? new SmsSending(this, 'Sms', context) : undefined;
    this.sms = sms;
    this.sending = new MessageSending(this, 'Sending', { ...props, email, sms });
    this.outcomes = new MessageOutcomes(this, 'Outcomes', { context, table, audit, email, sms });
    this.requests = new MessageRequests(this, 'Requests', props);
  }
}
