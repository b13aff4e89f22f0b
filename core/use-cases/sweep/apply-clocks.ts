import { isDeepStrictEqual } from 'node:util';
import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import { retryOnConflict } from '../../concurrency/retry.ts';
import type { Clocks } from '../../domain/clocks/clocks.ts';
import type { Milliseconds } from '../../domain/duration.ts';
import { type Instant, later } from '../../domain/instant.ts';
import { remarked } from '../../domain/stored/next-revision.ts';
import { unlessDamaged } from '../../store/damaged-items.ts';
import { type ClocksMark, moveClocksMark, readClocksMark } from '../../store/poll-marks/clocks-mark.ts';
import { readIntact } from '../../store/transactions/damaged-transactions.ts';
import { activeIds } from '../../store/transactions/transaction-lists.ts';
import { writeTransaction } from '../../store/transactions/transactions.ts';
import type { Projection } from '../recompute.ts';
import { reasonOf } from '../reconcile/junction-guard.ts';
import type { SweepDependencies } from './sweep-part.ts';

const PAGE = 100;
/** A function that a deployment has not replaced yet can still write old due times. So a pass after this time follows. */
const DEPLOYED_AFTER: Milliseconds = 900_000;
/** What is skipped, for the log. */
const LIST = 'list of active transactions';

/**
 * After a deployment that changed a clock, computes the due times of all active transactions again: they are stored, and would
 * otherwise follow the old clocks until the next change. Every open redraw and open order is active. The position is stored
 * after every page, so that the next sweep can continue there. Flags that are already set stay.
 */
export async function applyClocks(dependencies: SweepDependencies, now: Instant): Promise<void> {
  const { projection, hasTime, onSkip } = dependencies;
  const { table } = projection;
  try {
    let mark: ClocksMark | null = withPass(await readClocksMark(table), textOf(projection.clocks), now);
    while (mark?.pass && hasTime()) {
      const { ids, next } = await activeIds(table, { limit: PAGE, after: mark.pass.after });
      await mapConcurrent(ids, (id) => applyTo(dependencies, id));
      mark = await moveClocksMark(table, mark, afterPage(mark, next));
    }
  } catch (error) {
    onSkip(LIST, reasonOf(error));
  }
}

/** The mark with the current pass, or with a new one if these clocks need one. */
function withPass(mark: ClocksMark, clocks: string, now: Instant): ClocksMark {
  const started = { started_at: now, after: null };
  if (mark.clocks !== clocks) return { ...mark, clocks, since: now, pass: started, done: false };
  if (mark.done || mark.pass || now < deployed(mark, now)) return mark;
  return { ...mark, pass: started };
}

function afterPage(
  { clocks, since, pass, done }: ClocksMark,
  next: string | null,
): Omit<ClocksMark, 'revision'> {
  if (!pass) return { clocks, since, pass, done };
  if (next !== null) return { clocks, since, pass: { ...pass, after: next }, done };
  return { clocks, since, pass: null, done: pass.started_at >= deployed({ since }, pass.started_at) };
}

/** When every function has the clocks. */
function deployed({ since }: Pick<ClocksMark, 'since'>, now: Instant): Instant {
  return later(since ?? now, DEPLOYED_AFTER);
}

async function applyTo({ projection, onSkip }: SweepDependencies, id: string): Promise<void> {
  try {
    await unlessDamaged(projection.table, () =>
      retryOnConflict(projection.pause, () => dueAgain(projection, id)),
    );
  } catch (error) {
    // One failing transaction must not block the others. The next pass or change takes it.
    onSkip(id, reasonOf(error));
  }
}

/** Equal clocks give the same text. */
const textOf = ({ byTeam, ...clocks }: Clocks) =>
  JSON.stringify(byTeam === undefined ? clocks : { ...clocks, byTeam: [...byTeam] });

async function dueAgain({ table, clocks }: Projection, id: string): Promise<'written' | 'conflict'> {
  const stored = await readIntact(table, id);
  if (!stored) return 'written';
  const next = remarked(stored, {}, clocks);
  if (isDeepStrictEqual({ ...next, revision: 0 }, { ...stored, revision: 0 })) return 'written';
  return (await writeTransaction(table, next, stored)) === 'conflict' ? 'conflict' : 'written';
}
