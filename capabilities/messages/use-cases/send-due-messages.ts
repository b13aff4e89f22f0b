import { mapConcurrent } from '../../../core/concurrency/map-concurrent.ts';
import type { Milliseconds } from '../../../core/domain/duration.ts';
import { type Instant, later } from '../../../core/domain/instant.ts';
import { unlessDamaged } from '../../../core/store/damaged-items.ts';
import { transactionsToLookAt } from '../store/messages.ts';
import { type MessageDependencies, type MessageReport, processMessages } from './process-messages.ts';

export interface DueRun {
  /** The time from one run to the next. */
  readonly every: Milliseconds;
  /** Whether there is time for another transaction. */
  readonly hasTime: () => boolean;
  /** Called for each transaction that failed. */
  readonly onFailure: (transactionId: string, error: unknown) => void;
}

/**
 * The time of a scheduled run: it begins at the scheduled time, or now if that is later. A delayed or slow run must not send
 * outside the allowed hours.
 */
export function timeOfRun(scheduledAt: Instant, clock: () => Instant): () => Instant {
  const ahead = Math.max(0, Date.parse(scheduledAt) - Date.parse(clock()));
  return () => later(clock(), ahead);
}

/** Sends the messages that are due, of every transaction that has one. The rest remains due for the next run. */
export async function sendDueMessages(
  dependencies: MessageDependencies,
  { every, hasTime, onFailure }: DueRun,
  report: MessageReport,
): Promise<void> {
  const seen = new Set<string>();
  const { table } = dependencies.projection;
  for await (const page of transactionsToLookAt(table, dependencies.now(), every)) {
    const fresh = [...new Set(page)].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    await mapConcurrent(fresh, async (id) => {
      if (!hasTime()) return;
      try {
        const done = await unlessDamaged(table, async () => {
          await processMessages(dependencies, id, report);
          return true;
        });
        if (done === null) report.left += 1;
      } catch (error) {
        // One failing transaction must not block the messages of the others.
        report.left += 1;
        onFailure(id, error);
      }
    });
    if (!hasTime()) break;
  }
}
