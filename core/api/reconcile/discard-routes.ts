import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { actorOf } from '../../http/identity.ts';
import { junctionProblem, noKey } from '../../http/junction-problem.ts';
import { json, Problem } from '../../http/problem.ts';
import { by, byId, noQuery } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { opaqueId, unicode } from '../../http/text-fields.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { readMatchReview } from '../../store/match-reviews/match-review-reading.ts';
import {
  type DiscardContext,
  discardOrder,
  discardReview,
  discardTransaction,
} from '../../use-cases/discard/discard.ts';
import { findOrder, findTransaction, isShown } from '../../use-cases/team-visibility.ts';
import { discarded } from './answer.ts';
import { junctionOf, type ReconcileContext } from './reconcile-context.ts';

const discardBody = z.strictObject({
  note: z.string().check(unicode, z.trim(), z.minLength(1), z.maxLength(1_000)),
  by: z.optional(by),
});
DOCS: describe(discardBody, {
  id: 'DiscardRequest',
  description: 'Takes what Junction does not know off every list.',
  properties: { note: 'Why, without patient data: it is stored and shown.' },
});
const byReviewId = z.object({ id: opaqueId });
DOCS: describe(byReviewId, { properties: { id: 'Junction’s ID of the review.' } });

/** Takes what Junction does not know off every list. */
export const discardRoutes = {
  'POST /v1/orders/{id}/discard': route(
    { path: byId, query: noQuery, body: discardBody, underName: true },
    async (context: ReconcileContext, { path, body: { note, by }, timeLeft, identity }) => {
      const request = { ...actorOf(identity(), by), note };
      const record = await findOrder(context, path.id);
      await withJunction(context, record.snapshot?.team_id ?? null, timeLeft, (asking) =>
        discardOrder(asking, record, request),
      );
      return json(200, discarded.parse({ order_ids: [record.id] }));
    },
    { action: 'order.discard', changes: true, inPath: ({ id }) => ({ order_id: id }) },
  ),

  'POST /v1/transactions/{id}/discard': route(
    { path: byId, query: noQuery, body: discardBody, underName: true },
    async (context: ReconcileContext, { path, body: { note, by }, timeLeft, identity }) => {
      const request = { ...actorOf(identity(), by), note };
      const stored = await findTransaction(context, path.id);
      const ids = await withJunction(context, stored.team_id, timeLeft, (asking) =>
        discardTransaction(asking, stored, request),
      );
      return json(200, discarded.parse({ order_ids: ids }));
    },
    { action: 'transaction.discard', changes: true, inPath: ({ id }) => ({ transaction_id: id }) },
  ),

  'POST /v1/match-reviews/{id}/discard': route(
    { path: byReviewId, query: noQuery, body: discardBody, underName: true },
    async (context: ReconcileContext, { path: { id }, body: { note, by }, timeLeft, identity }) => {
      const request = { ...actorOf(identity(), by), note };
      const review = await readMatchReview(context.table, id);
      if (!review || !isShown(context, review.team_id)) {
        throw new Problem(404, 'There is no match review with this ID.');
      }
      await withJunction(context, review.team_id, timeLeft, (asking) =>
        discardReview(asking, review, request),
      );
      return json(200, discarded.parse({ order_ids: [] }));
    },
    { action: 'match_review.discard', changes: true, inPath: ({ id }) => ({ match_review_id: id }) },
  ),
};

async function withJunction<Result>(
  context: ReconcileContext,
  team: string | null,
  timeLeft: () => number,
  work: (asking: DiscardContext) => Promise<Result>,
): Promise<Result> {
  const junction = await junctionOf(context, team, timeLeft);
  if (junction === null) throw noKey();
  try {
    return await work({ projection: context.projection, junction, now: context.clock() });
  } catch (error) {
    if (error instanceof JunctionUnavailable) throw junctionProblem(error);
    throw error;
  }
}
