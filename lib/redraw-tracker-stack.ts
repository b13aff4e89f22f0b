import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { EncryptionKeys } from './encryption-keys.ts';
import type { FunctionCode } from './function-bundles.ts';
import { HttpEntrance } from './http-api.ts';
import { Monitoring } from './monitoring.ts';
import { OperatorsTopic } from './operators-topic.ts';
import { OrdersTable } from './orders-table.ts';
import { Projection } from './projection.ts';
import { QueryApi } from './query-api.ts';
import { TokenIssuer, type TokenTrust } from './token-issuer.ts';
import { WebhookEndpoint } from './webhook-endpoint.ts';

export interface RedrawTrackerStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly functionCode: FunctionCode;
}

/** Puts the capabilities together; each builds its own resources. */
export class RedrawTrackerStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { configuration, functionCode, ...props }: RedrawTrackerStackProps,
  ) {
    super(scope, id, {
      stackName: `redraw-tracker-${configuration.stage}`,
      description: 'redraw-tracker: the true state of Junction lab orders and their redraws',
      terminationProtection: configuration.removalPolicy === 'retain',
      ...props,
    });
    const retain = configuration.removalPolicy === 'retain';
    const removalPolicy = retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const keys = new EncryptionKeys(this, 'Keys', { removalPolicy });
    const context = { configuration, functionCode, keys, removalPolicy };
    const table = new OrdersTable(this, 'Orders', { keys, removalPolicy, deletionProtection: retain });
    const trust = this.tokenTrust(configuration, removalPolicy);
    const api = new HttpEntrance(this, 'Http', { configuration, keys, removalPolicy, trust });
    const webhook = new WebhookEndpoint(this, 'WebhookEndpoint', { context, api, table });
    const projection = new Projection(this, 'Projection', { context, table });
    const query = new QueryApi(this, 'QueryApi', { context, api, table });
    const { topic } = new OperatorsTopic(this, 'Operators', { keys, email: configuration.operatorEmail });
    new Monitoring(this, 'Monitoring', { configuration, topic, api, webhook, projection, query });

    this.output(
      'WebhookUrl',
      webhook.url,
      'Paste into the dashboard of Junction as the endpoint of the webhook',
    );
    this.output('WebhookSecretArn', webhook.secret.secretArn, 'Put the signing secret (whsec_...) here');
    this.output('ApiUrl', api.api.apiEndpoint, 'Base address of the query API');
    this.output('TableName', table.table.tableName, 'Orders, transactions, quarantine');
    this.output('FailureBucketName', projection.failures.bucketName, 'Stream records that failed for good');
    this.output('OperatorsTopicArn', topic.topicArn, 'Alarms go here; subscribe whoever should know');
  }

  private tokenTrust(configuration: Configuration, removalPolicy: RemovalPolicy): TokenTrust {
    const { oidcIssuer, oidcAudience } = configuration;
    if (oidcIssuer && oidcAudience) return { issuer: oidcIssuer, audience: oidcAudience };
    const issuer = new TokenIssuer(this, 'TokenIssuer', { configuration, removalPolicy });
    this.output('TokenEndpoint', issuer.tokenEndpoint, 'Where programs get a token (client_credentials)');
    this.output('TokenClientId', issuer.client.userPoolClientId, 'Client id for the token endpoint');
    this.output('UserPoolId', issuer.userPool.userPoolId, 'Where the client secret can be read');
    return issuer.trust;
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
