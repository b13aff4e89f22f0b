import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { type Configuration, serviceName } from '../../../lib/configuration/configuration.ts';
import { permitSending } from '../../../lib/email/email-identities.ts';
import type { ServiceFunction } from '../../../lib/functions/service-function.ts';

/**
 * Sends mails by Amazon SES with a configuration set, which reports the outcomes.
 *
 * SES reports to the default bus of the account only, where AWS services put their events:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ses-configurationseteventdestination-eventbridgedestination.html
 */
export class EmailSending extends Construct {
  readonly configurationSetName: string;
  private readonly sender: string;

  constructor(scope: Construct, id: string, configuration: Configuration) {
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
}
