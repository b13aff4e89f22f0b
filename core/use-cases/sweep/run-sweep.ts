import type { Milliseconds } from '../../domain/duration.ts';
import type { Instant } from '../../domain/instant.ts';
import type { JunctionClient } from '../../junction/client.ts';
import type { PerTeam } from '../../junction/per-team.ts';
import { readRouteFailures, writeRouteFailures } from '../../store/junction-notices/route-failures.ts';
import type { Projection } from '../recompute.ts';
import { OptionalRoutes } from '../reconcile/optional-routes.ts';
import { applyClocks } from './apply-clocks.ts';
import type { PollDependencies } from './join-listed-orders.ts';
import { pollChangedOrders } from './poll-changed-orders.ts';
import { pollCriticalResults } from './poll-critical-results.ts';
import { pollDraws } from './poll-draws.ts';
import { pollMatchReviews } from './poll-match-reviews.ts';
import { sweepChecks, sweepDueRedraws, sweepOpenOrders } from './sweep.ts';
import { addReports, type PartDependencies, type SweepReport } from './sweep-part.ts';
import { timeShares } from './time-shares.ts';

/** The parts of a sweep in their order, and the latest end of each, as a fraction of the time. */
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
type PartName = keyof typeof ENDS_AT;
const BEGINS_AT = new Map(
  Object.keys(ENDS_AT).map((name, at) => [name, at === 0 ? 0 : (Object.values(ENDS_AT)[at - 1] ?? 0)]),
);
/** The age of changes not yet read from Junction at which an alarm is raised (ms). */
const TOO_FAR_BEHIND: Milliseconds = 86_400_000;

export interface SweepRun {
  readonly projection: Projection;
  /** Junction's API for a part whose requests may take this time (ms), for each team with a key. */
  readonly junction: PerTeam<(timeLeft: () => number) => JunctionClient>;
  /** The only team whose orders are stored; null for every team. */
  readonly teamId: string | null;
  /** The time left for the whole sweep (ms). */
  readonly remaining: () => number;
  /** How often a sweep runs, and how often it polls the redraws that wait for a draw and the changed orders. */
  readonly every: Readonly<Record<'sweep' | 'draws' | 'changedOrders', Milliseconds>>;
  readonly onSkip: PartDependencies['onSkip'];
}

type TeamPoll = PollDependencies & { readonly optional: OptionalRoutes };

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
  const { table } = projection;
  const shares = timeShares(remaining);
  const optional = new Map<string | null, OptionalRoutes>();
  for (const team of junction.keys()) {
    optional.set(team, new OptionalRoutes(now, await readRouteFailures(table, team)));
  }
  const part = (name: PartName, each: Milliseconds) => {
    const { hasTime, forRequests } = shares(ENDS_AT[name]);
    const apis = new Map([...junction].map(([team, clientOf]) => [team, clientOf(forRequests)]));
    return { projection, table, teamId, apis, optional, every: each, hasTime, onSkip };
  };
  /** Polls a list of each team. Each has its share of the part's time, and another one begins in each sweep. */
  const poll = async <Report>(
    name: PartName,
    each: Milliseconds,
    pollTeam: (dependencies: TeamPoll, now: Instant) => Promise<Report>,
  ): Promise<Report[]> => {
    const teams = rotated([...junction], Math.floor(Date.parse(now) / every.sweep));
    const [begin, end] = [BEGINS_AT.get(name) ?? 0, ENDS_AT[name]];
    const reports: Report[] = [];
    for (const [at, [team, clientOf]] of teams.entries()) {
      const { hasTime, forRequests } = shares(begin + ((end - begin) * (at + 1)) / teams.length);
      const ofTeam = { team, teamId: team ?? teamId, api: clientOf(forRequests) };
      const routes = optional.get(team) ?? new OptionalRoutes(now);
      reports.push(await pollTeam({ table, every: each, hasTime, onSkip, ...ofTeam, optional: routes }, now));
    }
    return reports;
  };
  const critical = await poll('criticalResults', every.sweep, pollCriticalResults);
  // What is due follows from the clocks.
  await applyClocks(part('clocks', every.sweep), now);
  const redraws = await sweepDueRedraws(part('dueRedraws', every.sweep), now);
  const orders = await sweepOpenOrders(part('openOrders', every.sweep), now);
  const draws = await pollDraws(part('draws', every.draws), now);
  const reviews = await poll('matchReviews', every.changedOrders, pollMatchReviews);
  const changed = await poll('changedOrders', every.changedOrders, pollChangedOrders);
  // The polls come first, because their answers settle most of what the checks would ask.
  const last = part('checks', every.sweep);
  const checks = await sweepChecks(last, now);
  for (const [team, routes] of optional) await writeRouteFailures(table, routes.changes(), team);
  const polled = [...critical, draws, ...reviews, ...changed];
  const { due, flagged, healed, skipped } = addReports(redraws, checks);
  return {
    report: {
      due,
      flagged,
      healed: healed + orders.healed + sum(polled.map((one) => one.healed)),
      skipped: skipped + orders.skipped,
    },
    orders,
    listed: sum(changed.map((one) => one.listed)),
    drawsAsked: draws.asked,
    notJoined: sum(polled.map((one) => one.skipped)),
    finished: last.hasTime(),
    tooFarBehind: changed.some(({ behind }) => behind >= TOO_FAR_BEHIND),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** The list from another of its entries on. */
function rotated<One>(list: readonly One[], by: number): One[] {
  const first = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}
