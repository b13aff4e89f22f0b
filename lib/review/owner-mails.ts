import { Duration, TimeZone } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ConfigurationSet, ConfigurationSetTlsPolicy, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { serviceName } from '../configuration/configuration.ts';
import { permitSending } from '../email/email-identities.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import { Schedules } from '../schedules/schedules.ts';
import { grantListPeople } from '../sign-in/people-permission.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface OwnerMailsProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly deadLetters: DeadLetterQueue;
  /** The mails come from this address. */
  readonly sender: string;
  /** Has the addresses of the owners. */
  readonly userPool: IUserPool;
  /** The mails link the dashboard. */
  readonly dashboardUrl: string;
}

/** Sends each owner in the user pool a daily email listing the transactions they own. Only in the template if a sender is configured. */
export class OwnerMails extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: OwnerMailsProps) {
    super(scope, id);
    const { context, table, sender, userPool, dashboardUrl } = props;
    const { configuration } = context;
    const configurationSetName = `${serviceName(configuration)}-owners`;
    new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      // SES itself refuses an address that bounced or complained.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.function = new ServiceFunction(this, 'Mails', {
      context,
      name: 'owner-mails',
      description: 'Sends owners their daily list',
      timeout: Duration.minutes(5),
      environment: {
        OWNER_MAIL_SENDER: sender,
        EMAIL_CONFIGURATION_SET: configurationSetName,
        REVIEW_TIME_ZONE: configuration.reviewTimeZone,
        DASHBOARD_URL: dashboardUrl,
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
    });
    table.grant(this.function);
    grantListPeople(this.function, userPool);
    permitSending(this.function, { sender, configurationSetName });
    this.addSchedule(props);
  }

  private addSchedule({ context, deadLetters }: OwnerMailsProps): void {
    const { reviewHour, reviewTimeZone } = context.configuration;
    const schedules = new Schedules(this, 'Schedules', {
      fn: this.function,
      deadLetters,
      maxAge: Duration.hours(6),
    });
    schedules.add('Daily', {
      description: 'redraw-tracker: daily email to each owner',
      expression: ScheduleExpression.cron({
        minute: '0',
        hour: String(reviewHour),
        timeZone: TimeZone.of(reviewTimeZone),
      }),
    });
  }
}
