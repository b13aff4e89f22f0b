import { existsSync, rmSync } from 'node:fs';
import { oneLine } from '../../core/domain/one-line.ts';
import type { Totals } from '../../core/use-cases/rebuild/findings.ts';
import { beginning, type Cursor, cursorSchema } from '../../core/use-cases/rebuild/position.ts';
import { Problem } from '../../lib/problems/problem.ts';
import { readJsonFile, replaceFile } from '../../tools/local/files/atomic-file.ts';
import type { DeploymentOptions } from '../command-line/options.ts';
import { type Request, requestSchema, type Work, type Worked } from './rebuild-work.ts';

export interface RebuildOptions extends DeploymentOptions {
  readonly table?: string;
  readonly dryRun?: boolean;
  readonly segments?: number;
  readonly itemsPerSecond?: number;
  readonly restoredAt?: string;
  readonly countersOnly?: boolean;
  readonly seconds?: number;
  readonly cursor?: string;
}

/**
 * Rebuilds transactions and prints what is found, one line of JSON each, until it is done or stopped. With a cursor file it
 * continues where the last run stopped.
 *
 * @returns the exit code: 1 if an item could not be processed, 130 if it was stopped
 */
export async function rebuild(options: RebuildOptions): Promise<number> {
  const request = requestOf(options);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());
  const { cursor: file, table } = options;
  const keep = (position: Cursor) => file && replaceFile(file, JSON.stringify(position));
  const print = progressPrinter();
  const work: Work = {
    request,
    from: startingPoint(file, request),
    stop: stopping.signal,
    onFinding: (finding) => console.log(oneLine(JSON.stringify(finding))),
    onProgress: (position, totals) => {
      keep(position);
      print(position, totals);
    },
  };
  const { cursor, totals } = table ? await directly(table, options, work) : await byFunction(options, work);
  console.log(JSON.stringify({ dry_run: request.dry_run, finished: cursor === null, ...totals }));
  if (cursor === null) {
    if (file) rmSync(file, { force: true });
    return totals.failed > 0 ? 1 : 0;
  }
  keep(cursor);
  console.error(
    file
      ? `Stopped. Run the same command to continue from ${file}.`
      : 'Stopped. Rebuilt transactions are kept. To be able to continue a rebuild where it stopped, use --cursor <file>.',
  );
  return 130;
}

// What the other way needs is not loaded.
async function directly(table: string, options: RebuildOptions, work: Work): Promise<Worked> {
  const { rebuildDirectly } = await import('./rebuild-directly.ts');
  return rebuildDirectly(table, options, work);
}

async function byFunction(options: RebuildOptions, work: Work): Promise<Worked> {
  const { openDeployment } = await import('../deployment/open-deployment.ts');
  const { rebuildByFunction } = await import('./rebuild-by-function.ts');
  return rebuildByFunction(await openDeployment(options), options.seconds, work);
}

function requestOf({ dryRun, countersOnly, segments, itemsPerSecond, restoredAt }: RebuildOptions): Request {
  const { data, error } = requestSchema.safeParse({
    dry_run: dryRun,
    counters_only: countersOnly,
    segments,
    items_per_second: itemsPerSecond,
    restored_at: restoredAt,
  });
  if (data) return data;
  const faults = error.issues.map(
    ({ path: [name], message }) => `--${String(name).replaceAll('_', '-')}: ${message}`,
  );
  throw new Problem(faults.join('\n'));
}

function startingPoint(file: string | undefined, { counters_only, segments }: Request): Cursor {
  if (!file || !existsSync(file)) return beginning(counters_only ? 'counters' : 'orders', segments);
  const read = cursorSchema.safeParse(readJsonFile(file));
  if (!read.success) throw new Problem(`${file} does not contain a rebuild cursor. Choose another file.`);
  return read.data;
}

/** Prints at most one line per second to standard error. Findings go to standard output. */
function progressPrinter() {
  let last = 0;
  return ({ phase, segments }: Cursor, totals: Totals) => {
    if (performance.now() - last < 1_000) return;
    last = performance.now();
    const done = segments.filter((one) => one === 'done').length;
    const { orders, transactions, ...rest } = totals;
    const faults = Object.entries(rest).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
    console.error(
      `${phase}: checked ${orders} orders and ${transactions} transactions, ${done} of ${segments.length} segments done` +
        `${faults.length > 0 ? `; found ${faults.join(', ')}` : ''}`,
    );
  };
}
