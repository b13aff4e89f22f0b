import { Annotations, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ApiGateway } from './api/api-gateway.ts';
import { HistoryApi } from './api/history-api.ts';
import { QuarantineApi } from './api/quarantine-api.ts';
import { QueryApi } from './api/query-api.ts';
import { ReconcileApi } from './api/reconcile-api.ts';
import { ResultsApi } from './api/results-api.ts';
import type { FunctionCode } from './bundling/function-bundles.ts';
import type { Configuration } from './configuration/configuration.ts';
import { version } from './configuration/version.ts';
import { Dashboard } from './dashboard/dashboard.ts';
import { DomainEventBus } from './events/event-bus.ts';
import { OperatorNotifications } from './events/operator-notifications.ts';
import { OperatorsTopic } from './events/operators-topic.ts';
import { Outbox } from './events/outbox.ts';
import { DeadLetterQueue } from './functions/dead-letter-queue.ts';
import type { ServiceFunctionContext } from './functions/service-function.ts';
import { WebhookEndpoint } from './intake/webhook-endpoint.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { Projection } from './projection/projection.ts';
import { Rebuild } from './projection/rebuild.ts';
import { externalIdentityProvider } from './sign-in/identity-provider.ts';
import { People } from './sign-in/people.ts';
import { TokenIssuer, type TrustedIssuer } from './sign-in/token-issuer.ts';
import { EncryptionKeys } from './storage/encryption-keys.ts';
import { OrdersTable } from './storage/orders-table.ts';
import { FailedRecords } from './streams/failed-records.ts';
import { FailureRedrive } from './streams/failure-redrive.ts';
import { RedrawReview } from './worklist/redraw-review.ts';
import { RedrawSweep } from './worklist/redraw-sweep.ts';

export interface RedrawTrackerStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly functionCode: FunctionCode;
  /** The folder with the built dashboard; undefined if the stack is to have none. */
  readonly builtPage: string | undefined;
}

/** Composes the capabilities. Each one defines its own resources. */
export class RedrawTrackerStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { configuration, functionCode, builtPage, ...props }: RedrawTrackerStackProps,
  ) {
    super(scope, id, {
      stackName: `redraw-tracker-${configuration.stage}`,
      description: 'redraw-tracker: the true state of Junction lab orders and their redraws',
      tags: { 'redraw-tracker:version': version },
      terminationProtection: configuration.removalPolicy === 'retain',
      ...props,
    });
    const retain = configuration.removalPolicy === 'retain';
    const removalPolicy = retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const keys = new EncryptionKeys(this, 'Keys', { removalPolicy });
    const context = { configuration, functionCode, keys, removalPolicy };
    const table = new OrdersTable(this, 'Orders', { keys, removalPolicy, deletionProtection: retain });
    const issuer = this.tokenIssuer(context);
    const trust = issuer?.trust ?? configuredIssuer(configuration);
    const api = new ApiGateway(this, 'Http', { configuration, keys, removalPolicy, trust });
    const webhook = new WebhookEndpoint(this, 'WebhookEndpoint', { context, api, table });
    const query = new QueryApi(this, 'QueryApi', { context, api, table });
    const { cursorSecret } = query;
    const quarantine = new QuarantineApi(this, 'QuarantineApi', { context, api, table, cursorSecret });
    const failures = new FailedRecords(this, 'FailedRecords', context);
    const projection = new Projection(this, 'Projection', { context, table, failures });
    const history = new HistoryApi(this, 'HistoryApi', { context, api, projection });
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', context);
    const sweep = new RedrawSweep(this, 'Sweep', { context, table, deadLetters });
    const junction = { context, api, table, junctionApiKey: sweep.apiKey };
    const results = new ResultsApi(this, 'ResultsApi', junction);
    const reconcile = new ReconcileApi(this, 'Reconciliation', junction);
    const events = new DomainEventBus(this, 'Events', { context, deadLetters });
    const outbox = new Outbox(this, 'Outbox', { context, table, failures, events });
    const redrive = new FailureRedrive(this, 'Redrive', { context, table, failures, events, deadLetters });
    const operators = new OperatorsTopic(this, 'Operators', { keys, email: configuration.operatorEmail });
    new OperatorNotifications(this, 'Notices', { events, operators });
    const review = new RedrawReview(this, 'Review', { context, table, events, operators, deadLetters });
    const rebuild = new Rebuild(this, 'Rebuild', { context, table });
    const people = this.dashboard(context, { api, issuer, builtPage });
    new Monitoring(this, 'Monitoring', {
      configuration,
      topic: operators.topic,
      people,
      api,
      webhook,
      projection,
      query,
      results,
      reconcile,
      quarantine,
      history,
      sweep,
      outbox,
      redrive,
      review,
      deadLetters,
    });

    this.output('Version', version, 'The deployed version of redraw-tracker');
    this.output('WebhookUrl', webhook.url, "The webhook endpoint to enter in Junction's dashboard");
    this.output('WebhookSecretArn', webhook.secret.secretArn, 'Store the signing secret (whsec_...) here');
    this.output('ApiUrl', api.api.apiEndpoint, 'The base URL of the API');
    this.output('TableName', table.table.tableName, 'The table of orders, transactions and quarantine');
    this.output('JunctionApiKeyArn', sweep.apiKey.secretArn, "Store the key for Junction's API here");
    this.output(
      'RebuildFunctionName',
      rebuild.function.lambda.functionName,
      'Invoke this function to rebuild transactions from their orders (docs/rebuild.md)',
    );
    this.output('EventBusName', events.bus.eventBusName, 'Add your own rules to this bus');
    this.output('EventLogName', events.log.logGroupName, 'The log of all published events');
    this.output('FailureBucketName', failures.bucket.bucketName, 'Stream records that failed permanently');
    this.output(
      'DeadLettersUrl',
      deadLetters.queue.queueUrl,
      'Scheduled runs and notifications that failed permanently',
    );
    this.output(
      'OperatorsTopicArn',
      operators.topic.topicArn,
      'Subscribe here to alarms, stale redraws and reviews',
    );
  }

  private tokenIssuer(context: ServiceFunctionContext): TokenIssuer | undefined {
    if (context.configuration.oidcIssuer) return undefined;
    const issuer = new TokenIssuer(this, 'TokenIssuer', context);
    this.output('TokenEndpoint', issuer.tokenEndpoint, 'Where programs request tokens (client_credentials)');
    this.output('TokenClientId', issuer.client.userPoolClientId, 'The client id for the token endpoint');
    this.output(
      'UserPoolId',
      issuer.userPool.userPoolId,
      'The user pool with the accounts of people and the client secret',
    );
    return issuer;
  }

  /** @returns the people in the stack's own user pool; undefined with an external issuer or without a dashboard */
  private dashboard(context: ServiceFunctionContext, { api, issuer, builtPage }: DashboardParts) {
    if (builtPage === undefined) {
      if (context.configuration.dashboard === undefined) Annotations.of(this).addInfo(noDashboard);
      return undefined;
    }
    const people = issuer && new People(this, 'People', { context, issuer });
    const signIn = people ?? externalIdentityProvider(context.configuration);
    if (!signIn) return undefined;
    const dashboard = new Dashboard(this, 'Dashboard', { context, api, signIn, builtPage });
    if (people) api.acceptTokensFor(dashboard.clientId);
    this.output('DashboardUrl', dashboard.url, 'The URL of the dashboard');
    return people;
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}

const noDashboard =
  'No dashboard: it is not registered with your issuer. Register it and set redraw-tracker:dashboardClientId (see docs/deploy.md), or set redraw-tracker:dashboard to off to hide this message.';

interface DashboardParts {
  readonly api: ApiGateway;
  readonly issuer: TokenIssuer | undefined;
  readonly builtPage: string | undefined;
}

function configuredIssuer({ oidcIssuer, oidcAudience }: Configuration): TrustedIssuer {
  if (!oidcIssuer || !oidcAudience) throw new Error('An issuer needs an audience.');
  return { issuer: oidcIssuer, audience: oidcAudience };
}
