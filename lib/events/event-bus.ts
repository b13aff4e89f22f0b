import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import {
  CfnArchive,
  EventBus,
  type EventPattern,
  type IEventBus,
  type IRuleTarget,
  Rule,
  type RuleTargetConfig,
} from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, ResourcePolicy, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from '../../core/events/source.ts';
import { type Configuration, serviceName } from '../configuration/configuration.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import type { ServiceFunction, ServiceFunctionContext } from '../functions/service-function.ts';
import { ARCHIVE_DAYS } from '../storage/retention.ts';

const source = [EVENT_SOURCE];

/**
 * The maximum that EventBridge allows, which is also its default: one day, with enough attempts for it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
const retryPolicy = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

export interface DomainEventBusProps {
  readonly context: ServiceFunctionContext;
  /** The deployer's bus, instead of a new one. */
  readonly bus: IEventBus | undefined;
  readonly deadLetters: DeadLetterQueue;
}

/** Events that a rule passes on to a target. */
export interface Delivery {
  readonly description: string;
  /** Narrows our events down. */
  readonly pattern: EventPattern;
  readonly target: RuleTargetConfig;
}

/** The bus for events about transactions, with a log of all events and an archive to replay them from. */
export class DomainEventBus extends Construct {
  readonly bus: IEventBus;
  /** Holds every published event: ids and states. */
  readonly log: LogGroup;
  private readonly deadLetters: DeadLetterQueue;
  private readonly publishers: ServiceFunction[] = [];
  private readonly configuration: Configuration;

  constructor(scope: Construct, id: string, { context, bus, deadLetters }: DomainEventBusProps) {
    super(scope, id);
    const { keys } = context;
    this.deadLetters = deadLetters;
    this.configuration = context.configuration;
    this.bus = bus ?? this.newBus(context);
    deadLetters.acceptFrom(this.bus.eventBusArn);
    // Not the ARN of each rule: the queue would depend on the rules of other stacks, and they on the queue.
    deadLetters.acceptFrom(ruleArnsOf(this.bus));
    this.allowArchive(keys.operations, bus?.eventBusArn ?? this.arnOfNewBus(context));
    new CfnArchive(this, 'Archive', {
      sourceArn: this.bus.eventBusArn,
      description: 'redraw-tracker: events to replay',
      eventPattern: { source },
      retentionDays: ARCHIVE_DAYS,
      kmsKeyIdentifier: keys.operations.keyArn,
    });
    this.log = this.eventLog(context);
  }

  /** Grants publishing on this bus, and passes its name and how events are marked in the environment. */
  grantPublish(fn: ServiceFunction): void {
    const { historicalEvents, watchOnly } = this.configuration;
    fn.permit({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] });
    fn.lambda.addEnvironment('EVENT_BUS_NAME', this.bus.eventBusName);
    fn.lambda.addEnvironment('HISTORICAL_EVENTS', historicalEvents);
    fn.lambda.addEnvironment('WATCH_ONLY', watchOnly);
    this.publishers.push(fn);
  }

  /** Passes on where the links in events lead, once the dashboard and the API are known. */
  linkTo({ dashboard, api }: { readonly dashboard: string | undefined; readonly api: string }): void {
    for (const { lambda } of this.publishers) {
      if (dashboard !== undefined) lambda.addEnvironment('DASHBOARD_URL', dashboard);
      lambda.addEnvironment('API_URL', api);
    }
  }

  /** Delivers events to a target. What cannot be delivered goes to the dead-letter queue. */
  deliver(scope: Construct, id: string, { description, pattern, target }: Delivery): Rule {
    const deadLetterConfig = { arn: this.deadLetters.queue.queueArn };
    const ruleTarget: IRuleTarget = { bind: () => ({ ...target, retryPolicy, deadLetterConfig }) };
    return new Rule(scope, id, {
      eventBus: this.bus,
      description,
      eventPattern: { source, ...pattern },
      targets: [ruleTarget],
    });
  }

  private newBus({ configuration, keys }: ServiceFunctionContext): IEventBus {
    const bus = new EventBus(this, 'Bus', {
      // The CDK's default name would be the same for every stage in the account.
      eventBusName: serviceName(configuration),
      description: 'redraw-tracker: events about order transactions and their redraws',
      kmsKey: keys.operations,
      deadLetterQueue: this.deadLetters.queue,
    });
    return bus as IEventBus;
  }

  /** Names the bus in plain text: a reference to it from the policy of its key would be circular. */
  private arnOfNewBus({ configuration }: ServiceFunctionContext): string {
    const resourceName = serviceName(configuration);
    return Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName });
  }

  private allowArchive(key: Key, busArn: string): void {
    const principals = [new ServicePrincipal('events.amazonaws.com')];
    key.addToResourcePolicy(
      new PolicyStatement({ principals, actions: ['kms:DescribeKey'], resources: ['*'] }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:EncryptionContext:aws:events:event-bus:arn': busArn } },
      }),
    );
  }

  private eventLog({ configuration, keys, removalPolicy }: ServiceFunctionContext): LogGroup {
    const log = new LogGroup(this, 'Log', {
      encryptionKey: keys.operations,
      retention: configuration.logRetentionDays as RetentionDays,
      removalPolicy,
    });
    const rule = this.deliver(this, 'EveryEvent', {
      description: 'redraw-tracker: log every event',
      pattern: {},
      target: { arn: logArn(log) },
    });
    this.allowEventDelivery(log, rule, `${serviceName(configuration)}-events`);
    return log;
  }

  /** The policy that EventBridge needs. Only PutLogEvents carries the ARN of the rule, so only it can be limited to it. */
  private allowEventDelivery(log: LogGroup, rule: Rule, resourcePolicyName: string): void {
    const principals = ['events.amazonaws.com', 'delivery.logs.amazonaws.com'].map(
      (service) => new ServicePrincipal(service),
    );
    const resources = [log.logGroupArn];
    new ResourcePolicy(this, 'LogPolicy', {
      resourcePolicyName,
      policyStatements: [
        new PolicyStatement({ principals, actions: ['logs:CreateLogStream'], resources }),
        new PolicyStatement({
          principals,
          actions: ['logs:PutLogEvents'],
          resources,
          conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
        }),
      ],
    });
  }
}

/**
 * A pattern for the ARNs of all rules of a bus. The rules of the default bus have no name of a bus in their ARN.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html#amazoneventbridge-resources-for-iam-policies
 */
function ruleArnsOf(bus: IEventBus): string {
  const isDefault = !Token.isUnresolved(bus.eventBusName) && bus.eventBusName === 'default';
  const resourceName = isDefault ? '*' : `${bus.eventBusName}/*`;
  return Stack.of(bus).formatArn({ service: 'events', resource: 'rule', resourceName });
}

/** The ARN that EventBridge accepts: without the `:*` at the end of a log group's ARN. */
function logArn(log: LogGroup): string {
  return Stack.of(log).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: log.logGroupName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
