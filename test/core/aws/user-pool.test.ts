import type { CognitoIdentityProviderClient, UserType } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { listPeople } from '../../../core/aws/user-pool.ts';

const user = (name: string, attributes: Record<string, string>, enabled = true): UserType => ({
  Username: name,
  Enabled: enabled,
  Attributes: Object.entries({ sub: `sub-of-${name}`, ...attributes }).map(([Name, Value]) => ({
    Name,
    Value,
  })),
});
const address = (name: string) => ({ email: `${name}@example.com`, email_verified: 'true' });

const USERS = [
  user('vera', address('vera')),
  user('olivia', { ...address('olivia'), name: 'Olivia Operator' }),
  user('typed', { email: 'olivia@example.com', email_verified: 'false' }),
  user('nameless', {}),
  user('gone', address('gone'), false),
];

test('lists people under their verified address, and nobody else', async () => {
  const client = { send: async () => ({ Users: USERS }) } as unknown as CognitoIdentityProviderClient;
  expect(await listPeople(client, 'pool', ['viewers', 'operators'])).toEqual([
    { id: 'sub-of-olivia', name: 'olivia@example.com', display_name: 'Olivia Operator' },
    { id: 'sub-of-vera', name: 'vera@example.com', display_name: null },
  ]);
});
