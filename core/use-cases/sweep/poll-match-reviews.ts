import { type Instant, later } from '../../domain/instant.ts';
import { LISTED_STATUSES, type ListedStatus } from '../../domain/order/match-review.ts';
import type { JunctionClient, UnmatchedPage } from '../../junction/client.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { readHeldReviews, writeListedReview } from '../../store/match-reviews/listed-review.ts';
import { listMatchReviews } from '../../store/match-reviews/match-review-reading.ts';
import { moveReviewsMark, readReviewsMark } from '../../store/poll-marks/reviews-mark.ts';
import { reasonOf } from '../reconcile/junction-guard.ts';
import type { OptionalRoutes } from '../reconcile/optional-routes.ts';
import { isYoung, type JoinReport, type PollDependencies } from './join-listed-orders.ts';
import { PagesSeen } from './pages-seen.ts';

/** How far back decided reviews are listed at least: by the receipt of their results (ms). */
const DECIDED_SINCE = 2_592_000_000;
const DAY = 86_400_000;
/** The most requests for one list. */
const MAX_PAGES = 20;

/**
 * Lists Junction's unmatched results and joins what no webhook brought. Junction advises it, and only the list shows that a review has
 * come back from its operations: https://docs.junction.com/lab/workflow/unmatched-results
 */
export async function pollMatchReviews(
  dependencies: PollDependencies & { readonly optional: OptionalRoutes },
  now: Instant,
): Promise<JoinReport> {
  const report: JoinReport = { healed: 0, skipped: 0 };
  const { table, api, team, every, optional, onSkip } = dependencies;
  if (!api || !optional.isOffered('unmatched_results')) return report;
  const mark = await readReviewsMark(table, team);
  const { through } = mark;
  if (through !== null && now < later(through, every) && now >= through) return report;
  try {
    // The failure of a list says something about it only while Junction answers other requests.
    await api.newestOrders();
    const done = await readLists({ ...dependencies, api }, now, report);
    if (done) await moveReviewsMark(table, mark, now, team);
  } catch (error) {
    if (!(error instanceof JunctionUnavailable)) throw error;
    report.skipped += 1;
    onSkip('list of unmatched results', reasonOf(error));
  }
  return report;
}

type ListDependencies = PollDependencies & {
  readonly api: JunctionClient;
  readonly optional: OptionalRoutes;
};

/** @returns whether every list was read to its end */
async function readLists(dependencies: ListDependencies, now: Instant, report: JoinReport): Promise<boolean> {
  const since = await sinceWhen(dependencies, now);
  for (const status of LISTED_STATUSES) {
    const list = { status, since: status === 'resolved' ? since : null };
    if (!(await readList(dependencies, list, now, report))) return false;
  }
  return true;
}

async function readList(
  { table, api, teamId, optional, hasTime }: ListDependencies,
  list: { readonly status: ListedStatus; readonly since: Instant | null },
  now: Instant,
  report: JoinReport,
): Promise<boolean> {
  const seen = new PagesSeen();
  let cursor: string | null = null;
  for (let pages = 0; pages < MAX_PAGES && hasTime(); pages += 1) {
    const from: string | null = cursor;
    const page: UnmatchedPage | undefined = await optional.ask('unmatched_results', () =>
      api.unmatchedResults(list.status, list.since, from),
    );
    if (page === undefined) return false;
    const settled = page.reviews.filter(({ updated_at }) => !isYoung(updated_at, now));
    const held = await readHeldReviews(
      table,
      settled.map(({ id }) => id),
    );
    for (const listed of settled) {
      const asked = { at: now, teamId };
      if (await writeListedReview(table, listed, held.get(listed.id) ?? null, asked)) report.healed += 1;
    }
    if (page.next === null || seen.repeats(page.reviews)) return true;
    cursor = page.next;
  }
  return false;
}

/** A day before the oldest open review was heard of, so that its decision is in the list. */
async function sinceWhen({ table }: ListDependencies, now: Instant): Promise<Instant> {
  const { reviews } = await listMatchReviews(table, 'open', { limit: 1, after: null });
  const [oldest = now] = reviews.map(({ opened_at }) => opened_at);
  const usual = later(now, -DECIDED_SINCE);
  return oldest < usual ? later(oldest, -DAY) : usual;
}
