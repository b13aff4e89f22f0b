import type { Milliseconds } from '../domain/duration.ts';
import type { Instant } from '../domain/instant.ts';
import { countQuarantined } from '../store/quarantine/quarantine-waiting.ts';
import type { Table } from '../store/table.ts';
import { type CriticalCounts, countCriticalResults } from './count-critical-results.ts';
import { countSubscribers, type SubscriberCount, type WatchedTopic } from './count-subscribers.ts';
import { type RedriveContext, type RedriveReport, redrive } from './redrive.ts';

/** A run that redrives what failed, and measures what waits for people. */
export interface MeasuredRedrive extends RedriveContext {
  /** The table of the quarantine. */
  readonly quarantine: Table;
  /** The only team whose critical results are counted; null for every team. */
  readonly teamId: string | null;
  /** How long a critical result may wait for its acknowledgement. */
  readonly noAcknowledgement: Milliseconds;
  /** The topics that must not lose subscribers, and how to count the confirmed ones. */
  readonly topics: readonly WatchedTopic[];
  readonly confirmedOf: (topicArn: string) => Promise<number>;
  readonly onRedriven: (report: RedriveReport) => void;
  readonly onCriticalResults: (counts: CriticalCounts) => void;
  /** Called with the webhooks that wait in quarantine, or the error that hid them. */
  readonly onQuarantine: (waiting: number | { readonly error: unknown }) => void;
  readonly onSubscribers: (counts: readonly SubscriberCount[]) => void;
}

/**
 * Counts the critical results that nobody has acknowledged at `now` and the subscriptions of the topics, redrives the failed
 * batches, and counts what waits in quarantine. A failure of one does not stop the others. A run that could not count the
 * critical results or the subscriptions fails at the end, so that the missing count raises an alarm; one that could not count
 * the quarantine does not.
 *
 * @param now null for a run that no schedule started: it counts no critical results and no subscriptions
 */
export async function redriveAndMeasure(run: MeasuredRedrive, now: Instant | null): Promise<RedriveReport> {
  const counted = await Promise.allSettled([countCritical(run, now), countSubscriptions(run, now)]);
  const report = await redrive(run);
  run.onRedriven(report);
  await countQuarantine(run);
  for (const count of counted) if (count.status === 'rejected') throw count.reason;
  return report;
}

async function countCritical(run: MeasuredRedrive, now: Instant | null): Promise<void> {
  if (now === null) return;
  const { projection, teamId, noAcknowledgement, watchingSince, onCriticalResults } = run;
  const shown = { table: projection.table, teamId };
  onCriticalResults(await countCriticalResults(shown, now, noAcknowledgement, await watchingSince()));
}

async function countSubscriptions(run: MeasuredRedrive, now: Instant | null): Promise<void> {
  if (now === null) return;
  const { projection, topics, confirmedOf, onSubscribers } = run;
  onSubscribers(await countSubscribers(projection.table, topics, confirmedOf, now));
}

async function countQuarantine({ quarantine, onQuarantine }: MeasuredRedrive): Promise<void> {
  try {
    onQuarantine(await countQuarantined(quarantine));
  } catch (error) {
    onQuarantine({ error });
  }
}
