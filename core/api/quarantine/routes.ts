import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { type Instant, parseInstant } from '../../domain/instant.ts';
import { QUARANTINE_STATES } from '../../domain/quarantine.ts';
import { actorOf } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import { by, noPath, noQuery, paging } from '../../http/request-fields.ts';
import { type Route, route } from '../../http/route.ts';
import type { quarantineScopes } from '../../http/route-scopes.ts';
import { unicode } from '../../http/text-fields.ts';
import { eachIntact } from '../../store/damaged-items.ts';
import { listQuarantined, type QuarantinedHead } from '../../store/quarantine/quarantine-reading.ts';
import { waitingWithReason } from '../../store/quarantine/quarantine-waiting.ts';
import { dismiss } from '../../use-cases/quarantine/dismiss-quarantined.ts';
import { replay } from '../../use-cases/quarantine/replay-quarantined.ts';
import type { ReceiveContext } from '../../use-cases/receive-webhook.ts';
import type { Cursors } from '../cursors.ts';
import { requestedPage } from '../paging.ts';
import { quarantined, quarantineList, replayAnswer, replayResults } from './answer.ts';
import { replayEach } from './replay-each.ts';

export interface QuarantineContext {
  readonly cursors: Cursors;
  /** Receives what is replayed. */
  readonly receive: ReceiveContext;
  readonly clock: () => Date;
}

const LIST = 'quarantine';

const byQuarantineId = z.object({
  id: z.string().check(z.regex(/^[0-9a-f]{40}$/i, 'it must be 40 hexadecimal digits'), z.toLowerCase()),
});
DOCS: describe(byQuarantineId, { properties: { id: 'The ID of the quarantined webhook.' } });
const listQuery = z.strictObject({ state: z.optional(z.enum(QUARANTINE_STATES)), ...paging });
DOCS: describe(listQuery, { properties: { state: 'Lists only webhooks in this state.' } });

/** A request replays at most this many webhooks, so that it ends in time. */
const MAX_REPLAYS = 25;
const replaysBody = z.strictObject({
  reason: z.string().check(unicode, z.minLength(1), z.maxLength(1_000)),
  cursor: paging.cursor,
});

const dismissalBody = z.strictObject({
  note: z.string().check(unicode, z.trim(), z.minLength(1), z.maxLength(1_000)),
  by: z.optional(by),
});

DOCS: describe(replaysBody, {
  id: 'ReplaysRequest',
  description: 'Replays webhooks with one reason.',
  properties: {
    reason: 'The reason, exactly as the list shows it.',
    cursor: 'The `next_cursor` of the answer before.',
  },
});
DOCS: describe(dismissalBody, {
  id: 'DismissalRequest',
  description: 'Dismisses a webhook.',
  properties: { note: 'Why nobody needs it, without patient data.' },
});

const inPath = ({ id }: z.output<typeof byQuarantineId>) => ({ quarantine_id: id });

/** The routes of the quarantine function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof quarantineScopes, Route<QuarantineContext>>> = {
  'GET /v1/quarantine': route(
    { path: noPath, query: listQuery },
    async ({ cursors, receive: { quarantine } }: QuarantineContext, { query: { state, ...asked } }) => {
      const list = { name: state ? `${LIST}?state=${state}` : LIST, usual: 'desc' } as const;
      const { request, cursorAfter } = await requestedPage(cursors, list, asked);
      const found = await listQuarantined(quarantine, request, state ? [state] : QUARANTINE_STATES);
      const next_cursor = await cursorAfter(found.next);
      const nameOf = ({ id }: QuarantinedHead) => `QUARANTINE#${id}`;
      const heads = eachIntact(quarantine, found.quarantined, nameOf, (head) =>
        quarantined.parse(shown(head)),
      );
      return json(200, quarantineList.parse({ quarantined: heads, next_cursor }));
    },
  ),

  'POST /v1/quarantine/{id}/replay': route(
    { path: byQuarantineId, query: noQuery },
    async ({ receive, clock }: QuarantineContext, { path: { id } }) => {
      const { outcome, reason } = await replay(receive, id, clock());
      return json(200, replayAnswer.parse({ id, outcome, reason }));
    },
    { action: 'quarantine.replay', changes: true, inPath },
  ),

  'POST /v1/quarantine/replays': route(
    { path: noPath, query: noQuery, body: replaysBody },
    async ({ cursors, receive, clock }: QuarantineContext, { body, problemFor }) => {
      const { reason, cursor } = body;
      const list = { name: `${LIST}/replays?reason=${reason}`, usual: 'asc' } as const;
      const { request, cursorAfter } = await requestedPage(cursors, list, { cursor });
      const { ids, next } = await waitingWithReason(receive.quarantine, reason, request.after, MAX_REPLAYS);
      const results = await replayEach(receive, ids, clock(), problemFor);
      const next_cursor = await cursorAfter(next);
      return json(200, replayResults.parse({ results, next_cursor }));
    },
    {
      action: 'quarantine.replay',
      changes: true,
      // The request names a reason. Only the answer knows the ids.
      eachInBody: () => [{}],
      eachInAnswer: (answer) =>
        replayResults.parse(answer).results.map(({ id, status }) => ({ quarantine_id: id, status })),
    },
  ),

  'PUT /v1/quarantine/{id}/dismissal': route(
    { path: byQuarantineId, query: noQuery, body: dismissalBody, underName: true },
    async (
      { clock, receive: { quarantine } }: QuarantineContext,
      { path: { id }, body: { note, by }, identity },
    ) => {
      const request = { ...actorOf(identity(), by), note };
      return json(200, quarantined.parse(shown(await dismiss(quarantine, id, request, clock()))));
    },
    { action: 'quarantine.dismiss', changes: true, inPath },
  ),
};

function shown(head: QuarantinedHead) {
  return { ...head, expires_at: instantOf(head.expires_at) };
}

function instantOf(seconds: number): Instant | null {
  return parseInstant(new Date(seconds * 1_000).toISOString());
}
