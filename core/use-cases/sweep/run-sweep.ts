import type { Milliseconds } from '../../domain/duration.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JunctionClient } from '../../junction/client.ts';
import { readRouteFailures, writeRouteFailures } from '../../store/junction-notices/route-failures.ts';
import type { Projection } from '../recompute.ts';
import { OptionalRoutes } from '../reconcile/optional-routes.ts';
import { applyClocks } from './apply-clocks.ts';
import { pollChangedOrders } from './poll-changed-orders.ts';
import { pollCriticalResults } from './poll-critical-results.ts';
import { pollDraws } from './poll-draws.ts';
import { pollMatchReviews } from './poll-match-reviews.ts';
import { sweepChecks, sweepDueRedraws, sweepOpenOrders } from './sweep.ts';
import { addReports, type PartDependencies, type SweepReport } from './sweep-part.ts';
import { timeShares } from './time-shares.ts';

/** The latest end of each part of a sweep, as a fraction of the time. */
const ENDS_AT = {
  criticalResults: 0.1,
  clocks: 0.2,
  dueRedraws: 0.5,
  openOrders: 0.6,
  draws: 0.7,
  matchReviews: 0.75,
  changedOrders: 0.85,
  checks: 1,
};
/** The age of changes not yet read from Junction at which an alarm is raised (ms). */
const TOO_FAR_BEHIND: Milliseconds = 86_400_000;

export interface SweepRun {
  readonly projection: Projection;
  /** Junction's API for a part whose requests may take this time (ms); null if no API key is configured. */
  readonly junction: ((timeLeft: () => number) => JunctionClient) | null;
  /** The only team whose orders are stored; null for every team. */
  readonly teamId: string | null;
  /** The time left for the whole sweep (ms). */
  readonly remaining: () => number;
  /** How often a sweep runs, and how often it polls the redraws that wait for a draw and the changed orders. */
  readonly every: Readonly<Record<'sweep' | 'draws' | 'changedOrders', Milliseconds>>;
  readonly onSkip: PartDependencies['onSkip'];
}

/** What a sweep did. */
export interface FinishedSweep {
  /** Of redraws and orders together; what was due and flagged are redraws. */
  readonly report: SweepReport;
  readonly orders: Pick<SweepReport, 'due' | 'flagged'>;
  /** The orders that Junction listed as changed. */
  readonly listed: number;
  /** The redraw orders that Junction was asked about. */
  readonly drawsAsked: number;
  /** Listed orders that could not be joined. */
  readonly notJoined: number;
  /** Whether there was time for everything. */
  readonly finished: boolean;
  /** Whether changes at Junction wait so long that somebody has to know. */
  readonly tooFarBehind: boolean;
}

/**
 * Opens the critical results that no webhook reported, flags the redraws and orders that are due, and then reconciles with
 * Junction to recover other lost webhooks. Each part has its own share of the time, so that no part keeps the next ones from
 * running.
 */
export async function runSweep(run: SweepRun, now: Instant): Promise<FinishedSweep> {
  const { projection, junction, teamId, remaining, every, onSkip } = run;
  const shares = timeShares(remaining);
  const optional = new OptionalRoutes(now, junction ? await readRouteFailures(projection.table) : {});
  const part = (name: keyof typeof ENDS_AT, each: Milliseconds) => {
    const { hasTime, forRequests } = shares(ENDS_AT[name]);
    const { table } = projection;
    const api = junction?.(forRequests) ?? null;
    return { projection, table, teamId, api, optional, every: each, hasTime, onSkip };
  };
  const critical = await pollCriticalResults(part('criticalResults', every.sweep), now);
  // What is due follows from the clocks.
  await applyClocks(part('clocks', every.sweep), now);
  const redraws = await sweepDueRedraws(part('dueRedraws', every.sweep), now);
  const orders = await sweepOpenOrders(part('openOrders', every.sweep), now);
  const draws = await pollDraws(part('draws', every.draws), now);
  const reviews = await pollMatchReviews(part('matchReviews', every.changedOrders), now);
  const changed = await pollChangedOrders(part('changedOrders', every.changedOrders), now);
  // The polls come first, because their answers settle most of what the checks would ask.
  const last = part('checks', every.sweep);
  const checks = await sweepChecks(last, now);
  await writeRouteFailures(projection.table, optional.changes());
  const { due, flagged, healed, skipped } = addReports(redraws, checks);
  return {
    report: {
      due,
      flagged,
      healed: healed + orders.healed + critical.healed + draws.healed + reviews.healed + changed.healed,
      skipped: skipped + orders.skipped,
    },
    orders,
    listed: changed.listed,
    drawsAsked: draws.asked,
    notJoined: critical.skipped + draws.skipped + reviews.skipped + changed.skipped,
    finished: last.hasTime(),
    tooFarBehind: changed.behind >= TOO_FAR_BEHIND,
  };
}
