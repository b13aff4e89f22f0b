import { type Instant, later } from './instant.ts';

/**
 * What is asked of Junction beside an order and its transaction, by what is asked for. Not every team has each of these, so
 * that a check counts without them.
 */
export const OPTIONAL_ROUTES = [
  'psc_appointment',
  'phlebotomy_appointment',
  'order_result',
  'order_transaction_result',
  'communication_settings',
  'unmatched_results',
] as const;
export type OptionalRoute = (typeof OPTIONAL_ROUTES)[number];

/** The failures of a route since its last answer. One run counts at most once. */
export interface RouteFailures {
  readonly runs: number;
  readonly since: Instant;
  /** Why the last request failed. */
  readonly reason: string;
  /** Until when Junction is not asked again; null while the route may still answer. */
  readonly not_offered_until: Instant | null;
}

export type FailuresByRoute = Readonly<Partial<Record<OptionalRoute, RouteFailures>>>;

/** A route that fails in this many runs in a row, for this long (ms), while other routes answer, is not offered. */
const [MAX_RUNS, FOR_LONG] = [3, 1_800_000];
/** How long that is remembered (ms). Then one request shows whether it is still so. */
const REMEMBERED = 86_400_000;

/** Whether Junction offers the route, as far as its failures show. */
export function isOffered(failures: RouteFailures | undefined, now: Instant): boolean {
  const until = failures?.not_offered_until ?? null;
  // A sweep with a time in the future can have noted a failure.
  return until === null || until <= now || until > later(now, REMEMBERED);
}

/**
 * The failures with those of one more run.
 *
 * @param saysSo whether Junction says that the team does not have it
 */
export function failedAgain(
  before: RouteFailures | undefined,
  { reason, saysSo }: { readonly reason: string; readonly saysSo: boolean },
  now: Instant,
): RouteFailures {
  const runs = (before?.runs ?? 0) + 1;
  const since = before?.since ?? now;
  const keepsFailing = runs >= MAX_RUNS && now >= later(since, FOR_LONG);
  return { runs, since, reason, not_offered_until: saysSo || keepsFailing ? later(now, REMEMBERED) : null };
}
