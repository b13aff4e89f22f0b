import { randomUUID } from 'node:crypto';
import { tokenOf } from '../../domain/change-tokens.ts';
import { type Instant, latest } from '../../domain/instant.ts';
import { json } from '../../http/problem.ts';
import { noPath, noQuery } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { instant } from '../../http/text-fields.ts';
import { readHeartbeat } from '../../store/heartbeat.ts';
import type { QueryContext } from '../query-context.ts';
import { changes } from './answer.ts';

export const changeRoutes = {
  'GET /v1/changes': route({ path: noPath, query: noQuery }, async ({ table, clock }: QueryContext) => {
    const now = instant.parse(clock().toISOString());
    // It is asked often. A mark that is missed because of the lag is seen the next time.
    const { worklist_at, rest_at } = await readHeartbeat(table, { consistent: false });
    const answer = {
      worklist: token(worklist_at, now),
      everything: token(latest([worklist_at, rest_at]), now),
    };
    return json(200, changes.parse(answer));
  }),
};

/** While something may be changing, no token is like another. */
const token = (mark: Instant | null | undefined, now: Instant) => tokenOf(mark ?? null, now) ?? randomUUID();
