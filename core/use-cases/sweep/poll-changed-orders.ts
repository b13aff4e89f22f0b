import type { Milliseconds } from '../../domain/duration.ts';
import { earliest, type Instant, later } from '../../domain/instant.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import {
  moveUpdatesMark,
  readUpdatesMark,
  type UpdatesMark,
  type UpdatesPass,
} from '../../store/poll-marks/updates-mark.ts';
import { reasonOf } from '../reconcile/junction-guard.ts';
import { type JoinReport, joinListedOrders, type PollDependencies } from './join-listed-orders.ts';
import { PagesSeen } from './pages-seen.ts';

/** The result of a poll. */
export interface UpdatesReport extends JoinReport {
  /** Orders that Junction listed. */
  listed: number;
  /** The age of the oldest changes that may not have been read yet (ms). */
  behind: Milliseconds;
}

const MINUTE: Milliseconds = 60_000;
const DAY: Milliseconds = 1_440 * MINUTE;
/** A pass starts this much earlier than the last one ended: clocks differ, and a change can appear late in the list. */
const OVERLAP = 60 * MINUTE;
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
  const { table, api, team, every, hasTime, onSkip } = dependencies;
  if (!api) return report;
  let mark: UpdatesMark | null = withPass(await readUpdatesMark(table, team), now, every);
  const seen = new PagesSeen();
  try {
    while (mark?.pass && hasTime()) {
      const { since, page } = mark.pass;
      const { orders, last } = await api.ordersChangedSince(since, page);
      const isLast = last || seen.repeats(orders);
      await joinListedOrders({ ...dependencies, api }, orders, now, report);
      report.listed += orders.length;
      mark = await moveUpdatesMark(table, mark, afterPage(mark, mark.pass, isLast), team);
    }
  } catch (error) {
    report.skipped += 1;
    onSkip('list of orders', reasonOf(error));
    // Otherwise the first pass would start over in every sweep until a page is read, and never count as behind.
    if (mark?.through === null && error instanceof JunctionUnavailable) {
      mark = await moveUpdatesMark(table, mark, mark, team);
    }
  }
  report.behind = mark ? behind(mark, now) : 0;
  return report;
}

/** The next page, or the end of the pass after the last page. Then every change from before the pass has been read. */
function afterPage(mark: UpdatesMark, pass: UpdatesPass, isLast: boolean): UpdatesMark {
  return isLast
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
