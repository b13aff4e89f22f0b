import { httpFunction } from '../../../../core/http/http-function.ts';
import { ApiKey } from '../../../../core/junction/api-key.ts';
// handlers.ts waits for this module while it loads: only a type may come from there.
import type { CapabilityHandler } from '../../../../test/core/api/scene/handlers.ts';
import { secretsHolding } from '../../../../test/core/api/scene/secrets-holding.ts';
import { routes } from '../../api/routes.ts';
import { AnswerCache } from '../../junction/answer-cache.ts';
import { OrderingClient } from '../../junction/ordering-client.ts';

/** The handler of the routes, as the ordering function puts it together. */
export const handler: CapabilityHandler = ({ projection, clock, teamId, teams, junction }, report, trail) => {
  const context = {
    table: projection.table,
    teamId,
    clock,
    apiKey: new ApiKey(secretsHolding(junction.apiKey), 'key', teams),
    hasTeams: teams.length > 0,
    projection,
    junction: (apiKey: string, timeLeft: () => number) =>
      new OrderingClient({
        baseUrl: junction.baseUrl,
        apiKey,
        clock,
        timeLeft,
        attempts: 2,
        pause: async () => undefined,
      }),
    catalogue: new AnswerCache<never>(),
    labAccounts: new AnswerCache<never>(),
    homeServices: new AnswerCache<never>(),
  };
  return httpFunction(routes, context, report, trail);
};
