import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { QUICK } from '../aws/client-options.ts';
import { jitteredPause } from '../concurrency/retry.ts';
import { ApiKey } from '../junction/api-key.ts';
import { type ClientOptions, JunctionClient } from '../junction/client.ts';
import { type FieldsRead, nonEmpty, url } from '../reading/readers.ts';
import { readingOf, readingVariables } from './payload-reading.ts';
import { teamsOf, teamVariables } from './teams.ts';

/** What a function needs that asks Junction's API about orders. */
export const junctionVariables = {
  JUNCTION_BASE_URL: url,
  JUNCTION_API_KEY_ARN: nonEmpty,
  ...readingVariables,
  ...teamVariables,
};

/** How often a request is sent at most, and the pauses in between. */
const PERSISTENCE = {
  /** Of a scheduled run: as often as the client does by itself. */
  run: { pause: jitteredPause(500, 8_000) },
  /** Of a request: the caller waits for the answer and can retry. */
  caller: { attempts: 2, pause: jitteredPause(200, 1_000) },
} as const;

/** Junction's API. The key is read when it is needed, because it can be stored or replaced at any time. */
export interface JunctionApi {
  readonly apiKey: ApiKey;
  /**
   * @param timeLeft the milliseconds left for requests
   * @param team the team that the key was read for
   */
  readonly junction: (
    apiKey: string,
    timeLeft: () => number,
    team: string | null,
    reports?: Pick<ClientOptions, 'onUnreadable'>,
  ) => JunctionClient;
}

/** @param waiting what waits for the answers */
export function junctionApiOf(
  env: FieldsRead<typeof junctionVariables>,
  waiting: keyof typeof PERSISTENCE,
): JunctionApi {
  const teams = teamsOf(env);
  const options = {
    baseUrl: env.JUNCTION_BASE_URL,
    clock: () => new Date(),
    ...PERSISTENCE[waiting],
    ...readingOf(env),
  };
  return {
    apiKey: new ApiKey(new SecretsManagerClient(QUICK), env.JUNCTION_API_KEY_ARN, teams),
    junction: (apiKey, timeLeft, team, reports) =>
      new JunctionClient({
        ...options,
        // With several teams, an answer about another team's order is no answer.
        ...(teams.length > 0 && { teamId: team }),
        ...reports,
        apiKey,
        timeLeft,
      }),
  };
}
