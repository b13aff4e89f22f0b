import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import type { Milliseconds } from '../../domain/duration.ts';
import { earliest, type Instant, later } from '../../domain/instant.ts';
import { arrivalOf } from '../../domain/order/arrivals.ts';
import { hasNews } from '../../domain/order/news.ts';
import type { OrderFacts } from '../../domain/order/order-record.ts';
import type { JunctionClient, OrdersPage } from '../../junction/client.ts';
import { digest } from '../../junction/digest.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { readOrder, writeOrder } from '../../store/orders/orders.ts';
import { isUnstorable, type Table } from '../../store/table.ts';
import {
  moveUpdatesMark,
  readUpdatesMark,
  type UpdatesMark,
  type UpdatesPass,
} from '../../store/updates-mark.ts';
import { reasonOf } from './outage-guard.ts';

/** The dependencies of a poll. */
export interface PollDependencies {
  readonly table: Table;
  /** Null if no API key for Junction is configured. */
  readonly api: JunctionClient | null;
  /** The only team whose orders are stored; null for every team. */
  readonly teamId: string | null;
  /** The time from one pass to the next. */
  readonly every: Milliseconds;
  /** Whether there is time for another page. */
  readonly hasTime: () => boolean;
  /** Called for each order that could not be joined, and for a list that could not be read. */
  readonly onSkip: (id: string, reason: string) => void;
}

/** The same with an API key. */
type PollContext = PollDependencies & { readonly api: JunctionClient };

/** The result of a poll. */
export interface UpdatesReport {
  /** Orders that Junction listed. */
  listed: number;
  /** Orders of which Junction reported something that no webhook had. */
  healed: number;
  /** Orders that could not be joined. A list that could not be read counts as one. */
  skipped: number;
  /** The age of the oldest changes that may not have been read yet (ms). */
  behind: Milliseconds;
}

const MINUTE: Milliseconds = 60_000;
const DAY: Milliseconds = 1_440 * MINUTE;
/** A pass starts this much earlier than the last one ended: clocks differ, and a change can appear late in the list. */
const OVERLAP = 60 * MINUTE;
/** Changes newer than this are left to their webhooks and to the next pass. */
const MIN_AGE = 5 * MINUTE;
/** The range of the first pass: as long as an active transaction may be silent. */
const FIRST_PASS = 30 * DAY;

/**
 * Lists the orders that Junction has changed since the last pass and joins what no webhook brought. This repairs every lost
 * webhook, including corrections of completed orders and orders never reported before. The position is stored after every
 * page, so that the next sweep can continue there.
 */
export async function pollChangedOrders(
  dependencies: PollDependencies,
  now: Instant,
): Promise<UpdatesReport> {
  const report: UpdatesReport = { listed: 0, healed: 0, skipped: 0, behind: 0 };
  const { table, api, every, hasTime, onSkip } = dependencies;
  if (!api) return report;
  let mark: UpdatesMark | null = withPass(await readUpdatesMark(table), now, every);
  try {
    while (mark?.pass && hasTime()) {
      const { since, page } = mark.pass;
      const found = await api.ordersChangedSince(since, page, now, digest);
      await joinPage({ ...dependencies, api }, found, now, report);
      mark = await moveUpdatesMark(table, mark, afterPage(mark, mark.pass, found));
    }
  } catch (error) {
    report.skipped += 1;
    onSkip('list of orders', reasonOf(error));
    // Otherwise the first pass would start over in every sweep until a page is read, and never count as behind.
    if (mark?.through === null && error instanceof JunctionUnavailable) {
      mark = await moveUpdatesMark(table, mark, mark);
    }
  }
  report.behind = mark ? behind(mark, now) : 0;
  return report;
}

/** The next page, or the end of the pass after the last page. Then every change from before the pass has been read. */
function afterPage(mark: UpdatesMark, pass: UpdatesPass, { last }: OrdersPage): UpdatesMark {
  return last
    ? { ...mark, through: pass.started_at, pass: null }
    : { ...mark, pass: { ...pass, page: pass.page + 1 } };
}

/** The mark with the current pass, or with a new one if it is time for it or one was requested. */
function withPass(mark: UpdatesMark, now: Instant, every: Milliseconds): UpdatesMark {
  const { through, pass, requested_at } = mark;
  if (pass) return mark;
  const begin = (since: Instant) => ({
    ...mark,
    pass: { started_at: now, since, page: 1 },
    requested_at: null,
  });
  if (through === null) return begin(later(now, -FIRST_PASS));
  // A sweep with a time in the future can have moved the mark ahead of `now`. It must not stop the polls until then.
  const due = requested_at !== null || now >= later(through, every) || now < through;
  return due ? begin(later(earliest([through, now]) ?? now, -OVERLAP)) : mark;
}

/** The time since all changes were read; during the first pass, since it began. */
function behind({ through, pass }: UpdatesMark, now: Instant): Milliseconds {
  const readUntil = through ?? pass?.started_at ?? now;
  return Math.max(0, Date.parse(now) - Date.parse(readUntil));
}

async function joinPage(context: PollContext, page: OrdersPage, now: Instant, report: UpdatesReport) {
  const isForeign = page.orders.some(({ facts }) => isOfOtherTeam(context.teamId, facts));
  if (isForeign) throw new JunctionUnavailable("Junction's API lists another team's orders", 'not_known');
  report.listed += page.orders.length;
  await mapConcurrent(page.orders, async ({ id, facts }) => {
    try {
      if (await joinOrder(context, id, facts, now)) report.healed += 1;
    } catch (error) {
      const ofThisOrder = error instanceof JunctionUnavailable ? !error.down : isUnstorable(error);
      // Any other error would affect the other orders too, and the page has to be read again.
      if (!ofThisOrder) throw error;
      report.skipped += 1;
      context.onSkip(id, reasonOf(error));
    }
  });
}

/** Orders read with a key of another team or environment must not be stored. */
function isOfOtherTeam(teamId: string | null, facts: OrderFacts | null): boolean {
  const team = facts?.snapshot.team_id ?? null;
  return teamId !== null && team !== null && team !== teamId;
}

/** Joins a listed order if it holds news. The stream then updates its transaction. */
async function joinOrder(
  { table, api }: PollContext,
  id: string,
  listed: OrderFacts | null,
  now: Instant,
): Promise<boolean> {
  if (listed && (listed.snapshot.updated_at ?? '') > later(now, -MIN_AGE)) return false;
  const record = await readOrder(table, id);
  if (listed && !hasNews(listed, record)) return false;
  // An incomplete entry of the list is read as a single order.
  const facts = listed && isComplete(listed) ? listed : await api.order(id, now, digest);
  if (!facts || !hasNews(facts, record)) return false;
  await writeOrder(table, facts, arrivalOf(facts.events, 'api', now), 'api');
  return true;
}

function isComplete({ events, transactionId }: OrderFacts): boolean {
  return events.length > 0 && transactionId !== null;
}
