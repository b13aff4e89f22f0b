import { json } from '../http/problem.ts';
import { listQuarantined } from '../store/quarantine-reading.ts';
import { cursorAt, pageOf } from './lists.ts';
import { showQuarantine, showReplay } from './representations.ts';
import { byQuarantineId, listQuery, noPath, noQuery } from './requests.ts';
import { route } from './route.ts';

const LIST = 'quarantine';

export const quarantineRoutes = {
  'GET /v1/quarantine': route(
    { path: noPath, query: listQuery },
    async ({ projection, cursors }, { query }) => {
      const request = await pageOf(cursors, LIST, query);
      const { quarantined, next } = await listQuarantined(projection.table, request);
      return json(200, showQuarantine(quarantined, await cursorAt(cursors, LIST, next)));
    },
  ),

  'POST /v1/quarantine/{id}/replay': route(
    { path: byQuarantineId, query: noQuery },
    async ({ receiving, clock }, { path }) => {
      // It reads webhooks: what that takes is not loaded for the other routes.
      const { replay } = await import('./replay.ts');
      return json(200, showReplay(path.id, await replay(receiving, path.id, clock())));
    },
  ),
};
