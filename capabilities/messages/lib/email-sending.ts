import { EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { serviceName } from '../../../lib/configuration/configuration.ts';
import { permitSending } from '../../../lib/email/email-identities.ts';
import type { ServiceFunction, ServiceFunctionContext } from '../../../lib/functions/service-function.ts';
import type { ChannelSending } from './channel-sending.ts';

/**
 * Sends mails by Amazon SES with a configuration set, which reports the outcomes.
 *
 * SES reports to the default bus of the account only, where AWS services put their events:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ses-configurationseteventdestination-eventbridgedestination.html
 */
export class EmailSending extends Construct implements ChannelSending {
  readonly outputs = {};
  readonly configurationSetName: string;
  private readonly sender: string;

  constructor(scope: Construct, id: string, { configuration }: ServiceFunctionContext) {
    super(scope, id);
    const { messageEmailSender } = configuration;
    if (!messageEmailSender) throw new Error('E-mail needs a sender.');
    this.sender = messageEmailSender;
    this.configurationSetName = serviceName(configuration);
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSetName,
      // The content is about health, so a server without TLS does not get it.
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // SES itself refuses an address that bounced or complained, even if a report got lost.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      // Opens and clicks are not tracked: that would rewrite links and add an image that reports the reader.
    });
    set.addEventDestination('Events', {
      configurationSetEventDestinationName: 'events',
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
      ],
    });
  }

  /** Grants sending from the configured address with this configuration set. */
  grantSend(fn: ServiceFunction): void {
    const { sender, configurationSetName } = this;
    permitSending(fn, { sender, configurationSetName });
    fn.lambda.addEnvironment('MESSAGE_EMAIL_SENDER', sender);
    fn.lambda.addEnvironment('EMAIL_CONFIGURATION_SET', configurationSetName);
  }

  /**
   * Two rules, because a bounce alone has a reason: EventBridge leaves out a variable whose path has no value, which would break
   * the JSON. A path has no index, so that the tag arrives as the list that it is.
   * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
   */
  reportTo(fn: ServiceFunction): void {
    const report = {
      provider: 'ses',
      ref: EventField.fromPath('$.detail.mail.tags.ref'),
      type: EventField.fromPath('$.detail.eventType'),
    };
    const reason = EventField.fromPath('$.detail.bounce.bounceType');
    this.addRule('Bounced', fn, ['Email Bounced'], { ...report, reason });
    this.addRule('Reported', fn, ['Email Delivered', 'Email Complaint Received', 'Email Rejected'], report);
  }

  /** Passes on ids, the type and the reason. No address reaches the function. */
  private addRule(id: string, { lambda }: ServiceFunction, detailType: string[], report: object): void {
    const input = RuleTargetInput.fromObject(report);
    const rule = new Rule(this, id, {
      description: 'redraw-tracker: outcome of an email to a patient',
      eventPattern: {
        source: ['aws.ses'],
        detailType,
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSetName] } } },
      },
      targets: [{ bind: () => ({ arn: lambda.functionArn, input }) }],
    });
    lambda.addPermission(`Email${id}`, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}
