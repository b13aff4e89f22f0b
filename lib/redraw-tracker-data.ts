import { CfnResource, CrossStackReferences, ReferenceStrength, RemovalPolicy } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Team } from '../core/domain/team.ts';
import { CursorSecret } from './api/cursor-secret.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { withFile } from './bundling/bundle-with-file.ts';
import { type Bundles, type FunctionCode, prebuiltBundles } from './bundling/bundles.ts';
import { capabilities } from './capabilities.ts';
import type { PreparedCapability } from './capability/capability.ts';
import { configurationOf, hasDashboard } from './configuration/configuration.ts';
import { checkPlacement } from './configuration/placement.ts';
import type { RedrawTrackerSettings } from './configuration/settings.ts';
import { tagEverything } from './configuration/tags.ts';
import { readTeamsFile, TEAMS_FILE } from './configuration/teams-file.ts';
import { EncryptionKeys } from './encryption/encryption-keys.ts';
import { DomainEventBus } from './events/event-bus.ts';
import { OperatorsTopic } from './events/operators-topic.ts';
import { DeadLetterQueue } from './functions/dead-letter-queue.ts';
import type { ServiceFunctionContext } from './functions/service-function.ts';
import { WebhookSecret } from './intake/webhook-secret.ts';
import { labelFor } from './setting/setting-label.ts';
import { People } from './sign-in/people.ts';
import { TokenIssuer } from './sign-in/token-issuer.ts';
import { JunctionApiKey, JunctionWriteKey } from './storage/junction-keys.ts';
import { OrdersTable } from './storage/orders-table.ts';
import { QuarantineTable } from './storage/quarantine-table.ts';
import { FailedRecords } from './streams/failed-records.ts';

export interface RedrawTrackerDataProps extends RedrawTrackerSettings {
  /**
   * The built functions and dashboard.
   *
   * @default - those in the package
   */
  readonly bundles?: Bundles | undefined;
  /**
   * Encrypts the table, the secrets and the failed records. Its key policy must let IAM policies of the account grant its
   * use, as the default key policy does.
   *
   * @default - a new key
   */
  readonly tableKey?: IKey | undefined;
  /**
   * Receives the events.
   *
   * @default - a new bus, encrypted with a new key
   */
  readonly eventBus?: IEventBus | undefined;
  /**
   * Receives alarms, notifications and reviews. Its policy, and the policy of its key if it has one, must let alarms of the
   * account publish.
   *
   * @default - a new topic, encrypted with a new key
   */
  readonly alarmTopic?: ITopic | undefined;
  /**
   * Receives critical results and their alarms, and nothing else: for a pager. They go to `alarmTopic` too, which is another
   * topic. The same conditions apply.
   *
   * @default - a new topic, encrypted with a new key
   */
  readonly criticalResultsTopic?: ITopic | undefined;
}

/**
 * Everything that a deployment must not lose: the tables, the audit trail, keys, secrets, accounts of people and programs,
 * failed records, dead letters, the event bus with its archive and log, the topics of operators and of critical results with their subscriptions, and the export of the insights. What replaces or
 * deletes one of these loses data or cuts off somebody, so they can be in a stack of their own, which changes rarely.
 *
 * The switches of capabilities add and remove nothing here, so a capability that is switched off and on again finds its groups,
 * scopes, key and files. Nothing here refers to the rest of the service. The function that decides the scopes of people is here because the user
 * pool calls it.
 */
export class RedrawTrackerData extends Construct {
  /** @internal What the functions need, here and in the rest of the service. */
  readonly context: ServiceFunctionContext;
  /** @internal */
  readonly builtPage: string | undefined;
  /** @internal Files beside the page, by name. */
  readonly pageFiles: Readonly<Record<string, object>>;
  /** @internal */
  readonly table: OrdersTable;
  /** @internal */
  readonly quarantine: QuarantineTable;
  /** @internal */
  readonly audit: AuditTrail;
  /** @internal undefined with an issuer of the deployer. */
  readonly issuer: TokenIssuer | undefined;
  /** @internal The people in our user pool; undefined with an issuer of the deployer. */
  readonly people: People | undefined;
  /** @internal */
  readonly webhookSecret: WebhookSecret;
  /** @internal */
  readonly cursorSecret: CursorSecret;
  /** @internal */
  readonly junctionApiKey: JunctionApiKey;
  /** @internal */
  readonly junctionWriteKey: JunctionWriteKey;
  /** @internal */
  readonly failures: FailedRecords;
  /** @internal */
  readonly deadLetters: DeadLetterQueue;
  /** @internal */
  readonly events: DomainEventBus;
  /** @internal */
  readonly operators: OperatorsTopic;
  /** @internal */
  readonly criticalResults: OperatorsTopic;

  constructor(scope: Construct, id: string, props: RedrawTrackerDataProps = {}) {
    super(scope, id);
    const {
      bundles = prebuiltBundles(),
      tableKey,
      eventBus,
      alarmTopic,
      criticalResultsTopic,
      ...settings
    } = props;
    const configuration = configurationOf(settings, labelFor(this));
    checkPlacement(this, configuration, { tableKey, eventBus, alarmTopic, criticalResultsTopic });
    const teams = configuration.teams === undefined ? [] : readTeamsFile(configuration.teams);
    tagEverything(this, configuration);
    const retain = configuration.removalPolicy === 'retain';
    const removalPolicy = retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const keys = new EncryptionKeys(this, 'Keys', { data: tableKey, removalPolicy });
    const { functionCode, pageFiles } = capabilities
      .filter(({ isOn }) => isOn(configuration))
      .reduce<PreparedCapability>(
        (prepared, { prepare }) => {
          const next = prepare?.({ configuration, keys, functionCode: prepared.functionCode });
          return next ? { ...next, pageFiles: { ...prepared.pageFiles, ...next.pageFiles } } : prepared;
        },
        { functionCode: withTeams(bundles.functionCode, teams), pageFiles: {} },
      );
    this.pageFiles = pageFiles;
    const context = { configuration, teams, functionCode, keys, removalPolicy };
    this.context = context;
    this.builtPage = hasDashboard(configuration) ? bundles.builtPage : undefined;
    this.table = new OrdersTable(this, 'Orders', {
      keys,
      removalPolicy,
      deletionProtection: retain,
      existingTable: configuration.existingTable,
      transactionGrants: configuration.transactionGrants,
    });
    this.quarantine = new QuarantineTable(this, 'QuarantinedWebhooks', {
      keys,
      removalPolicy,
      deletionProtection: retain,
    });
    this.audit = new AuditTrail(this, 'AuditTrail', context);
    if (!configuration.oidcIssuer) {
      const issuer = new TokenIssuer(this, 'TokenIssuer', context);
      this.issuer = issuer;
      this.people = new People(this, 'People', { context, issuer });
    }
    // The ids are those of the constructs that use the secrets: an id is part of the logical id of the resource.
    this.webhookSecret = new WebhookSecret(this, 'WebhookEndpoint', context);
    this.cursorSecret = new CursorSecret(this, 'QueryApi', context);
    this.junctionApiKey = new JunctionApiKey(this, 'Sweep', context);
    this.junctionWriteKey = new JunctionWriteKey(this, 'OrderingApi', context);
    this.failures = new FailedRecords(this, 'FailedRecords', context);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', context);
    this.events = new DomainEventBus(this, 'Events', {
      context,
      bus: eventBus,
      deadLetters: this.deadLetters,
    });
    this.operators = new OperatorsTopic(this, 'Operators', {
      topic: alarmTopic,
      keys,
      displayName: 'redraw-tracker',
      email: configuration.operatorEmail,
    });
    // Without an email subscription: the operators' topic gets the same message, so nobody gets it twice and none is missed.
    this.criticalResults = new OperatorsTopic(this, 'CriticalResults', {
      topic: criticalResultsTopic,
      keys,
      displayName: 'Critical result',
      email: undefined,
    });
    this.referToWeakly();
  }

  /**
   * Lets other stacks read our values from outputs instead of importing exports: CloudFormation refuses every change of
   * an export that another stack imports, so an import would lock this stack.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
   */
  private referToWeakly(): void {
    for (const resource of this.node.findAll().filter(CfnResource.isCfnResource)) {
      CrossStackReferences.of(resource).produce(ReferenceStrength.WEAK);
    }
  }
}

function withTeams(functionCode: FunctionCode, teams: readonly Team[]): FunctionCode {
  if (teams.length === 0) return functionCode;
  return withFile(functionCode, { name: TEAMS_FILE, content: teams, reads: () => true });
}
