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

/** As deployed: a table, a secret, a topic and a function. */
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
  const found = after(({ Orders, Secret, Webhook, ...others }) => {
    Object.assign(Orders.Properties, { GlobalSecondaryIndexes: indexes('by_user', 'by_day') });
    Object.assign(Secret.Properties, { Description: 'the signing secret' });
    Object.assign(Webhook.Properties, { FunctionName: 'replaced' });
    others.Another = { Type: 'AWS::SNS::Topic', Properties: {} };
  });
  expect(found).toEqual([]);
  expect(after((resources) => remove(resources, 'Webhook'))).toEqual([]);
});
