import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { ApiGateway } from './api-gateway.ts';

/** The props of the API parts whose routes call Junction. */
export interface JunctionRoutesProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
}

/** A function that calls Junction while the caller of the API waits. */
export function junctionFunction(
  scope: Construct,
  id: string,
  { context, table, audit }: JunctionRoutesProps,
  purpose: { readonly name: string; readonly description: string; readonly key: readonly [Secret, string] },
): ServiceFunction {
  const { junctionBaseUrl, teamId } = context.configuration;
  const { name, description, key } = purpose;
  const made = new ServiceFunction(scope, id, {
    context,
    name,
    description,
    // API Gateway waits for 30 seconds.
    timeout: Duration.seconds(29),
    environment: {
      JUNCTION_BASE_URL: junctionBaseUrl,
      ...(teamId !== undefined && { TEAM_ID: teamId }),
    },
  });
  made.readSecret(...key);
  table.grant(made);
  audit.addWriter(made);
  return made;
}
