import { Construct } from 'constructs';
import type { ApiGateway } from '../../../lib/api/api-gateway.ts';
import type { AuditTrail } from '../../../lib/audit/audit-trail.ts';
import type { DomainEventBus } from '../../../lib/events/event-bus.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../../../lib/functions/service-function.ts';
import type { OrdersTable } from '../../../lib/storage/orders-table.ts';
import { messageScopes } from '../api/scopes.ts';
import { messageSettings } from './message-variables.ts';

export interface MessageRequestsProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  readonly events: DomainEventBus;
}

/** The settings that decide which messages there are. */
const PLANNING = ['patientMessages', 'messageReminders', 'messagesOff', 'messageTooLate'] as const;

/**
 * Lists the messages to patients, takes requests for them, and records consent and opt-outs. A separate function, because it
 * must not be able to send: a request is stored, and the function that sends checks it like any other message.
 */
export class MessageRequests extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: MessageRequestsProps) {
    super(scope, id);
    const { context, api, table, audit, events } = props;
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Requests', {
      context,
      name: 'message-requests',
      description: 'Answers requests about messages to patients',
      environment: {
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
        ...messageSettings(configuration, PLANNING),
      },
    });
    table.grant(this.function);
    audit.addWriter(this.function);
    events.grantPublish(this.function);
    api.addProtectedRoutes(this.function, messageScopes);
  }
}
