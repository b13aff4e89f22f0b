import * as z from 'zod';
import type { Finding, Totals } from '../../core/use-cases/rebuild/findings.ts';
import type { Cursor } from '../../core/use-cases/rebuild/position.ts';
import { rebuildOptions } from '../../core/use-cases/rebuild/rebuild-request.ts';

/** What is rebuilt, with the limits of the function. */
export const requestSchema = z.object({ ...rebuildOptions, restored_at: z.string().optional() });
export type Request = z.output<typeof requestSchema>;

export interface Work {
  readonly request: Request;
  readonly from: Cursor;
  readonly stop: AbortSignal;
  onFinding(finding: Finding): void;
  onProgress(position: Cursor, totals: Totals): void;
}

export interface Worked {
  /** null if everything is rebuilt. */
  readonly cursor: Cursor | null;
  readonly totals: Totals;
}
