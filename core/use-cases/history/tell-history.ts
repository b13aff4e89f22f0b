import { type Instant, later } from '../../domain/instant.ts';
import { readImportMark } from '../../store/poll-marks/import-mark.ts';
import { readUpdatesMark } from '../../store/poll-marks/updates-mark.ts';
import { beginWatching, noteDigest, readWatchingMark } from '../../store/poll-marks/watching-mark.ts';
import type { Table } from '../../store/table.ts';
import type { TeamContext } from '../team-visibility.ts';
import { countHistory, type HistoryCounts } from './count-history.ts';

/** How the service begins to watch. */
export interface Watching {
  /** Since when, by the setting; null if that is stored. */
  readonly configured: Instant | null;
  /** Whether a sweep may store it. */
  readonly bySweep: boolean;
  /** Sends the one mail to the operators about what was there before. */
  readonly sendDigest: (counts: HistoryCounts) => Promise<void>;
}

/** An import that has not moved for this long keeps the digest back no longer (ms). */
const IMPORT_STOPPED = 86_400_000;

/** Stores since when the service watches, before anything is read that can be history. */
export async function watchFrom(
  table: Table,
  { configured, bySweep }: Watching,
  now: Instant,
): Promise<void> {
  if (configured !== null || bySweep) await beginWatching(table, configured ?? now);
}

/**
 * Sends the digest once the history has been read: by the first pass over the changed orders, and by an import that is underway.
 *
 * @param teams whose changed orders are polled
 * @returns whether it was sent
 */
export async function tellHistory(
  shown: TeamContext,
  { configured, sendDigest }: Watching,
  now: Instant,
  teams: readonly (string | null)[] = [null],
): Promise<boolean> {
  const mark = await readWatchingMark(shown.table);
  if (mark?.digest !== 'due' || !(await isHistoryRead(shown.table, now, teams))) return false;
  const counts = await countHistory(shown, configured ?? mark.since, now);
  // Of two sweeps at once, one sends it.
  const claimed = await noteDigest(shown.table, mark, 'sent');
  if (claimed === null) return false;
  try {
    await sendDigest(counts);
  } catch (error) {
    await noteDigest(shown.table, claimed, 'due');
    throw error;
  }
  return true;
}

async function isHistoryRead(
  table: Table,
  now: Instant,
  teams: readonly (string | null)[],
): Promise<boolean> {
  const marks = await Promise.all(teams.map((team) => readUpdatesMark(table, team)));
  if (marks.some(({ through }) => through === null)) return false;
  const imports = await Promise.all(teams.map((team) => readImportMark(table, team)));
  return imports.every(({ finished, moved_at }) => finished || moved_at < later(now, -IMPORT_STOPPED));
}
