import * as z from 'zod';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import { refOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import { type LocalUser, localUsers } from './users.ts';

const groupSchema = z.object({ GroupName: z.string() });

const inputSchema = z.object({
  UserPoolId: z.string(),
  GroupName: z.string(),
  Limit: z.number().optional(),
  NextToken: z.never('the local run lists all users on one page').optional(),
});

/**
 * The part of the API of Cognito user pools that the functions use: the users of the local run.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html
 */
export function userPoolPeople(template: Template): Record<string, Operation> {
  const pools = template
    .resources('AWS::Cognito::UserPool')
    .map((id) => refOf('AWS::Cognito::UserPool', template.nameOf(id)));
  const groups = template
    .resources('AWS::Cognito::UserPoolGroup')
    .map((id) => template.read(id, groupSchema).GroupName);

  function listUsersInGroup(input: Record<string, unknown>) {
    const { UserPoolId, GroupName } = inputSchema.parse(input);
    if (!pools.includes(UserPoolId)) notFound(`User pool ${UserPoolId} does not exist.`);
    if (!groups.includes(GroupName)) notFound('Group not found.');
    return {
      Users: localUsers(groups)
        .filter((user) => user.groups.includes(GroupName))
        .map(userType),
    };
  }

  return { 'AWSCognitoIdentityProviderService.ListUsersInGroup': listUsersInGroup };
}

function notFound(message: string): never {
  throw new ServiceFault('ResourceNotFoundException', message);
}

function userType({ username, sub, email, name }: LocalUser) {
  const attributes = { sub, email, email_verified: 'true', name };
  return {
    Username: username,
    Enabled: true,
    UserStatus: 'CONFIRMED',
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  };
}
