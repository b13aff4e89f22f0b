import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { peopleScopes } from '../../core/http/route-scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import { grantListPeople } from '../sign-in/people-permission.ts';
import type { ApiGateway } from './api-gateway.ts';

export interface PeopleApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly userPool: IUserPool;
}

/**
 * Lists the people of the user pool who may own redraws. A separate function, because no other route needs Cognito's client, and
 * this one needs no access to the table.
 */
export class PeopleApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, userPool }: PeopleApiProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'People', {
      context,
      name: 'people',
      description: 'Lists the people who can own redraws',
    });
    grantListPeople(this.function, userPool);
    api.addProtectedRoutes(this.function, peopleScopes);
  }
}
