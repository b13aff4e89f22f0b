/** The table and everything else that stores data, and the protection of each. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { customSettings, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const { template } = stack;

describe('the table', () => {
  const { Properties: table, DeletionPolicy } = stack.named('AWS::DynamoDB::Table', 'Orders');

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

  it('has six indexes of keys, which contain no orders; the worklists also have the team', () => {
    const index = (name: string, hash: string, range: string, included?: string) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: hash, KeyType: 'HASH' },
        { AttributeName: range, KeyType: 'RANGE' },
      ],
      Projection: included
        ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [included] }
        : { ProjectionType: 'KEYS_ONLY' },
    });
    expect(table.GlobalSecondaryIndexes).toEqual([
      index('by_status', 's_pk', 's_sk'),
      index('by_user', 'u_pk', 'u_sk'),
      index('by_client_user', 'c_pk', 'c_sk'),
      index('open_redraws', 'd_pk', 'd_sk', 'team_id'),
      index('by_results', 'r_pk', 'r_sk'),
      index('checks', 'k_pk', 'k_sk'),
    ]);
  });

  it('is encrypted with our key, recoverable and hard to delete', () => {
    expect(table.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
    expect(table.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
    expect(table.DeletionProtectionEnabled).toBe(true);
    expect(DeletionPolicy).toBe('Retain');
  });

  it('is a restored one where the configuration says so, under an id that the stack does not have yet', () => {
    const [[id, { Properties }] = ['', { Properties: {} }]] = Object.entries(
      synthesize(customSettings).ofType('AWS::DynamoDB::Table'),
    );
    // CloudFormation imports a table by its name.
    expect(Properties.TableName).toBe('redraw-tracker-restored');
    expect(Object.keys(stack.ofType('AWS::DynamoDB::Table'))).not.toContain(id);
    for (const name of [
      'StreamSpecification',
      'TimeToLiveSpecification',
      'GlobalSecondaryIndexes',
      'KeySchema',
    ])
      expect(Properties[name]).toEqual(table[name]);
    // What npx redraw-tracker restore sets on it.
    expect(table.StreamSpecification.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
    expect(table.TimeToLiveSpecification.AttributeName).toBe('expires_at');
  });

  it('can be deleted if configured', () => {
    const disposable = synthesize(customSettings);
    const { Properties, DeletionPolicy: policy } = disposable.named('AWS::DynamoDB::Table', 'Orders');
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

describe('the quarantine', () => {
  const [orders, quarantine] = ['Orders', 'QuarantinedWebhooks'].map((name) =>
    stack.named('AWS::DynamoDB::Table', name),
  );

  it('is a table of its own, without a stream, whose webhooks expire', () => {
    expect(quarantine?.Properties.StreamSpecification).toBeUndefined();
    for (const name of ['KeySchema', 'TimeToLiveSpecification', 'SSESpecification'])
      expect(quarantine?.Properties[name]).toEqual(orders?.Properties[name]);
    expect(quarantine?.Properties.GlobalSecondaryIndexes).toEqual([
      orders?.Properties.GlobalSecondaryIndexes[0],
    ]);
  });

  it('can be recovered for fewer days than orders, and is as hard to delete', () => {
    const { Properties, DeletionPolicy } = quarantine ?? {};
    expect(Properties.PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: 7,
    });
    expect([Properties.DeletionProtectionEnabled, DeletionPolicy]).toEqual([true, 'Retain']);
    const disposable = synthesize(customSettings).named('AWS::DynamoDB::Table', 'QuarantinedWebhooks');
    expect([disposable.Properties.DeletionProtectionEnabled, disposable.DeletionPolicy]).toEqual([
      false,
      'Delete',
    ]);
  });
});

describe('the accounts of people', () => {
  it('are as hard to delete as the table', () => {
    const protection = (settings: Record<string, unknown> = {}) =>
      synthesize(settings).only('AWS::Cognito::UserPool').Properties.DeletionProtection;
    expect(protection()).toBe('ACTIVE');
    expect(protection(customSettings)).toBe('INACTIVE');
  });
});

describe('stored data', () => {
  it('is encrypted with our own rotating keys', () => {
    for (const { Properties } of Object.values(stack.ofType('AWS::KMS::Key'))) {
      expect(Properties.EnableKeyRotation).toBe(true);
    }
    const keyOf = {
      'AWS::Logs::LogGroup': 'KmsKeyId',
      'AWS::SecretsManager::Secret': 'KmsKeyId',
      'AWS::SNS::Topic': 'KmsMasterKeyId',
    };
    for (const [type, property] of Object.entries(keyOf)) {
      const resources = Object.values(stack.ofType(type));
      expect(resources).not.toHaveLength(0);
      for (const { Properties } of resources) expect(Properties[property]).toBeDefined();
    }
  });

  it('includes failed records, which are private, readable over TLS only, and expire', () => {
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

  it('includes logs, which are kept for the configured time', () => {
    const shortLived = synthesize(customSettings);
    const logGroups = Object.entries(shortLived.ofType('AWS::Logs::LogGroup'));
    // test/lib/audit/ checks these two.
    for (const [id, { Properties }] of logGroups.filter(([id]) => !/AuditTrail|AccessLog/.test(id))) {
      expect([id, Properties.RetentionInDays]).toEqual([id, 30]);
    }
  });

  it("includes a placeholder for Junction's key that is recognizable", () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Description: Match.stringLikeRegexp('API of Junction'),
      GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'placeholder' },
    });
  });

  it('includes a placeholder for the signing secret that signs nothing', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Description: Match.stringLikeRegexp('Junction'),
      GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 32 },
    });
  });
});
