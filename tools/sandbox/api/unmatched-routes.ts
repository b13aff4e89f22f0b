import { MatchDecisionCode, MatchReviewStatusFilter } from '@junction-api/sdk/serialization';
import * as z from 'zod';
import { REVIEW_CASES } from '../junction/match-reviews.ts';
import { DAY } from '../time.ts';
import { type Answer, found, ok, readBody } from './api.ts';
import { idempotent } from './idempotency.ts';
import { oneOf, readCount, readTime } from './query.ts';

const note = z.string().nullish();
const acceptSchema = z.object({ user_id: z.uuid().nullish(), order_id: z.uuid().nullish(), note });
const resolveSchema = z.object({ action: z.enum(['reject', 'unsure']), note });
const testSchema = z.object({
  case: z.enum(REVIEW_CASES.map((one) => one.case)),
  order_source: z.enum(['managed', 'provided']),
  orders: z.record(z.string(), z.uuid()).nullish(),
});

/** https://docs.junction.com/lab/workflow/unmatched-results */
export const unmatchedRoutes = {
  'GET /v3/unmatched_result_test/case': () => ok({ data: REVIEW_CASES }),
  'POST /v3/unmatched_result_test': idempotent('test', ({ junction }, { body }) => {
    const asked = readBody(testSchema, body);
    const orderId = asked.order_source === 'provided' ? (asked.orders?.provenance ?? '') : null;
    const { run_id } = junction.reviews.test(asked.case, orderId);
    return { status: 202, body: { run_id, status: 'queued' } };
  }),
  'GET /v3/unmatched_result_test/{run_id}': ({ junction }, _, id) =>
    found(junction.reviews.run(id), 'Test run'),
  'GET /v3/unmatched_result': ({ junction }, { query }) => {
    const limit = readCount(query, 'limit', 50, 100);
    const begin = Number(query.get('next_cursor') ?? 0);
    const all = junction.unmatchedResults().filter(filterOf(query));
    const end = begin + limit;
    const data = all.slice(begin, end);
    return ok({ data, next_cursor: end < all.length ? String(end) : null, total: all.length });
  },
  'GET /v3/unmatched_result/{raw_result_id}': ({ junction }, _, id) =>
    found(junction.unmatchedResults().find((one) => one.id === id) ?? null, 'Unmatched result'),
  'POST /v3/unmatched_result/{raw_result_id}/accept': ({ junction }, { body }, id) => {
    const { order_id = null, user_id = null, note: words = null } = readBody(acceptSchema, body);
    const accepted = junction.reviews.accept(id, { orderId: order_id, userId: user_id, note: words });
    return ok(junction.order(accepted));
  },
  'POST /v3/unmatched_result/{raw_result_id}/resolve': ({ junction }, { body }, id) => {
    const { action, note: words = null } = readBody(resolveSchema, body);
    junction.reviews.resolve(id, action, words);
    return ok(junction.unmatchedResults().find((one) => one.id === id));
  },
} satisfies Record<string, Answer>;

/** Resolved ones are listed only where the status asks for them. */
function filterOf(query: URLSearchParams) {
  const [status] = oneOf(query, 'status', (text) => MatchReviewStatusFilter.parse(text).ok);
  const [code] = oneOf(query, 'decision_code', (text) => MatchDecisionCode.parse(text).ok);
  const slug = query.get('lab_slug');
  const from = readTime('query', 'created_at_start', query.get('created_at_start')) ?? 0;
  const to = readTime('query', 'created_at_end', query.get('created_at_end'), DAY - 1) ?? Infinity;
  const search = query.get('search_input')?.toLowerCase();
  return (one: ReturnType<RouteReviews>[number]): boolean => {
    const { first_name, last_name, dob } = one.patient ?? {};
    const at = Date.parse(one.created_at) * 1000;
    return [
      status ? one.status === status : one.status !== 'resolved',
      code === undefined || one.decision_code === code,
      slug === null || one.lab.slug === slug,
      at >= from && at <= to,
      search === undefined || `${first_name} ${last_name} ${dob}`.toLowerCase().includes(search),
    ].every(Boolean);
  };
}

type RouteReviews = Parameters<Answer>[0]['junction']['unmatchedResults'];
