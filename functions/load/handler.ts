import { auditTrailOf, recordRun } from '../../core/environment/audit.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { correlationId, identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { LoadRefused, loadItems, loadRequest } from '../../core/use-cases/load/load-items.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const table = openTable(env.TABLE_NAME, correlationId, reportDamaged);
const trail = auditTrailOf(env);

export type LoadAnswer =
  | { readonly lines: number; readonly kept: number; readonly finished: boolean }
  /** What is wrong with the request, in one sentence. */
  | { readonly refused: string };

/** Stores some items of an export in a table that had none. */
async function load(event: unknown): Promise<LoadAnswer> {
  const request = loadRequest.parse(event);
  if (request.items.length > 0) await recordRun(trail, 'table.load', 'load');
  try {
    const { lines, kept, finished } = await loadItems(table, request);
    logger.info('loaded', { lines, kept, finished });
    return { lines, kept, finished };
  } catch (error) {
    if (error instanceof LoadRefused) return { refused: error.message };
    throw error;
  }
}

export const handler = answeringProbes(table, identified(load));
