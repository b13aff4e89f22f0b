import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { SynthesizedStack } from './synthesized-stack.ts';

const stack = new SynthesizedStack({ operatorEmail: 'lab-ops@example.com' });
const { template } = stack;
const functionNames = [
  ...['webhook', 'recompute', 'query', 'results', 'reconcile', 'history'],
  ...['sweep', 'publish', 'review', 'sign-in'],
];

describe('the table', () => {
  const { Properties: table, DeletionPolicy } = stack.only('AWS::DynamoDB::Table');

  it('has the keys, stream and expiry that the functions rely on', () => {
    expect(table.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    expect(table.BillingMode).toBe('PAY_PER_REQUEST');
    expect(table.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: 'expires_at', Enabled: true });
    const types = table.AttributeDefinitions.map(
      ({ AttributeType }: { AttributeType: string }) => AttributeType,
    );
    expect(new Set(types)).toEqual(new Set(['S']));
  });

  it('has five indexes of keys only, so that an order costs nothing in them', () => {
    const index = (name: string, hash: string, range: string) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: hash, KeyType: 'HASH' },
        { AttributeName: range, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    });
    expect(table.GlobalSecondaryIndexes).toEqual([
      index('by_status', 'status_pk', 'status_sk'),
      index('by_user', 'user_pk', 'user_sk'),
      index('by_client_user', 'client_pk', 'client_sk'),
      index('open_redraws', 'due_pk', 'due_sk'),
      index('checks', 'check_pk', 'check_sk'),
    ]);
  });

  it('is encrypted with our key, recoverable and hard to delete', () => {
    expect(table.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
    expect(table.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
    expect(table.DeletionProtectionEnabled).toBe(true);
    expect(DeletionPolicy).toBe('Retain');
  });

  it('can be thrown away where the configuration says so', () => {
    const disposable = new SynthesizedStack({ removalPolicy: 'destroy' });
    const { Properties, DeletionPolicy: policy } = disposable.only('AWS::DynamoDB::Table');
    expect(Properties.DeletionProtectionEnabled).toBe(false);
    expect(policy).toBe('Delete');
    for (const type of [
      'AWS::KMS::Key',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::Cognito::UserPool',
    ]) {
      for (const resource of Object.values(disposable.ofType(type)))
        expect(resource.DeletionPolicy).toBe('Delete');
    }
  });
});

describe('the functions', () => {
  it('run on the platform the bundles are made for, each with its own log', () => {
    for (const name of functionNames) {
      expect(stack.functionNamed(name).resource.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      });
    }
  });

  it('are told where things are, and no secret', () => {
    const [tableId] = Object.keys(stack.ofType('AWS::DynamoDB::Table'));
    const secrets = Object.keys(stack.ofType('AWS::SecretsManager::Secret'));
    const environment = (name: string) => stack.functionNamed(name).resource.Properties.Environment.Variables;
    const common = (name: string) => ({
      SERVICE_NAME: name,
      METRICS_NAMESPACE: 'RedrawTracker/prod',
      LOG_LEVEL: 'INFO',
    });
    const table = { TABLE_NAME: { Ref: tableId } };
    const bus = { EVENT_BUS_NAME: { Ref: expect.stringMatching(/Bus/) } };
    const secretReference = { Ref: expect.stringMatching(new RegExp(`^(${secrets.join('|')})$`)) };
    const clocks = {
      REDRAW_NO_ORDER: 'PT1H',
      REDRAW_NO_REQUISITION: 'P1D',
      REDRAW_NO_APPOINTMENT: 'P7D',
      REDRAW_AFTER_APPOINTMENT: 'P1D',
      REDRAW_AFTER_RESULT_DATE: 'P1D',
      REDRAW_NO_RESULT_DATE: 'P14D',
      CHECK_DIVERGING: 'PT15M',
      CHECK_SILENT: 'P30D',
    };
    expect(environment('recompute')).toEqual({ ...common('recompute'), ...table, ...clocks });
    expect(environment('query')).toEqual({
      ...common('query'),
      ...table,
      ...clocks,
      CURSOR_SECRET_ARN: secretReference,
      QUARANTINE_RETENTION_DAYS: '90',
    });
    expect(environment('results')).toEqual({
      ...common('results'),
      ...table,
      JUNCTION_BASE_URL: 'https://api.us.junction.com',
      JUNCTION_API_KEY_ARN: secretReference,
    });
    for (const name of ['sweep', 'reconcile']) {
      expect(environment(name)).toEqual({
        ...common(name),
        ...table,
        ...clocks,
        JUNCTION_BASE_URL: 'https://api.us.junction.com',
        JUNCTION_API_KEY_ARN: secretReference,
        ...(name === 'sweep' && { CHECK_UPDATES: 'PT1H' }),
      });
    }
    expect(environment('history')).toEqual({
      ...common('history'),
      PROJECTION_FUNCTION_NAME: { Ref: stack.functionNamed('recompute').id },
    });
    expect(environment('publish')).toEqual({ ...common('publish'), ...bus });
    expect(environment('review')).toEqual({
      ...common('review'),
      ...table,
      ...bus,
      OPERATORS_TOPIC_ARN: { Ref: expect.stringMatching(/Topic/) },
    });
    expect(environment('webhook')).toEqual({
      ...common('webhook'),
      ...table,
      WEBHOOK_SECRET_ARN: secretReference,
      QUARANTINE_RETENTION_DAYS: '90',
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('{{resolve:');
  });
});

describe('the API', () => {
  const routes = Object.fromEntries(
    Object.values(stack.ofType('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
      Properties.RouteKey,
      Properties,
    ]),
  );

  it('asks for a token with the right scope everywhere but at the webhook and the description of the API', () => {
    const [authorizerId] = Object.keys(stack.ofType('AWS::ApiGatewayV2::Authorizer'));
    const withScope = (...scopes: string[]) =>
      expect.objectContaining({
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: authorizerId },
        AuthorizationScopes: scopes,
      });
    expect(routes).toEqual({
      'ANY /webhooks/junction': expect.objectContaining({ AuthorizationType: 'NONE' }),
      'GET /openapi.json': expect.objectContaining({ AuthorizationType: 'NONE' }),
      'GET /v1/transactions': withScope('transactions/read'),
      'GET /v1/transactions/{id}': withScope('transactions/read'),
      'GET /v1/transactions/{id}/results': withScope('results/read'),
      'GET /v1/transactions/{id}/results.pdf': withScope('results/read'),
      'POST /v1/transactions/{id}/reconcile': withScope('transactions/reconcile'),
      'GET /v1/users/{user_id}/transactions': withScope('transactions/read'),
      'GET /v1/orders/{id}': withScope('transactions/read'),
      'PUT /v1/orders/{id}': withScope('orders/write'),
      'GET /v1/redraws': withScope('transactions/read'),
      'PUT /v1/redraws/{transaction_id}/acknowledgement': withScope('redraws/write'),
      'DELETE /v1/redraws/{transaction_id}/acknowledgement': withScope('redraws/write'),
      'GET /v1/search': withScope('transactions/read'),
      'GET /v1/summary': withScope('transactions/read'),
      'GET /v1/summary/history': withScope('transactions/read'),
      'GET /v3/order_transaction/{id}': withScope('transactions/read'),
      'GET /v1/quarantine': withScope('quarantine/write'),
      'POST /v1/quarantine/{id}/replay': withScope('quarantine/write'),
    });
  });

  it('throttles the public routes, and those that ask others, apart from the rest, once the route exists', () => {
    const { Properties: stage, DependsOn = [] } = stack.only('AWS::ApiGatewayV2::Stage');
    expect(stage.StageName).toBe('$default');
    expect(stage.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    expect(stage.RouteSettings).toEqual({
      'ANY /webhooks/junction': { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 },
      'GET /openapi.json': { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
      'POST /v1/transactions/{id}/reconcile': { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 5 },
      'GET /v1/summary/history': { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
    });
    const [webhookRoute] = Object.entries(stack.ofType('AWS::ApiGatewayV2::Route')).find(
      ([, { Properties }]) => Properties.RouteKey === 'ANY /webhooks/junction',
    ) ?? [''];
    expect(DependsOn).toContain(webhookRoute);
  });

  it('logs requests without their paths and queries, and who asked by ids alone', () => {
    const { Format } = stack.only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    expect(Format).not.toMatch(/\$context\.(path|http\.path|requestOverride)/);
    const claims = Format.match(/(?<=authorizer\.claims\.)\w+/g);
    expect(claims).toEqual(['client_id', 'sub']);
  });

  it('lets API Gateway call the functions of its routes, Cognito that of sign-in, and nobody else any', () => {
    const { id: signIn } = stack.functionNamed('sign-in');
    for (const { Properties } of Object.values(stack.ofType('AWS::Lambda::Permission'))) {
      const [called] = Properties.FunctionName['Fn::GetAtt'];
      const caller = called === signIn ? 'cognito-idp.amazonaws.com' : 'apigateway.amazonaws.com';
      expect(Properties.Principal).toBe(caller);
      expect(Properties.SourceArn).toBeDefined();
    }
  });

  it('answers browsers of the configured origins only', () => {
    expect(stack.only('AWS::ApiGatewayV2::Api').Properties.CorsConfiguration).toBeUndefined();
    const open = new SynthesizedStack({ corsOrigins: 'https://ops.example.com/, http://localhost:5173' });
    expect(open.only('AWS::ApiGatewayV2::Api').Properties.CorsConfiguration.AllowOrigins).toEqual([
      'https://ops.example.com',
      'http://localhost:5173',
    ]);
  });
});

describe('tokens', () => {
  it('come from a user pool by default, for programs and for the dashboard', () => {
    const [poolId] = Object.keys(stack.ofType('AWS::Cognito::UserPool'));
    const clients = Object.entries(stack.ofType('AWS::Cognito::UserPoolClient'));
    expect(clients).toHaveLength(2);
    expect(stack.only('AWS::ApiGatewayV2::Authorizer').Properties.JwtConfiguration).toEqual({
      Issuer: { 'Fn::GetAtt': [poolId, 'ProviderURL'] },
      Audience: clients.map(([clientId]) => ({ Ref: clientId })),
    });
    const [machine] = clients.filter(([, { Properties }]) => Properties.GenerateSecret);
    const { Properties: client, DependsOn = [] } = machine?.[1] ?? { Properties: {} };
    expect(client.AllowedOAuthFlows).toEqual(['client_credentials']);
    expect(client.AllowedOAuthScopes).toEqual([
      'transactions/read',
      'transactions/reconcile',
      'orders/write',
      'redraws/write',
      'results/read',
      'quarantine/write',
    ]);
    expect(DependsOn).toEqual(
      expect.arrayContaining(Object.keys(stack.ofType('AWS::Cognito::UserPoolResourceServer'))),
    );
  });

  it('come from a domain that no other account can have taken', () => {
    expect(JSON.stringify(stack.only('AWS::Cognito::UserPoolDomain').Properties.Domain)).toContain(
      'AWS::AccountId',
    );
  });

  it('come from the configured issuer instead, and then there is no user pool', () => {
    const federated = new SynthesizedStack({
      oidcIssuer: 'https://login.example.com/',
      oidcAudience: 'redraw-tracker,ops',
      dashboardClientId: 'page',
    });
    expect(federated.only('AWS::ApiGatewayV2::Authorizer').Properties.JwtConfiguration).toEqual({
      Issuer: 'https://login.example.com/',
      Audience: ['redraw-tracker', 'ops'],
    });
    federated.template.resourceCountIs('AWS::Cognito::UserPool', 0);
    federated.template.resourceCountIs('AWS::Cognito::UserPoolClient', 0);
  });
});

describe('what is stored', () => {
  it('is encrypted with keys of ours that rotate', () => {
    for (const { Properties } of Object.values(stack.ofType('AWS::KMS::Key'))) {
      expect(Properties.EnableKeyRotation).toBe(true);
    }
    for (const type of ['AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret']) {
      const resources = Object.values(stack.ofType(type));
      expect(resources).not.toHaveLength(0);
      for (const { Properties } of resources) expect(Properties.KmsKeyId).toBeDefined();
    }
    expect(stack.only('AWS::SNS::Topic').Properties.KmsMasterKeyId).toBeDefined();
  });

  it('lets failed records be read by nobody outside, over TLS only, and not for ever', () => {
    const [bucketId, found] =
      Object.entries(stack.ofType('AWS::S3::Bucket')).find(([id]) => id.startsWith('FailedRecords')) ?? [];
    const bucket = found?.Properties;
    expect(bucket.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration[0]).toMatchObject({
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' },
    });
    expect(bucket.LifecycleConfiguration.Rules[0]).toMatchObject({ ExpirationInDays: 90, Status: 'Enabled' });
    const [policy] = Object.values(stack.ofType('AWS::S3::BucketPolicy')).filter(
      ({ Properties }) => Properties.Bucket.Ref === bucketId,
    );
    const statements = policy?.Properties.PolicyDocument.Statement;
    expect(statements.every(({ Effect }: { Effect: string }) => Effect === 'Deny')).toBe(true);
    expect(JSON.stringify(statements)).toContain('aws:SecureTransport');
  });

  it('keeps every log for the configured time', () => {
    const shortLived = new SynthesizedStack({ logRetentionDays: '30' });
    for (const { Properties } of Object.values(shortLived.ofType('AWS::Logs::LogGroup'))) {
      expect(Properties.RetentionInDays).toBe(30);
    }
  });

  it('starts with a key for Junction that can be told from one', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Description: Match.stringLikeRegexp('API of Junction'),
      GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'placeholder' },
    });
  });

  it('starts with a signing secret that signs nothing', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Description: Match.stringLikeRegexp('Junction'),
      GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 32 },
    });
  });
});

describe('the template', () => {
  it('tells a deployer what to go on with', () => {
    expect(Object.keys(template.toJSON().Outputs).sort()).toEqual([
      'ApiUrl',
      'DashboardUrl',
      'DeadLettersUrl',
      'EventBusName',
      'EventLogName',
      'FailureBucketName',
      'JunctionApiKeyArn',
      'OperatorsTopicArn',
      'RebuildFunctionName',
      'TableName',
      'TokenClientId',
      'TokenEndpoint',
      'UserPoolId',
      'WebhookSecretArn',
      'WebhookUrl',
    ]);
  });

  it('is plain ASCII, because CloudFormation shows anything else as question marks', () => {
    const text = JSON.stringify(template.toJSON());
    expect([...text].filter((character) => character > '~')).toEqual([]);
  });

  it('gives the webhook a share of the concurrency only where one is configured', () => {
    const share = (synthesized: SynthesizedStack) =>
      synthesized.functionNamed('webhook').resource.Properties.ReservedConcurrentExecutions;
    expect(share(stack)).toBeUndefined();
    expect(share(new SynthesizedStack({ webhookReservedConcurrency: 20 }))).toBe(20);
  });
});
