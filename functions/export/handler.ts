import * as z from 'zod/mini';
import { exportParts } from '../../capabilities/export-parts.ts';
import { type ExportedPage, exportPage } from '../../core/api/export/export-page.ts';
import { CORE_SHAPES, type Shapes } from '../../core/api/export/shapes.ts';
import { auditTrailOf, recordRun } from '../../core/environment/audit.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { STORED_FORM } from '../../core/store/table-layout.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { correlationId, identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const table = openTable(env.TABLE_NAME, correlationId, reportDamaged);
const trail = auditTrailOf(env);
const { SERVICE_VERSION: version = '' } = process.env;

const place = z.strictObject({ pk: z.string(), sk: z.string() });
const exportRequest = z.strictObject({ from: z.nullable(place) });

export interface ExportAnswer extends ExportedPage {
  readonly table: string;
  readonly form: number;
  readonly version: string;
}

let shapes: Promise<Shapes> | undefined;

/** Answers a page of everything that is stored. Each page is in the audit trail before it is answered. */
async function exportItems(event: unknown): Promise<ExportAnswer> {
  const { from } = exportRequest.parse(event);
  await recordRun(trail, 'table.export', 'export');
  shapes ??= exportParts(env.CAPABILITIES ?? []).then((parts) => Object.assign({}, CORE_SHAPES, ...parts));
  const page = await exportPage(table, await shapes, from);
  logger.info('exported', { items: page.lines.length, finished: page.next === null });
  return { table: table.name, form: STORED_FORM, version, ...page };
}

export const handler = identified(exportItems);
