import { Duration } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EventType } from '../../../core/domain/events/domain-events.ts';
import type { AuditTrail } from '../../../lib/audit/audit-trail.ts';
import type { DomainEventBus } from '../../../lib/events/event-bus.ts';
import type { DeadLetterQueue } from '../../../lib/functions/dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../../../lib/functions/service-function.ts';
import { Schedules } from '../../../lib/schedules/schedules.ts';
import type { OrdersTable } from '../../../lib/storage/orders-table.ts';
import type { messageEvents } from '../rules/message-events.ts';
import type { ChannelSending } from './channel-sending.ts';
import { messageSettings } from './message-variables.ts';

export interface MessageSendingProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  readonly events: DomainEventBus;
  readonly deadLetters: DeadLetterQueue;
  /** Holds the team's key for Junction's API. */
  readonly junctionApiKey: Secret;
  /** Those that are on. */
  readonly channels: readonly ChannelSending[];
}

/** The events after which a transaction's messages may change. Each only identifies the transaction to process. */
const wanted: readonly (EventType | keyof typeof messageEvents)[] = [
  'Redraw Available',
  'Redraw Order Linked',
  'Redraw Progressed',
  'Redraw Needs Decision',
  'Redraw Acknowledged',
  'Redraw Acknowledgement Withdrawn',
  'Transaction Completed',
  'Transaction Cancelled',
  'Transaction Reopened',
  'Patient Message Requested',
];

/** Plans and sends messages to patients: at once after an event, and on schedule what is due later. */
export class MessageSending extends Construct {
  readonly function: ServiceFunction;
  /** The time from one scheduled run to the next. */
  readonly interval = Duration.minutes(5);

  constructor(scope: Construct, id: string, props: MessageSendingProps) {
    super(scope, id);
    const { context, table, audit, junctionApiKey, channels } = props;
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Messages', {
      context,
      name: 'messages',
      description: 'Plans and sends messages to patients',
      timeout: Duration.minutes(5),
      environment: {
        JUNCTION_BASE_URL: configuration.junctionBaseUrl,
        MESSAGES_EVERY: this.interval.toIsoString(),
        ...messageSettings(configuration),
      },
    });
    this.function.addClockVariables();
    this.function.addReadingVariables();
    this.function.addWatchingVariable();
    this.function.readSecret(junctionApiKey, 'JUNCTION_API_KEY_ARN');
    table.grant(this.function);
    // The provider can refuse a message because the patient has opted out.
    audit.addWriter(this.function);
    for (const channel of channels) channel.grantSend(this.function);
    this.followEvents(props);
    this.addSchedule(props);
  }

  private followEvents({ events }: MessageSendingProps): void {
    const { lambda } = this.function;
    const rule = events.deliver(this, 'Wanted', {
      description: 'redraw-tracker: plan the messages of a transaction',
      pattern: { detailType: [...wanted] },
      target: { arn: lambda.functionArn },
    });
    lambda.addPermission('Wanted', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
  }

  /**
   * Failed events are kept as long as Lambda keeps events: an event of the bus is the only one that says that a
   * transaction may want its first message. A scheduled run that is late does no harm, because it sends by the real hour.
   */
  private addSchedule({ deadLetters }: MessageSendingProps): void {
    const schedules = new Schedules(this, 'Schedules', {
      fn: this.function,
      deadLetters,
      maxAge: Duration.hours(6),
    });
    schedules.add('Regular', {
      description: 'redraw-tracker: send due messages to patients',
      expression: ScheduleExpression.rate(this.interval),
    });
  }
}
