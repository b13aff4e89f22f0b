import { type FailuresByRoute, isOffered, OPTIONAL_ROUTES } from '../../domain/optional-route.ts';
import { json } from '../../http/problem.ts';
import { noPath, noQuery } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { instant } from '../../http/text-fields.ts';
import { readRouteFailures } from '../../store/junction-notices/route-failures.ts';
import { readUnreadableFields } from '../../store/junction-notices/unreadable-fields.ts';
import type { QueryContext } from '../query-context.ts';
import { junctionNotices } from './answer.ts';

export const junctionNoticeRoutes = {
  'GET /v1/junction/notices': route(
    { path: noPath, query: noQuery },
    async ({ table, clock, teams = [] }: QueryContext) => {
      const now = instant.parse(clock().toISOString());
      const asked = teams.length === 0 ? [null] : teams.map(({ id }) => id);
      const [unreadable_fields, ...not_offered] = await Promise.all([
        readUnreadableFields(table),
        ...asked.map(async (team) => notOffered(team, await readRouteFailures(table, team), now)),
      ]);
      return json(200, junctionNotices.parse({ unreadable_fields, not_offered: not_offered.flat() }));
    },
  ),
};

function notOffered(team_id: string | null, failures: FailuresByRoute, now: string) {
  return OPTIONAL_ROUTES.flatMap((route) => {
    const { since, reason, not_offered_until: asked_again_at } = failures[route] ?? {};
    return isOffered(failures[route], now) ? [] : [{ team_id, route, since, reason, asked_again_at }];
  });
}
