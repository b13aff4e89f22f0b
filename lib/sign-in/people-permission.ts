import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { ServiceFunction } from '../functions/service-function.ts';

/**
 * Grants listing the members of groups of the pool, and passes its id in the environment. Listing by group needs no right to list
 * or read any other account.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
 */
export function grantListPeople(fn: ServiceFunction, userPool: IUserPool): void {
  fn.permit({ actions: ['cognito-idp:ListUsersInGroup'], resources: [userPool.userPoolArn] });
  fn.lambda.addEnvironment('USER_POOL_ID', userPool.userPoolId);
}
