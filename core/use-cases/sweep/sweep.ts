import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import { retryOnConflict } from '../../concurrency/retry.ts';
import type { Instant } from '../../domain/instant.ts';
import { isInQuestion } from '../../domain/members/correction-checks.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { unlessDamaged } from '../../store/damaged-items.ts';
import { readIntact } from '../../store/transactions/damaged-transactions.ts';
import { type DueIndex, dueIds } from '../../store/transactions/due-index.ts';
import { CHECKS, CORRECTIONS, INCOMPLETE } from '../../store/transactions/index-keys.ts';
import { WORKLIST_PARTITIONS } from '../../store/transactions/worklist-partitions.ts';
import { recomputeChangedOrders } from '../reconcile/ask-junction.ts';
import { JunctionGuard, reasonOf } from '../reconcile/junction-guard.ts';
import { checkIfDue } from './check-if-due.ts';
import { dueFollowUp, isCheckDue, isOrderCheckDue } from './due-now.ts';
import { flagOrClear } from './flag-or-clear.ts';
import { settleCorrections } from './settle-corrections.ts';
import {
  addReports,
  nothingDone,
  type Part,
  type SweepDependencies,
  type SweepReport,
} from './sweep-part.ts';

/**
 * Checks every open redraw that is due at `now` and flags it, unless Junction reports progress. Reads only what is due. Stops
 * when its time is over; the rest remains due for the next sweep.
 */
export function sweepDueRedraws(dependencies: SweepDependencies, now: Instant): Promise<SweepReport> {
  return sweepIndex(dependencies, now, 'open_redraws', WORKLIST_PARTITIONS.watched_redraws);
}

/** Does the same for the open orders that can be due. */
export function sweepOpenOrders(dependencies: SweepDependencies, now: Instant): Promise<SweepReport> {
  return sweepIndex(dependencies, now, 'open_redraws', WORKLIST_PARTITIONS.watched_orders);
}

/**
 * Asks Junction about every transaction whose check is due at `now`, first about those whose changes are kept back. Without an
 * API key, those are published, webhooks alone decide what is in question, and nothing else is done.
 */
export async function sweepChecks(dependencies: SweepDependencies, now: Instant): Promise<SweepReport> {
  let report = nothingDone();
  for (const partition of dependencies.apis.size > 0
    ? [INCOMPLETE, CORRECTIONS, CHECKS]
    : [INCOMPLETE, CORRECTIONS]) {
    report = addReports(report, await sweepIndex(dependencies, now, 'checks', partition));
  }
  return report;
}

async function sweepIndex(
  dependencies: SweepDependencies,
  now: Instant,
  index: DueIndex,
  partition: string,
): Promise<SweepReport> {
  const { projection, apis, optional, every, hasTime, onSkip } = dependencies;
  const report = nothingDone();
  const guards = new Map(
    [...apis].map(([team, api]) => [team, new JunctionGuard(projection, api, now, optional?.get(team))]),
  );
  const part: Part = { ...dependencies, now, report, guards };
  // Each sweep begins with another bucket, so that no bucket is always last when time is short.
  const turn = Math.floor(Date.parse(now) / every);
  for await (const page of dueIds(projection.table, index, partition, now, turn)) {
    await mapConcurrent(page, async (id) => {
      if (!hasTime()) return;
      try {
        const done = await unlessDamaged(projection.table, () => checkTransaction(part, id));
        if (done === null) report.skipped += 1;
      } catch (error) {
        // One failing transaction must not block the others.
        report.skipped += 1;
        onSkip(id, reasonOf(error));
      }
    });
    if (!hasTime()) break;
  }
  return report;
}

/** The transaction, with what a poll of this sweep has learned about orders that are in question: that may settle it. */
async function readCurrent({ projection, now }: Part, id: string): Promise<StoredTransaction | null> {
  const stored = await readIntact(projection.table, id);
  const isInDoubt =
    stored !== null && Object.values(stored.contributions).some((one) => isInQuestion(one, now));
  if (!isInDoubt || !(await recomputeChangedOrders(projection, stored))) return stored;
  return readIntact(projection.table, id);
}

async function checkTransaction(part: Part, id: string): Promise<true> {
  const { projection, now, report } = part;
  const stored = await readCurrent(part, id);
  // The index can lag behind the table.
  if (!stored || !(dueFollowUp(stored, now) || isCheckDue(stored, now) || isOrderCheckDue(stored, now)))
    return true;
  const answer = await checkIfDue(part, stored);
  await settleCorrections(part, stored);
  const outcome = await retryOnConflict(projection.pause, () => flagOrClear(part, id, answer));
  if (outcome === 'flagged') report.flagged += 1;
  return true;
}
