import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { type MatchReview, SHOWN_REVIEW_STATES } from '../../domain/order/match-review.ts';
import { json, Problem } from '../../http/problem.ts';
import { noPath, noQuery, ofTeam, paging } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { opaqueId } from '../../http/text-fields.ts';
import { eachIntact } from '../../store/damaged-items.ts';
import { listMatchReviews, readMatchReview } from '../../store/match-reviews/match-review-reading.ts';
import { isShown } from '../../use-cases/team-visibility.ts';
import { requestedPage } from '../paging.ts';
import type { QueryContext } from '../query-context.ts';
import { aboutTeam } from '../team-filter.ts';
import { matchReviewList } from './answer.ts';
import { showMatchReview } from './representation.ts';

const listQuery = z.strictObject({ state: z.optional(z.enum(SHOWN_REVIEW_STATES)), ...ofTeam, ...paging });
DOCS: describe(listQuery, { properties: { state: '`open` by default.' } });
const byMatchReviewId = z.object({ id: opaqueId });
DOCS: describe(byMatchReviewId, { properties: { id: 'Junction’s ID of the review.' } });

export const matchReviewRoutes = {
  'GET /v1/match-reviews': route(
    { path: noPath, query: listQuery },
    async (every: QueryContext, { query: { state = 'open', team_id, ...page } }) => {
      const context = aboutTeam(every, team_id);
      const { table, cursors } = context;
      const list = {
        name: `match-reviews?state=${state}`,
        usual: state === 'closed' ? 'desc' : 'asc',
      } as const;
      const { request, cursorAfter } = await requestedPage(cursors, list, page);
      const { reviews, next } = await listMatchReviews(table, state, request);
      const ours = reviews.filter(({ team_id }) => isShown(context, team_id));
      const nameOf = ({ id }: MatchReview) => `MATCH_REVIEW#${id}`;
      const match_reviews = eachIntact(table, ours, nameOf, showMatchReview);
      const next_cursor = await cursorAfter(next);
      return json(200, matchReviewList.parse({ match_reviews, next_cursor }));
    },
  ),

  'GET /v1/match-reviews/{id}': route(
    { path: byMatchReviewId, query: noQuery },
    async (context: QueryContext, { path: { id } }) => {
      const review = await readMatchReview(context.table, id);
      if (!review || !isShown(context, review.team_id)) {
        throw new Problem(404, 'There is no match review with this ID.');
      }
      return json(200, showMatchReview(review));
    },
  ),
};
