import * as z from 'zod';
import type { DeploymentOptions } from '../command-line/options.ts';
import { stopped, stopSignal } from '../command-line/stopping.ts';
import { invokeFunction } from '../deployment/invoke.ts';
import { openDeployment } from '../deployment/open-deployment.ts';
import { batchesIn, checkExport } from './read-export.ts';

export interface LoadOptions extends DeploymentOptions {
  readonly file: string;
  readonly json?: boolean;
}

const LOAD = { name: 'load', output: 'LoadFunctionName' };

const answer = z.object({ lines: z.int(), kept: z.int(), finished: z.boolean() });

/**
 * Loads an export into a deployment that has nothing yet. How far it is stands in the table, so that it can be stopped or killed at
 * any time.
 *
 * @returns the exit code: 1 if the table got other items meanwhile, 130 if it was stopped
 */
export async function loadFrom(options: LoadOptions): Promise<number> {
  const stop = stopSignal();
  const { first, items } = await checkExport(options.file);
  const deployment = await openDeployment(options);
  const send = (after: number, batch: readonly object[]) => {
    const about = { file: first.id, form: first.form, after };
    const request = { ...about, items: batch, last: after + batch.length === items };
    return invokeFunction(deployment, LOAD, request, answer);
  };
  let reached = await send(0, []);
  for await (const batch of batchesIn(options.file, reached.lines)) {
    if (stop.aborted) return stopped();
    reached = await send(reached.lines, batch);
    console.error(`loaded ${reached.lines} of ${items} items`);
  }
  const { kept } = reached;
  if (options.json) console.log(JSON.stringify({ file: options.file, items, kept }));
  else console.log(sentenceOf(items, kept));
  return kept > 0 ? 1 : 0;
}

const sentenceOf = (items: number, kept: number) =>
  `Loaded ${items} items${kept > 0 ? `, except ${kept} that had changed here meanwhile. Run npx redraw-tracker rebuild` : ''}.`;
