/**
 * Rebuilds transactions from their orders, in a table in AWS (TABLE_NAME) or in that of the local stack (DATA_DIR).
 * docs/operations/rebuild.md describes when and how.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { pauseBetweenWriters } from '../core/concurrency/retry.ts';
import { clocksOf, clockVariables } from '../core/environment/clocks.ts';
import { openTable, type Table } from '../core/store/table.ts';
import type { Finding, Totals } from '../core/use-cases/rebuild/findings.ts';
import { paceOf } from '../core/use-cases/rebuild/pace.ts';
import { beginning, type Cursor, cursorSchema } from '../core/use-cases/rebuild/position.ts';
import { rebuildTable } from '../core/use-cases/rebuild/rebuild-table.ts';
import { clockSettings } from '../lib/configuration/configuration.ts';
import { readDeployment } from '../lib/configuration/deployment.ts';
import { LOCAL_CREDENTIALS } from '../local/database/client-settings.ts';
import { startDatabase } from '../local/database/database.ts';
import { readJsonFile, replaceFile } from '../local/files/atomic-file.ts';
import { openDataDirectory } from '../local/files/data-directory.ts';
import { Problem } from '../local/problem.ts';
import { REGION } from '../local/template/intrinsics.ts';
import { runCommand } from '../operations/command.ts';

/** The correlation id of all writes of this run. */
const RUN = `rebuild-${randomUUID()}`;

const USAGE = `npm run rebuild -- [--dry-run] [--segments 4] [--items-per-second 200] [--cursor <file>] [--restored-at <time>]
The table: TABLE_NAME, with the usual AWS variables; by default that of the local stack in DATA_DIR (.local).`;

const optionsSchema = z.object({
  'dry-run': z.boolean().default(false),
  segments: z.coerce.number().int().min(1).max(64).default(4),
  'items-per-second': z.coerce.number().int().min(1).max(5_000).default(200),
  cursor: z.string().min(1).optional(),
  /** In seconds since 1970, as revisions count from it. */
  'restored-at': z.iso
    .datetime({ offset: true })
    .transform((text) => Math.floor(Date.parse(text) / 1_000))
    .default(0),
});

type Options = z.output<typeof optionsSchema>;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stopping.abort());

process.exitCode = await runCommand(
  {
    usage: USAGE,
    options: {
      'dry-run': { type: 'boolean' },
      segments: { type: 'string' },
      'items-per-second': { type: 'string' },
      cursor: { type: 'string' },
      'restored-at': { type: 'string' },
    },
    schema: optionsSchema,
  },
  async (options) => {
    const opened = process.env.TABLE_NAME ? openNamed(process.env.TABLE_NAME) : await openLocal();
    try {
      return await run(options, opened.table);
    } finally {
      await opened.close();
    }
  },
);

interface OpenedTable {
  readonly table: Table;
  close(): Promise<void>;
}

function openNamed(name: string): OpenedTable {
  const table = openTable(name, () => RUN);
  return { table, close: async () => table.client.destroy() };
}

/** Opens the table of a local stack that is not running: the engine allows one process per file. */
async function openLocal(): Promise<OpenedTable> {
  const directory = process.env.DATA_DIR || '.local';
  if (!existsSync(directory)) throw new Problem(`There is no local data in ${directory}.\n${USAGE}`);
  const data = openLocked(directory);
  const database = await startDatabase(process.env.DYNAMODB_ENDPOINT || undefined, data);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = database.endpoint;
  process.env.AWS_REGION = REGION;
  process.env.AWS_ACCESS_KEY_ID = LOCAL_CREDENTIALS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = LOCAL_CREDENTIALS.secretAccessKey;
  const { client } = openTable('none');
  const { TableNames: [name] = [] } = await client.send(new ListTablesCommand({}));
  client.destroy();
  if (name === undefined) throw new Problem(`The data in ${directory} contains no table yet.`);
  const table = openTable(name, () => RUN);
  return {
    table,
    async close() {
      table.client.destroy();
      await database.stop();
      data.close();
    },
  };
}

function openLocked(directory: string) {
  try {
    return openDataDirectory(directory);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(
      `${error.message}\nTo rebuild the table of a running stack: ` +
        "curl -X POST http://127.0.0.1:8787/2015-03-31/functions/rebuild/invocations -d '{}'",
    );
  }
}

async function run(options: Options, table: Table): Promise<number> {
  const found: Finding[] = [];
  const print = progressPrinter();
  const { cursor, totals } = await rebuildTable(
    {
      context: {
        table,
        clocks: readClocks(),
        pause: pauseBetweenWriters,
        dryRun: options['dry-run'],
        now: () => Math.floor(Date.now() / 1_000),
        revisionsAbove: options['restored-at'],
      },
      pace: paceOf(options['items-per-second'], { now: () => performance.now(), sleep }),
      pageSize: Math.min(100, options['items-per-second']),
      hasTime: () => !stopping.signal.aborted,
      onFinding: (finding) => {
        found.push(finding);
        console.log(JSON.stringify(finding));
      },
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
      : 'Stopped. Rebuilt transactions are kept. With --cursor <file>, a rebuild can continue where it stopped.',
  );
  return 130;
}

/** The clocks must be those of the functions, or both would overwrite each other's due times. */
function readClocks() {
  const { context } = z
    .object({ context: z.record(z.string(), z.unknown()).default({}) })
    .parse(JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')));
  const settings = Object.entries(clockSettings);
  const given = settings.flatMap(([variable, key]) => {
    const value = process.env[variable];
    return value ? [[`redraw-tracker:${key}`, value] as const] : [];
  });
  const { configuration } = readDeployment({ ...context, ...Object.fromEntries(given) });
  const variables = Object.fromEntries(settings.map(([variable, key]) => [variable, configuration[key]]));
  return clocksOf(z.object(clockVariables).parse(variables));
}

function startingPoint({ cursor, segments }: Options): Cursor {
  if (!cursor || !existsSync(cursor)) return beginning('orders', segments);
  const read = cursorSchema.safeParse(readJsonFile(cursor));
  if (!read.success)
    throw new Problem(`${cursor} does not contain the cursor of a rebuild. Choose another file.`);
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
