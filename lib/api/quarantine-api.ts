import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { quarantineScopes } from '../../core/http/route-scopes.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { QuarantineTable } from '../storage/quarantine-table.ts';
import { QUARANTINE_DAYS } from '../storage/retention.ts';
import type { ApiGateway } from './api-gateway.ts';

export interface QuarantineApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly quarantine: QuarantineTable;
  readonly audit: AuditTrail;
  /** Encrypts page cursors. */
  readonly cursorSecret: Secret;
}

/**
 * Lists and replays quarantined webhooks. A separate function, because a quarantined body is patient data, which no other
 * function can read.
 */
export class QuarantineApi extends Construct {
  readonly function: ServiceFunction;

  constructor(
    scope: Construct,
    id: string,
    { context, api, table, quarantine, audit, cursorSecret }: QuarantineApiProps,
  ) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Quarantine', {
      context,
      name: 'quarantine',
      description: 'Lists and replays quarantined webhooks',
      environment: { QUARANTINE_RETENTION_DAYS: String(QUARANTINE_DAYS) },
    });
    this.function.addReadingVariables();
    this.function.readSecret(cursorSecret, 'CURSOR_SECRET_ARN');
    table.grant(this.function);
    quarantine.grant(this.function, ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem']);
    quarantine.grantList(this.function);
    audit.addWriter(this.function);
    api.addProtectedRoutes(this.function, quarantineScopes);
  }
}
