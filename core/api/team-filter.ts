import { Problem } from '../http/problem.ts';
import type { QueryContext } from './query-context.ts';

/**
 * The context of a request about one team, which shows what a deployment of that team alone would show.
 *
 * @param team the parameter of the request; undefined for every team that is shown
 * @throws Problem 400 if the deployment does not have the team
 */
export function aboutTeam(context: QueryContext, team: string | undefined): QueryContext {
  if (team === undefined) return context;
  const { cursors, teamId, teams = [] } = context;
  const known = teamId === null ? teams.map(({ id }) => id) : [teamId];
  if (!known.includes(team)) {
    throw new Problem(400, 'The parameter team_id is not the ID of a team of this deployment.');
  }
  const named = (list: string) => `${list} of team ${team}`;
  return {
    ...context,
    teamId: team,
    // A cursor belongs to the filter too.
    cursors: {
      open: (list, cursor) => cursors.open(named(list), cursor),
      seal: (list, place) => cursors.seal(named(list), place),
    },
  };
}
