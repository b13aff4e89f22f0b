import { Construct } from 'constructs';
import type { Channel } from '../../../core/domain/transaction/told.ts';
import { pascalCase } from '../../../lib/configuration/pascal-case.ts';
import type { ServiceFunctionContext } from '../../../lib/functions/service-function.ts';
import type { ServiceOutput } from '../../../lib/outputs/service-output.ts';
import type { ChannelSending } from './channel-sending.ts';
import { EmailSending } from './email-sending.ts';
import { MessageOutcomes } from './message-outcomes.ts';
import { MessageRequests, type MessageRequestsProps } from './message-requests.ts';
import { MessageSending, type MessageSendingProps } from './message-sending.ts';
import { SmsSending } from './sms-sending.ts';

type SendingConstruct = new (scope: Construct, id: string, context: ServiceFunctionContext) => ChannelSending;

const sendingConstructs: Readonly<Record<Channel, SendingConstruct>> = {
  sms: SmsSending,
  email: EmailSending,
};

export type PatientMessagesProps = Omit<MessageSendingProps, 'channels'> & MessageRequestsProps;

/** Messages to patients by the configured channels. Only in the template if one is on. */
export class PatientMessages extends Construct {
  readonly sending: MessageSending;
  readonly outcomes: MessageOutcomes;
  readonly requests: MessageRequests;
  readonly outputs: Readonly<Record<string, ServiceOutput>>;

  constructor(scope: Construct, id: string, props: PatientMessagesProps) {
    super(scope, id);
    const { context, table, audit } = props;
    const channels = context.configuration.patientMessages.map(
      (channel) => new sendingConstructs[channel](this, pascalCase(channel), context),
    );
    this.sending = new MessageSending(this, 'Sending', { ...props, channels });
    this.outcomes = new MessageOutcomes(this, 'Outcomes', { context, table, audit, channels });
    this.requests = new MessageRequests(this, 'Requests', props);
    this.outputs = Object.assign({}, ...channels.map(({ outputs }) => outputs));
  }
}
