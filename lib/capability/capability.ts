import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ApiGateway } from '../api/api-gateway.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { FunctionCode } from '../bundling/bundles.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
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

/** What a capability finds when the data is set up. */
interface DataParts {
  readonly configuration: Configuration;
  readonly keys: EncryptionKeys;
  readonly functionCode: FunctionCode;
}

/** What a capability prepares for the rest of the stack. */
export interface PreparedCapability {
  /** The code of all functions, with what it adds to the code of its own. */
  readonly functionCode: FunctionCode;
  /** Files beside the page, by name. */
  readonly pageFiles: Readonly<Record<string, object>>;
}

/** What can be switched off: a folder of its own in capabilities/, which the stack finds in lib/capabilities.ts. */
export interface Capability {
  /** Of its folder. */
  readonly name: string;
  /** Whether it has a rebuild.ts: items of its own that a rebuild of the table has to know. */
  readonly rebuilds: boolean;
  /** The types of its events. */
  readonly events?: readonly string[];
  readonly isOn: (configuration: Configuration) => boolean;
  /** What the page has to know, by name. Called if it is off too. */
  readonly pageSettings?: (configuration: Configuration) => object;
  /** Called with the data, before anything else of the service exists, and only if it is on. */
  readonly prepare?: (parts: DataParts) => PreparedCapability;
  /** Adds its constructs. Called only if it is on. */
  readonly addTo: (scope: Construct, stack: StackParts) => DeployedCapability;
}
