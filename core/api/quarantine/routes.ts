import * as z from 'zod/mini';
import { type Instant, parseInstant } from '../../domain/instant.ts';
import { json } from '../../http/problem.ts';
import { noPath, noQuery, paging } from '../../http/request-fields.ts';
import { type Route, route } from '../../http/route.ts';
import type { quarantineScopes } from '../../http/scopes.ts';
import { listQuarantined, type QuarantinedHead } from '../../store/quarantine/quarantine-reading.ts';
import type { Table } from '../../store/table.ts';
import type { ReceiveContext } from '../../use-cases/receive-webhook.ts';
import { replay } from '../../use-cases/replay-quarantined.ts';
import type { Cursors } from '../cursors.ts';
import { nextCursor, pageRequest } from '../paging.ts';
import { quarantineList, replayAnswer } from './answer.ts';

export interface QuarantineContext {
  readonly table: Table;
  readonly cursors: Cursors;
  /** Receives what is replayed. */
  readonly receive: ReceiveContext;
  readonly clock: () => Date;
}

const LIST = 'quarantine';

const byQuarantineId = z.object({
  id: z.string().check(z.regex(/^[0-9a-f]{40}$/i, 'it must be 40 hexadecimal digits'), z.toLowerCase()),
});
const listQuery = z.strictObject({ ...paging });

/** The routes of the quarantine function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof quarantineScopes, Route<QuarantineContext>>> = {
  'GET /v1/quarantine': route(
    { path: noPath, query: listQuery },
    async ({ table, cursors }: QuarantineContext, { query }) => {
      const { quarantined, next } = await listQuarantined(table, await pageRequest(cursors, LIST, query));
      return json(200, showQuarantine(quarantined, await nextCursor(cursors, LIST, next)));
    },
  ),

  'POST /v1/quarantine/{id}/replay': route(
    { path: byQuarantineId, query: noQuery },
    async ({ receive, clock }: QuarantineContext, { path: { id } }) => {
      const { outcome, reason } = await replay(receive, id, clock());
      return json(200, replayAnswer.parse({ id, outcome, reason }));
    },
    { action: 'quarantine.replay', changes: true, inPath: ({ id }) => ({ quarantine_id: id }) },
  ),
};

/** A page of the quarantine, without the bodies. */
function showQuarantine(heads: readonly QuarantinedHead[], next_cursor: string | null) {
  const quarantined = heads.map((head) => ({ ...head, expires_at: instantOf(head.expires_at) }));
  return quarantineList.parse({ quarantined, next_cursor });
}

function instantOf(seconds: number): Instant | null {
  return parseInstant(new Date(seconds * 1_000).toISOString());
}
