import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { AuditTrail } from '../../../lib/audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../../../lib/functions/service-function.ts';
import type { OrdersTable } from '../../../lib/storage/orders-table.ts';
import type { ChannelSending } from './channel-sending.ts';

export interface MessageOutcomesProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  /** Those that are on. */
  readonly channels: readonly ChannelSending[];
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

  constructor(scope: Construct, id: string, { context, table, audit, channels }: MessageOutcomesProps) {
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
    for (const channel of channels) channel.reportTo(this.function);
  }
}
