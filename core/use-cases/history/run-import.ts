import type { Instant } from '../../domain/instant.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import {
  beginningOf,
  type ImportMark,
  type ImportPosition,
  moveImportMark,
  readImportMark,
} from '../../store/poll-marks/import-mark.ts';
import { beginWatching, noteDigest, readWatchingMark } from '../../store/poll-marks/watching-mark.ts';
import type { Table } from '../../store/table.ts';
import { type ImportContext, importPage, type Period } from './import-orders.ts';
import { ImportRefused, type ImportRequest, importRange } from './import-request.ts';

export interface ImportRun extends ImportContext {
  /** Since when the service watches, by the setting; null if that is stored. */
  readonly configuredSince: Instant | null;
  /** Whose orders, with several teams: each has its own place. */
  readonly team?: string | null;
  /** Whether there is time for another page. */
  readonly hasTime: () => boolean;
}

/** How far an import has come. */
export interface ImportReport {
  readonly finished: boolean;
  readonly from: Instant;
  readonly to: Instant;
  readonly position: ImportPosition;
  /** The seconds after which Junction may be asked again; null if it answers. */
  readonly retry_after: number | null;
}

/**
 * Imports orders until the time is over, from where the last request of the same dates stopped: the place is stored after every
 * page. Before anything is stored, the service begins to watch, so that what is imported is history.
 *
 * @throws ImportRefused if the request is wrong, or another import is unfinished: then nothing has changed
 */
export async function runImport(run: ImportRun, request: ImportRequest): Promise<ImportReport> {
  const now = run.now();
  const range = importRange(request, now);
  const { from } = range;
  if (request.dry_run) {
    const period = { from, to: range.to ?? now };
    return readPages(
      run,
      period,
      request.position ?? beginningOf('compare', from),
      async (position) => position,
    );
  }
  let mark = await begin(run, request, now);
  const { to } = mark;
  return readPages(run, { from, to }, mark.position, async (position, finished) => {
    const next = { ...mark, position, finished, moved_at: run.now() };
    const moved = await moveImportMark(run.table, mark, next, run.team);
    // Somebody else goes on with the same import: what both read is joined once.
    mark = moved ?? (await readImportMark(run.table, run.team));
    if (moved && finished) await callForDigest(run.table, position);
    return mark.position;
  });
}

/** @param store stores the position after a page; returns where to go on */
async function readPages(
  run: ImportRun,
  period: Period,
  first: ImportPosition,
  store: (position: ImportPosition, finished: boolean) => Promise<ImportPosition>,
): Promise<ImportReport> {
  let position = first;
  const report = (finished: boolean, retry_after: number | null = null): ImportReport => ({
    ...{ finished, ...period, position, retry_after },
  });
  try {
    while (run.hasTime()) {
      const next = await importPage(run, period, position);
      position = await store(next.position, next.finished);
      if (next.finished) return report(true);
    }
  } catch (error) {
    if (!(error instanceof JunctionUnavailable && error.down)) throw error;
    return report(false, error.retryAfter);
  }
  return report(false);
}

/** The mark of this import: of the unfinished one, or a new one. */
async function begin(run: ImportRun, request: ImportRequest, now: Instant): Promise<ImportMark> {
  const { from, to } = importRange(request, now);
  const last = await readImportMark(run.table, run.team);
  if (!last.finished && !request.restart) {
    if (last.from === from && (to === null || to === last.to)) return last;
    throw new ImportRefused(
      `An import from ${last.from} to ${last.to} is unfinished. Finish it with the same dates, or give restart.`,
    );
  }
  await beginWatching(run.table, run.configuredSince ?? now);
  const position = beginningOf('orders', from);
  const mark = { from, to: to ?? now, started_at: now, moved_at: now, finished: false, position };
  const stored = await moveImportMark(run.table, last, mark, run.team);
  if (stored === null) throw new ImportRefused('Another import has just begun.');
  return stored;
}

/** The next sweep tells the operators, once, what the import has brought. */
async function callForDigest(table: Table, { joined }: ImportPosition): Promise<void> {
  const mark = joined > 0 ? await readWatchingMark(table) : null;
  if (mark?.digest === 'sent') await noteDigest(table, mark, 'due');
}
