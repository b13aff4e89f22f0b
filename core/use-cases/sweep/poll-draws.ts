import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import { type Instant, later } from '../../domain/instant.ts';
import { awaitsDraw } from '../../domain/redraw/redraw.ts';
import { oneMoreUnanswered } from '../../domain/transaction/check-clocks.ts';
import { type JunctionClient, MAX_IDS } from '../../junction/client.ts';
import { undocumented } from '../../junction/get-request.ts';
import type { PerTeam } from '../../junction/per-team.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { unlessDamaged } from '../../store/damaged-items.ts';
import { type DrawsMark, moveDrawsMark, readDrawsMark } from '../../store/poll-marks/draws-mark.ts';
import { afterTime } from '../../store/stored-times.ts';
import type { Table } from '../../store/table.ts';
import { readIntact } from '../../store/transactions/damaged-transactions.ts';
import { watchedIds } from '../../store/transactions/due-index.ts';
import { reasonOf } from '../reconcile/junction-guard.ts';
import { type JoinReport, joinListedOrders } from './join-listed-orders.ts';
import type { PartDependencies } from './sweep-part.ts';

/** The result of a poll of draws. */
export interface DrawsReport extends JoinReport {
  /** Redraw orders that Junction was asked about. */
  asked: number;
}

/** What the poll needs. One pass goes through the redraws of every team. */
export interface DrawsDependencies extends PartDependencies {
  readonly table: Table;
  /** The only team whose orders are stored; null for every team. */
  readonly teamId: string | null;
  /** Junction's API for each team with a key. */
  readonly apis: PerTeam<JunctionClient>;
}

/** Redraws that are due later than this are not asked about yet: most wait for an appointment far ahead (ms). */
const HORIZON = 604_800_000;
/** The most requests in one sweep, each for MAX_IDS redraws. */
const MAX_REQUESTS = 20;
/** The pause after the first request without an answer (ms). It doubles with each further one, up to a day. */
const FIRST_PAUSE = 900_000;
/** What is skipped, for the log. */
const LIST = 'list of redraws that wait for a draw';

/**
 * Asks Junction about every redraw that waits for a draw and is due within the next seven days. No webhook is documented for the dates of a
 * result, which are the sign of a draw, and they need not change `updated_at`, so that the poll of changed orders can miss
 * them. One request of the list covers MAX_IDS redraws. Only news is written. The position is stored after every request,
 * so that the next sweep can continue there.
 */
export async function pollDraws(dependencies: DrawsDependencies, now: Instant): Promise<DrawsReport> {
  const report: DrawsReport = { asked: 0, healed: 0, skipped: 0 };
  const { table, apis, every, hasTime, onSkip } = dependencies;
  if (apis.size === 0) return report;
  try {
    let mark: DrawsMark | null = withPass(await readDrawsMark(table), now, every);
    for (let requests = 0; mark?.pass && requests < MAX_REQUESTS && hasTime(); requests += 1) {
      const { after, started_at } = mark.pass;
      const { ids, next } = await watchedIds(table, later(started_at, HORIZON), {
        limit: MAX_IDS,
        after,
      });
      const isUp = await askAbout(dependencies, await waitingOrders(table, ids), now, report);
      mark = await moveDrawsMark(table, mark, isUp ? afterPage(mark, next) : unanswered(mark, now));
      if (!isUp) break;
    }
  } catch (error) {
    report.skipped += 1;
    onSkip(LIST, reasonOf(error));
  }
  return report;
}

/** The mark with the current pass, or with a new one if it is time for it. Without a pass while Junction is down. */
function withPass(mark: DrawsMark, now: Instant, every: number): DrawsMark {
  const { through, pass, unanswered } = mark;
  if (unanswered && unanswered.retry_at > now) return { ...mark, pass: null };
  if (pass) return mark;
  // A sweep with a time in the future can have moved the mark ahead of `now`.
  const isTime = through === null || now >= later(through, every) || now < through;
  return isTime ? { ...mark, pass: { started_at: now, after: afterTime(now) } } : mark;
}

function afterPage({ through, pass }: DrawsMark, next: string | null): Omit<DrawsMark, 'revision'> {
  if (!pass) return { through, pass, unanswered: null };
  return next === null
    ? { through: pass.started_at, pass: null, unanswered: null }
    : { through, pass: { ...pass, after: next }, unanswered: null };
}

function unanswered(mark: DrawsMark, now: Instant): DrawsMark {
  return { ...mark, unanswered: oneMoreUnanswered(mark.unanswered, now, { diverging: FIRST_PAUSE }) };
}

/** A redraw order that waits for a draw. */
interface WaitingOrder {
  readonly id: string;
  readonly team: string | null;
}

/** The redraw orders of those of the transactions that wait for a draw. */
async function waitingOrders(table: Table, transactionIds: readonly string[]): Promise<WaitingOrder[]> {
  const orders: WaitingOrder[] = [];
  await mapConcurrent(transactionIds, async (id) => {
    const stored = await unlessDamaged(table, () => readIntact(table, id));
    if (stored && awaitsDraw(stored.redraw))
      orders.push({ id: stored.redraw.order_id, team: stored.team_id });
  });
  return orders;
}

/**
 * Asks about orders, with the key of each one's team. Orders of a team without a key are left out.
 *
 * @returns whether Junction answers other requests
 */
async function askAbout(
  dependencies: DrawsDependencies,
  orders: readonly WaitingOrder[],
  now: Instant,
  report: DrawsReport,
): Promise<boolean> {
  let isUp = true;
  for (const [team, api] of dependencies.apis) {
    const ids = orders.filter((one) => team === null || one.team === team).map(({ id }) => id);
    if (ids.length === 0) continue;
    const ofTeam = { ...dependencies, api, teamId: team ?? dependencies.teamId };
    isUp = (await askWith(ofTeam, ids, now, report)) && isUp;
  }
  return isUp;
}

/** Asks with one key. A request whose answer cannot be used does not stop the pass. */
async function askWith(
  dependencies: DrawsDependencies & { readonly api: JunctionClient },
  ids: readonly string[],
  now: Instant,
  report: DrawsReport,
): Promise<boolean> {
  try {
    const listed = await dependencies.api.ordersById(ids);
    if (listed.length === 0) throw undocumented();
    await joinListedOrders(dependencies, listed, now, report);
    report.asked += ids.length;
    return true;
  } catch (error) {
    if (!(error instanceof JunctionUnavailable)) throw error;
    report.skipped += 1;
    dependencies.onSkip(LIST, reasonOf(error));
    return !error.down;
  }
}
