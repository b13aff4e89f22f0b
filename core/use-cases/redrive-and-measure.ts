import type { Milliseconds } from '../domain/duration.ts';
import type { Instant } from '../domain/instant.ts';
import { countQuarantined } from '../store/quarantine/quarantine-waiting.ts';
import { type CriticalCounts, countCriticalResults } from './count-critical-results.ts';
import { type RedriveContext, type RedriveReport, redrive } from './redrive.ts';

/** A run that redrives what failed, and measures what waits for people. */
export interface MeasuredRedrive extends RedriveContext {
  /** The only team whose critical results are counted; null for every team. */
  readonly teamId: string | null;
  /** How long a critical result may wait for its acknowledgement. */
  readonly noAcknowledgement: Milliseconds;
  readonly onRedriven: (report: RedriveReport) => void;
  readonly onCriticalResults: (counts: CriticalCounts) => void;
  /** Called with the webhooks that wait in quarantine, or the error that hid them. */
  readonly onQuarantine: (waiting: number | { readonly error: unknown }) => void;
}

/**
 * Counts the critical results that nobody has acknowledged at `now`, redrives the failed batches, and counts what waits in
 * quarantine. A failure of one does not stop the others. A run that could not count the critical results fails at the end,
 * so that the missing count raises an alarm; one that could not count the quarantine does not.
 *
 * @param now null for a run that no schedule started: it counts no critical results
 */
export async function redriveAndMeasure(run: MeasuredRedrive, now: Instant | null): Promise<RedriveReport> {
  const [counted] = await Promise.allSettled([countCritical(run, now)]);
  const report = await redrive(run);
  run.onRedriven(report);
  await countQuarantine(run);
  if (counted.status === 'rejected') throw counted.reason;
  return report;
}

async function countCritical(run: MeasuredRedrive, now: Instant | null): Promise<void> {
  if (now === null) return;
  const { projection, teamId, noAcknowledgement, onCriticalResults } = run;
  onCriticalResults(await countCriticalResults({ table: projection.table, teamId }, now, noAcknowledgement));
}

async function countQuarantine({ projection, onQuarantine }: MeasuredRedrive): Promise<void> {
  try {
    onQuarantine(await countQuarantined(projection.table));
  } catch (error) {
    onQuarantine({ error });
  }
}
