import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { Problem } from '../../lib/problems/problem.ts';
import type { DeploymentOptions } from '../command-line/options.ts';
import { stopped, stopSignal } from '../command-line/stopping.ts';
import { invokeFunction } from '../deployment/invoke.ts';
import { openDeployment } from '../deployment/open-deployment.ts';
import { appendLines, type Begun, readBegun } from './export-file.ts';
import { itemLine } from './export-lines.ts';

export interface ExportOptions extends DeploymentOptions {
  readonly file: string;
  readonly json?: boolean;
}

const EXPORT = { name: 'export', output: 'ExportFunctionName' };

const page = z.object({
  table: z.string(),
  form: z.int(),
  version: z.string(),
  lines: z.array(itemLine),
  next: z.nullable(z.object({ pk: z.string(), sk: z.string() })),
});

/**
 * Writes everything that a deployment stores to a file, page by page. Where the file ends is where it continues, so that it can be
 * stopped or killed at any time.
 *
 * @returns the exit code: 130 if it was stopped
 */
export async function exportTo(options: ExportOptions): Promise<number> {
  const stop = stopSignal();
  let begun = await readBegun(options.file);
  const deployment = begun?.isFinished ? null : await openDeployment(options);
  while (deployment && !begun?.isFinished) {
    if (stop.aborted) return stopped();
    const answer = await invokeFunction(deployment, EXPORT, { from: begun?.after ?? null }, page);
    begun = appendPage(options.file, begun, answer);
    console.error(`exported ${begun.items} items`);
  }
  const { items = 0, first } = begun ?? {};
  if (options.json) console.log(JSON.stringify({ file: options.file, items, id: first?.id }));
  else console.log(`${options.file} has everything: ${items} items, exported since ${first?.started_at}.`);
  return 0;
}

function appendPage(
  path: string,
  begun: Begun | null,
  { lines, next, ...about }: z.output<typeof page>,
): Begun {
  const started_at = new Date().toISOString();
  const first = begun?.first ?? { kind: 'export' as const, id: randomUUID(), ...about, started_at };
  if (first.table !== about.table || first.form !== about.form) {
    throw new Problem(
      `${path} was begun with the table ${first.table} in form ${first.form}, and this is ${about.table} in form ${about.form}. Name another file.`,
    );
  }
  const items = (begun?.items ?? 0) + lines.length;
  const isFinished = next === null;
  appendLines(path, [...(begun ? [] : [first]), ...lines, ...(isFinished ? [{ kind: 'end', items }] : [])]);
  return { first, items, after: next, isFinished };
}
