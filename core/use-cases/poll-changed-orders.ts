import { mapConcurrent } from '../concurrency/map-concurrent.ts';
import type { Milliseconds } from '../domain/duration.ts';
import { earliest, type Instant, later } from '../domain/instant.ts';
import { arrivalOf } from '../domain/order/arrivals.ts';
import { hasNews } from '../domain/order/news.ts';
import type { OrderFacts } from '../domain/order/order-record.ts';
import type { JunctionClient, OrdersPage } from '../junction/client.ts';
import { digest } from '../junction/digest.ts';
import { JunctionUnavailable } from '../junction/unavailable.ts';
import { readOrder, writeOrder } from '../store/orders.ts';
import { isUnstorable, type Table } from '../store/table.ts';
import {
  moveUpdatesMark,
  readUpdatesMark,
  type UpdatesMark,
  type UpdatesPass,
} from '../store/updates-mark.ts';
import { reasonOf } from './junction-inquiry.ts';

/** What the pass over Junction's list works with. */
export interface PollDependencies {
  readonly table: Table;
  /** Null while no key for Junction's API is configured: then there is nobody to ask. */
  readonly api: JunctionClient | null;
  /** The only team whose orders are taken in; null: every team whose orders Junction lists. */
  readonly teamId: string | null;
  /** From one pass to the next. */
  readonly every: Milliseconds;
  /** Whether there is time left to begin another page. */
  readonly hasTime: () => boolean;
  /** Called for each order that could not be joined, and for a list that could not be had. */
  readonly onSkip: (id: string, reason: string) => void;
}

/** The same, where Junction can be asked. */
type PollContext = PollDependencies & { readonly api: JunctionClient };

/** What a pass over the changed orders did. */
export interface UpdatesReport {
  /** Orders that Junction listed. */
  listed: number;
  /** Orders of which Junction told something that no webhook had. */
  healed: number;
  /** Orders that could not be joined; the list itself, where it could not be had, counts as one. */
  skipped: number;
  /** How long ago the changes begin that are not all seen yet (ms). */
  behind: Milliseconds;
}

const MINUTE: Milliseconds = 60_000;
const DAY: Milliseconds = 1_440 * MINUTE;
/** Changes this much older are listed once more: clocks differ, and a change can show later than it says. */
const OVERLAP = 60 * MINUTE;
/** Changes this new are left to their webhooks, and to the next pass. */
const ON_ITS_WAY = 5 * MINUTE;
/** How far the first pass reaches back: as far as an active transaction may be silent. */
const FIRST_PASS = 30 * DAY;

/**
 * Lists the orders that Junction has changed since the last pass and joins what no webhook has told of them. So nothing
 * that was lost stays lost: neither a correction of what was over, nor an order that nobody ever heard of. How far it
 * came is kept after every page, so that the next sweep goes on there.
 */
export async function pollChangedOrders(
  dependencies: PollDependencies,
  now: Instant,
): Promise<UpdatesReport> {
  const report: UpdatesReport = { listed: 0, healed: 0, skipped: 0, behind: 0 };
  const { table, api, every, hasTime, onSkip } = dependencies;
  if (!api) return report;
  let mark: UpdatesMark | null = begun(await readUpdatesMark(table), now, every);
  try {
    while (mark?.pass && hasTime()) {
      const { since, page } = mark.pass;
      const found = await api.ordersChangedSince(since, page, now, digest);
      await joinPage({ ...dependencies, api }, found, now, report);
      mark = await moveUpdatesMark(table, mark, afterPage(mark.through, mark.pass, found));
    }
  } catch (error) {
    report.skipped += 1;
    onSkip('list of orders', reasonOf(error));
  }
  report.behind = mark ? behind(mark, now) : 0;
  return report;
}

/** The next page, or, after the last, the end of the pass: whatever changed until it began has been seen. */
function afterPage(through: Instant | null, pass: UpdatesPass, { last }: OrdersPage) {
  return last
    ? { through: pass.started_at, pass: null }
    : { through, pass: { ...pass, page: pass.page + 1 } };
}

/** The mark with the pass that is under way or is to begin now; without any while it is too early. */
function begun(mark: UpdatesMark, now: Instant, every: Milliseconds): UpdatesMark {
  const { through, pass } = mark;
  if (pass) return mark;
  const begin = (since: Instant) => ({ ...mark, pass: { started_at: now, since, page: 1 } });
  if (through === null) return begin(later(now, -FIRST_PASS));
  // A mark ahead of us was set by a sweep of a time that has not come; it must not keep us waiting for that.
  const due = now >= later(through, every) || now < through;
  return due ? begin(later(earliest([through, now]) ?? now, -OVERLAP)) : mark;
}

/** How long ago it was that all changes had been seen; before the first pass has ended, since it began. */
function behind({ through, pass }: UpdatesMark, now: Instant): Milliseconds {
  const seen = through ?? pass?.started_at ?? now;
  return Math.max(0, Date.parse(now) - Date.parse(seen));
}

async function joinPage(context: PollContext, page: OrdersPage, now: Instant, report: UpdatesReport) {
  const strangers = page.orders.some(({ facts }) => isOfAnother(context.teamId, facts));
  if (strangers) throw new JunctionUnavailable("Junction's API lists another team's orders", 'not_known');
  report.listed += page.orders.length;
  await mapConcurrent(page.orders, async ({ id, facts }) => {
    try {
      if (await joinOrder(context, id, facts, now)) report.healed += 1;
    } catch (error) {
      const ofThisOrder = error instanceof JunctionUnavailable ? !error.down : isUnstorable(error);
      // Else the others would fare no better, and the page has to be read again.
      if (!ofThisOrder) throw error;
      report.skipped += 1;
      context.onSkip(id, reasonOf(error));
    }
  });
}

/** A key of another team, or of another environment, must not bring its orders in. */
function isOfAnother(teamId: string | null, facts: OrderFacts | null): boolean {
  const team = facts?.snapshot.team_id ?? null;
  return teamId !== null && team !== null && team !== teamId;
}

/** Joins what the list says of an order, if that is news. Its transaction follows by the stream. */
async function joinOrder(
  { table, api }: PollContext,
  id: string,
  listed: OrderFacts | null,
  now: Instant,
): Promise<boolean> {
  if (listed && (listed.snapshot.updated_at ?? '') > later(now, -ON_ITS_WAY)) return false;
  const record = await readOrder(table, id);
  if (listed && !hasNews(listed, record)) return false;
  // Should the list ever show less of an order than asking for it does, it is asked for.
  const facts = listed && isWhole(listed) ? listed : await api.order(id, now, digest);
  if (!facts || !hasNews(facts, record)) return false;
  await writeOrder(table, facts, arrivalOf(facts.events, 'api', now), 'api');
  return true;
}

function isWhole({ events, transactionId }: OrderFacts): boolean {
  return events.length > 0 && transactionId !== null;
}
