import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { apiHandler } from '../../core/api/api-handler.ts';
import { type PeopleContext, routes } from '../../core/api/people/routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { listPeople } from '../../core/aws/user-pool.ts';
import { groupsWith } from '../../core/http/groups.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const client = new CognitoIdentityProviderClient(QUICK);

const context: PeopleContext = {
  people: () => listPeople(client, env.USER_POOL_ID, groupsWith('redraws/write')),
  onReadError: (error) => logger.error('cannot read the user pool', errorName(error)),
  clock: () => new Date(),
  cache: {},
};

/** Lists the people who may own redraws. */
export const handler = apiHandler(routes, context);
