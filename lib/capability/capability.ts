import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ApiGateway } from '../api/api-gateway.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { DomainEventBus } from '../events/event-bus.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import type { DeployedCapability } from '../monitoring/deployed-capability.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

/** What the stack offers to a capability. A construct adds its routes to `api` and follows `events` itself. */
export interface StackParts {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  readonly events: DomainEventBus;
  readonly deadLetters: DeadLetterQueue;
  /** Holds the team's key for Junction's API. */
  readonly junctionApiKey: Secret;
  /** Holds the key for Junction's API that may place orders. */
  readonly junctionWriteKey: Secret;
}

/** What can be switched off: a folder of its own in capabilities/, which the stack finds in lib/capabilities.ts. */
export interface Capability {
  /** Of its folder. */
  readonly name: string;
  /** Whether it has a rebuild.ts: items of its own that a rebuild of the table has to know. */
  readonly rebuilds: boolean;
  readonly isOn: (configuration: Configuration) => boolean;
  /** Adds its constructs. Called only if it is on. */
  readonly addTo: (scope: Construct, stack: StackParts) => DeployedCapability;
}
