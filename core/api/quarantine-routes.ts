import { json } from '../http/problem.ts';
import { byQuarantineId, listQuery, noPath, noQuery } from '../http/requests.ts';
import { route } from '../http/route.ts';
import { listQuarantined } from '../store/quarantine-reading.ts';
import { replay } from '../use-cases/replay-quarantined.ts';
import type { Answering } from './answering.ts';
import { cursorAt, pageOf } from './lists.ts';
import { showQuarantine, showReplay } from './representations.ts';

const LIST = 'quarantine';

export const quarantineRoutes = {
  'GET /v1/quarantine': route(
    { path: noPath, query: listQuery },
    async ({ projection, cursors }: Answering, { query }) => {
      const request = await pageOf(cursors, LIST, query);
      const { quarantined, next } = await listQuarantined(projection.table, request);
      return json(200, showQuarantine(quarantined, await cursorAt(cursors, LIST, next)));
    },
  ),

  'POST /v1/quarantine/{id}/replay': route(
    { path: byQuarantineId, query: noQuery },
    async ({ receiving, clock }: Answering, { path }) => {
      return json(200, showReplay(path.id, await replay(receiving, path.id, clock())));
    },
  ),
};
