import { setTimeout as sleep } from 'node:timers/promises';
import type { DeploymentOptions } from '../command-line/options.ts';
import { stopped, stopSignal } from '../command-line/stopping.ts';
import { invokeFunction } from '../deployment/invoke.ts';
import { openDeployment } from '../deployment/open-deployment.ts';
import { progressLine, sentenceOf } from './progress.ts';
import { IMPORT, type Reached, reached as reachedSchema } from './reached.ts';

export interface ImportOptions extends DeploymentOptions {
  readonly from: string;
  readonly to?: string;
  readonly team?: string;
  readonly ordersPerSecond: number;
  readonly dryRun?: boolean;
  readonly restart?: boolean;
  readonly json?: boolean;
}

/** The time of one invocation (s). Each prints a line of progress. */
const SECONDS = 15;

/**
 * Lets the function of a deployment import orders, as often as it takes, and waits as long as Junction asks. What it has done is in the
 * table, so that it can be stopped or killed at any time.
 *
 * @returns the exit code: 1 if something differs, 130 if it was stopped
 */
export async function importOrders(options: ImportOptions): Promise<number> {
  const reached = await toTheEnd(options, stopSignal());
  if (reached === null) return stopped();
  const { dryRun = false, json } = options;
  if (json) console.log(JSON.stringify({ dry_run: dryRun, ...reached }));
  else for (const line of [sentenceOf(reached, dryRun), ...reached.differing]) console.log(line);
  return reached.position.differ > 0 && !dryRun ? 1 : 0;
}

/** @returns null if it was stopped */
async function toTheEnd(options: ImportOptions, stop: AbortSignal): Promise<Reached | null> {
  const deployment = await openDeployment(options);
  const began = performance.now();
  let first: Reached | undefined;
  let position: Reached['position'] | undefined;
  while (!stop.aborted) {
    const reached = await invokeFunction(deployment, IMPORT, requestOf(options, position), reachedSchema);
    if (reached.finished) return reached;
    first ??= reached;
    position = reached.position;
    console.error(progressLine(reached, first, (performance.now() - began) / 1_000));
    if (reached.retry_after !== null) await pause(reached.retry_after, stop);
  }
  return null;
}

/** @param position that of the last answer; undefined in the first request */
function requestOf(
  { from, to, team, ordersPerSecond, dryRun = false, restart = false }: ImportOptions,
  position: Reached['position'] | undefined,
): object {
  return {
    from,
    to,
    team_id: team,
    orders_per_second: ordersPerSecond,
    dry_run: dryRun,
    seconds: SECONDS,
    restart: restart && position === undefined,
    // The table has the position of an import, but nothing of a dry run.
    ...(dryRun && { position }),
  };
}

async function pause(seconds: number, stop: AbortSignal): Promise<void> {
  console.error(`Junction asks to wait for ${seconds} s.`);
  await sleep(seconds * 1_000, undefined, { signal: stop }).catch(() => undefined);
}
