import type { Clients } from '../aws/clients.ts';
import type { DeployedStage } from './deployed-stage.ts';
import { breakFunction, functionsOf, logLines } from './functions.ts';
import { judgeJourneys, sendJourneys, WrongJourneys } from './journeys.ts';

/**
 * Breaks the function that makes transactions of orders, sends webhooks, and puts its code back. What failed has to be made up for
 * by the retries of the stream.
 *
 * @throws if the webhooks are not accepted, nothing fails, or something stays wrong
 */
export async function recover(stage: DeployedStage, clients: Clients, signal: AbortSignal): Promise<string> {
  const name = (await functionsOf(stage, clients)).get('recompute') ?? '';
  const mend = await breakFunction(name, clients);
  const { webhooks } = await sendJourneys(stage, 5, signal);
  const broken = await judgeJourneys(stage).catch((error: unknown) => error);
  if (!(broken instanceof WrongJourneys)) throw new Error(`${name} was broken, and no journey was wrong.`);
  const failures = await logLines(name, 'broken on purpose', clients);
  if (failures.length === 0) throw new Error(`${name} was broken, and its log does not say so.`);
  await mend();
  const right = await judgeJourneys(stage);
  return `${webhooks} webhooks accepted while it failed, ${broken.right}; then ${right}`;
}
