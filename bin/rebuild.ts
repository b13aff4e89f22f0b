/**
 * Rebuilds transactions from their orders, in a table in AWS (TABLE_NAME) or in that of the local stack (DATA_DIR).
 * docs/operations/rebuild.md describes when and how.
 */
import { runCommand } from '../operations/command.ts';
import { openLocal, openNamed } from '../operations/rebuild/open-table.ts';
import { optionsSchema, rebuild } from '../operations/rebuild/rebuild.ts';

const USAGE = `npm run rebuild -- [--dry-run] [--segments 4] [--items-per-second 200] [--cursor <file>] [--restored-at <time>] [--counters-only]
Table: set TABLE_NAME and the usual AWS variables. The default is the table of the local stack in DATA_DIR (.local).`;

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
      'counters-only': { type: 'boolean' },
    },
    schema: optionsSchema,
  },
  async (options) => {
    const { TABLE_NAME, DATA_DIR } = process.env;
    const opened = TABLE_NAME ? openNamed(TABLE_NAME) : await openLocal(DATA_DIR || '.local');
    try {
      return await rebuild(options, opened.table, stopping.signal);
    } finally {
      await opened.close();
    }
  },
);
