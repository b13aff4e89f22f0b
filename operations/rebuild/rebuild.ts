import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { capabilitiesWith } from '../../capabilities/folders.ts';
import { rebuildParts } from '../../capabilities/rebuild-parts.ts';
import { pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { oneLine } from '../../core/domain/one-line.ts';
import type { Table } from '../../core/store/table.ts';
import type { Totals } from '../../core/use-cases/rebuild/findings.ts';
import { paceOf } from '../../core/use-cases/rebuild/pace.ts';
import { beginning, type Cursor, cursorSchema } from '../../core/use-cases/rebuild/position.ts';
import { rebuildOptions } from '../../core/use-cases/rebuild/rebuild-request.ts';
import { rebuildTable } from '../../core/use-cases/rebuild/rebuild-table.ts';
import { readJsonFile, replaceFile } from '../../tools/local/files/atomic-file.ts';
import { Problem } from '../problem.ts';
import { configuredClocks } from './configured-clocks.ts';

const number = z.coerce.number().optional();

/** The options of the command, with the limits of the function. */
export const optionsSchema = z.object({
  'dry-run': z.boolean().optional().pipe(rebuildOptions.dry_run),
  segments: number.pipe(rebuildOptions.segments),
  'items-per-second': number.pipe(rebuildOptions.items_per_second),
  cursor: z.string().min(1).optional(),
  'counters-only': z.boolean().optional().pipe(rebuildOptions.counters_only),
  'restored-at': z.string().optional().pipe(rebuildOptions.restored_at),
});

/** How long a change takes at most to reach the counters, unless the stream is behind (ms). */
const BETWEEN_COUNTS = 15_000;

type Options = z.output<typeof optionsSchema>;

/**
 * Rebuilds the transactions of a table and prints what it finds, one line of JSON each, until it is done or stopped. With a
 * cursor file it continues where the last run stopped.
 *
 * @returns the exit code: 2 if transactions could not be rebuilt, 130 if it was stopped
 */
export async function rebuild(options: Options, table: Table, stop: AbortSignal): Promise<number> {
  const print = progressPrinter();
  const { cursor, totals } = await rebuildTable(
    {
      context: {
        table,
        parts: await rebuildParts(capabilitiesWith('rebuild.ts')),
        clocks: configuredClocks(),
        pause: pauseBetweenWriters,
        dryRun: options['dry-run'],
        now: () => Math.floor(Date.now() / 1_000),
        revisionsAbove: options['restored-at'],
      },
      teamId: process.env.TEAM_ID || null,
      pauseBetweenCounts: () => sleep(BETWEEN_COUNTS),
      pace: paceOf(options['items-per-second'], { now: () => performance.now(), sleep }),
      pageSize: Math.min(100, options['items-per-second']),
      hasTime: () => !stop.aborted,
      onFinding: (finding) => console.log(oneLine(JSON.stringify(finding))),
      onProgress: (position, totals) => {
        if (options.cursor) replaceFile(options.cursor, JSON.stringify(position));
        print(position, totals);
      },
    },
    startingPoint(options),
  );
  console.log(JSON.stringify({ dry_run: options['dry-run'], finished: cursor === null, ...totals }));
  if (cursor === null) {
    if (options.cursor) rmSync(options.cursor, { force: true });
    return totals.failed > 0 ? 2 : 0;
  }
  if (options.cursor) replaceFile(options.cursor, JSON.stringify(cursor));
  console.error(
    options.cursor
      ? `Stopped. Run the same command to continue from ${options.cursor}.`
      : 'Stopped. Rebuilt transactions are kept. To be able to continue a rebuild where it stopped, use --cursor <file>.',
  );
  return 130;
}

function startingPoint({ cursor, segments, 'counters-only': only }: Options): Cursor {
  if (!cursor || !existsSync(cursor)) return beginning(only ? 'counters' : 'orders', segments);
  const read = cursorSchema.safeParse(readJsonFile(cursor));
  if (!read.success) throw new Problem(`${cursor} does not contain a rebuild cursor. Choose another file.`);
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
