import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AuditTrail } from '../../../lib/audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../../../lib/functions/service-function.ts';
import type { OrdersTable } from '../../../lib/storage/orders-table.ts';
import type { EmailSending } from './email-sending.ts';
import type { SmsSending } from './sms-sending.ts';

export interface MessageOutcomesProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  /** undefined if the channel is off. */
  readonly email: EmailSending | undefined;
  readonly sms: SmsSending | undefined;
}

/**
 * Stores what the providers report about messages, and opt-outs in replies.
 *
 * Nothing here has a dead-letter queue. An event of SES names the recipient, and EventBridge would store it whole; an event of the
 * SMS service has the phone number, and a reply the words of a patient. What is lost with a report: a message stays `sent`, and the providers still refuse who
 * bounced, complained or replied STOP.
 */
export class MessageOutcomes extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, table, audit, email, sms }: MessageOutcomesProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Outcomes', {
      context,
      name: 'message-outcomes',
      description: 'Stores what the providers report about messages to patients',
      timeout: Duration.seconds(30),
    });
    this.function.addClockVariables();
    table.grant(this.function);
    // A restore reads the opt-outs from the trail.
    audit.addWriter(this.function);
    // Lambda tries again for six hours, and twice after an error of the function.
    this.function.lambda.configureAsyncInvoke({ maxEventAge: Duration.hours(6), retryAttempts: 2 });
    if (email) this.followEmails(email);
    for (const topic of sms ? [sms.reports, sms.replies] : []) {
      topic.addSubscription(new LambdaSubscription(this.function.lambda));
    }
  }

  /**
   * Two rules, because a bounce alone has a reason: EventBridge leaves out a variable whose path has no value, which would break
   * the JSON. A path has no index, so that the tag arrives as the list that it is.
   * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
   */
  private followEmails(email: EmailSending): void {
    const report = {
      provider: 'ses',
      ref: EventField.fromPath('$.detail.mail.tags.ref'),
      type: EventField.fromPath('$.detail.eventType'),
    };
    const reason = EventField.fromPath('$.detail.bounce.bounceType');
    this.addRule('EmailBounced', email, ['Email Bounced'], { ...report, reason });
    this.addRule('EmailReported', email, ['Email Delivered', 'Email Complaint Received', 'Email Rejected'], {
      ...report,
    });
  }

  /** Passes on ids, the type and the reason. No address reaches the function. */
  private addRule(
    id: string,
    { configurationSetName }: EmailSending,
    detailType: string[],
    report: object,
  ): void {
    const { lambda } = this.function;
    const input = RuleTargetInput.fromObject(report);
    const rule = new Rule(this, id, {
      description: 'redraw-tracker: outcome of an email to a patient',
      eventPattern: {
        source: ['aws.ses'],
        detailType,
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName] } } },
      },
      targets: [{ bind: () => ({ arn: lambda.functionArn, input }) }],
    });
    lambda.addPermission(id, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }
}
