/** Which changes between two templates are refused. */
import { describe, expect, test } from 'vitest';
import { type StackTemplate, statefulChanges } from '../../../operations/diff/stateful-changes.ts';

interface Resource {
  Type: string;
  DeletionPolicy?: string;
  Properties: Record<string, unknown>;
}

const key = (name: string) => [{ AttributeName: name, KeyType: 'HASH' }];
const indexes = (...names: string[]) =>
  names.map((IndexName) => ({
    IndexName,
    KeySchema: key('pk'),
    Projection: { ProjectionType: 'KEYS_ONLY' },
  }));

const scopes = (...names: string[]) =>
  names.map((ScopeName) => ({ ScopeName, ScopeDescription: `The scope ${ScopeName}` }));

/** As deployed. */
function deployed() {
  return {
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      DeletionPolicy: 'Retain',
      Properties: {
        KeySchema: key('pk'),
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        GlobalSecondaryIndexes: indexes('by_user'),
      },
    },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Description: 'the secret' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'operators' } },
    Group: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { GroupName: 'viewers', UserPoolId: 'pool' } },
    Scopes: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: { Identifier: 'orders', UserPoolId: 'pool', Scopes: scopes('write', 'place') },
    },
    Mail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { Protocol: 'email', TopicArn: 'topic', Endpoint: 'ops@example.com' },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: 'api', RouteSettings: { 'GET /a': {}, 'GET /b': {} } },
    },
    Webhook: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'webhook', MemorySize: 512 } },
  } satisfies Record<string, Resource>;
}

type Resources = ReturnType<typeof deployed> & Record<string, Resource | undefined>;

function remove(resources: Record<string, unknown>, logicalId: string): void {
  delete resources[logicalId];
}

/** What is found after a change of what is deployed. */
function after(change: (resources: Resources) => unknown): string[] {
  const next = deployed() as Resources;
  change(next);
  const changes = statefulChanges({ Resources: deployed() }, { Resources: next } as StackTemplate);
  return changes.map(({ logicalId, what }) => `${logicalId} ${what}`);
}

describe('refused is', () => {
  test.each<[string, (resources: Resources) => unknown, string]>([
    [
      'another key of the table',
      ({ Orders }) => Object.assign(Orders.Properties, { KeySchema: key('id') }),
      'Orders is replaced by a new one, because of KeySchema',
    ],
    [
      'another name of the topic',
      ({ Topic }) => Object.assign(Topic.Properties, { TopicName: 'alarms' }),
      'Topic is replaced by a new one, because of TopicName',
    ],
    [
      'a removal that leaves the table in the account',
      (resources) => remove(resources, 'Orders'),
      'Orders is removed from the stack; the old one stays in the account',
    ],
    [
      'a removal that deletes the secret',
      (resources) => remove(resources, 'Secret'),
      'Secret is removed and deleted',
    ],
    [
      'another logical id, which is a removal',
      (resources) => {
        resources.Renamed = resources.Secret;
        remove(resources, 'Secret');
      },
      'Secret is removed and deleted',
    ],
    [
      'the removal of a group of people',
      (resources) => remove(resources, 'Group'),
      'Group is removed and deleted',
    ],
    [
      'the removal of a resource server',
      (resources) => remove(resources, 'Scopes'),
      'Scopes is removed and deleted',
    ],
    [
      'the removal of a scope',
      ({ Scopes }) => Object.assign(Scopes.Properties, { Scopes: scopes('write') }),
      'Scopes loses scopes (place)',
    ],
    [
      'another address of the alarms',
      ({ Mail }) => Object.assign(Mail.Properties, { Endpoint: 'lab@example.com' }),
      'Mail is replaced by a new one, because of Endpoint',
    ],
    [
      'the removal of a subscription',
      (resources) => remove(resources, 'Mail'),
      'Mail is removed and deleted',
    ],
    [
      'settings of a route that CloudFormation does not remove',
      ({ Stage }) => Object.assign(Stage.Properties, { RouteSettings: { 'GET /b': {} } }),
      'Stage leaves settings of routes in API Gateway (GET /a)',
    ],
    [
      'the end of the retention',
      ({ Orders }) => Object.assign(Orders, { DeletionPolicy: 'Delete' }),
      'Orders is no longer retained (DeletionPolicy)',
    ],
    [
      'the end of the protection from deletion',
      ({ Orders }) => Object.assign(Orders.Properties, { DeletionProtectionEnabled: false }),
      'Orders loses its protection (DeletionProtectionEnabled)',
    ],
    [
      'two changes of indexes at once',
      ({ Orders }) => Object.assign(Orders.Properties, { GlobalSecondaryIndexes: indexes('by_day') }),
      'Orders changes 2 indexes at once (by_user, by_day)',
    ],
  ])('%s', (_, change, found) => {
    expect(after(change)).toEqual([found]);
  });
});

test('what loses nothing is not refused', () => {
  const found = after(({ Orders, Secret, Scopes, Stage, Webhook, ...others }) => {
    Object.assign(Orders.Properties, { GlobalSecondaryIndexes: indexes('by_user', 'by_day') });
    Object.assign(Secret.Properties, { Description: 'the signing secret' });
    Object.assign(Webhook.Properties, { FunctionName: 'replaced' });
    Object.assign(Scopes.Properties, { Scopes: scopes('place', 'write', 'read') });
    Object.assign(Stage.Properties, {
      RouteSettings: { 'GET /a': { ThrottlingRateLimit: 1 }, 'GET /b': {} },
    });
    others.Another = { Type: 'AWS::SNS::Topic', Properties: {} };
  });
  expect(found).toEqual([]);
  expect(after((resources) => remove(resources, 'Webhook'))).toEqual([]);
});

describe('a roll-back', () => {
  const later = {
    ...deployed(),
    NewLog: { Type: 'AWS::Logs::LogGroup', Properties: {} },
    NewTable: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', Properties: {} },
    NewBucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete', Properties: {} },
    NewFunction: { Type: 'AWS::Lambda::Function', Properties: {} },
    Scopes: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: { Identifier: 'orders', UserPoolId: 'pool', Scopes: scopes('write', 'place', 'read') },
    },
  };
  const takenBack = (next: Record<string, unknown>) =>
    Object.fromEntries(
      statefulChanges({ Resources: later } as StackTemplate, { Resources: next } as StackTemplate).map(
        ({ logicalId, takesBack }) => [logicalId, takesBack],
      ),
    );

  test('may remove the log of an added function, scopes, and what stays in the account', () => {
    expect(takenBack(deployed())).toEqual({ NewLog: true, NewTable: true, NewBucket: false, Scopes: true });
  });

  test('may not put another table in the place of one that has the data', () => {
    const { Orders: Former, ...others } = deployed();
    const next = { ...others, Former, Another: { Type: 'AWS::Logs::LogGroup', Properties: {} } };
    expect(takenBack(next)).toMatchObject({ Orders: false, NewTable: false, NewLog: true });
  });

  test('may not replace a table', () => {
    const { Orders, ...others } = deployed();
    const next = {
      ...others,
      Orders: { ...Orders, Properties: { ...Orders.Properties, KeySchema: key('id') } },
    };
    expect(takenBack(next)).toMatchObject({ Orders: false });
  });
});
