import { MARKED } from '../../../test/patient-data.ts';
import { faultsByJourney } from '../../../test/stack/journey-verdict.ts';
import { journeys } from '../../sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../sandbox/webhooks/webhook-sender.ts';
import type { DeployedStage } from './deployed-stage.ts';

/** What can happen on the way, with more of it than in a bad week. */
const DISORDER = { shuffle: true, duplicate: 0.2, delay: 0.1, drop: 0.1, unheard: 0.05 };

interface Sent {
  readonly webhooks: number;
  readonly journeys: number;
}

/** Sends the signed webhooks of further journeys of the sandbox, out of order and repeated. */
export async function sendJourneys(stage: DeployedStage, count: number, signal: AbortSignal): Promise<Sent> {
  const seed = stage.journeys.length + 1;
  // They end now, so that the last webhooks of each are news.
  const some = journeys(seed, count, { ...MARKED, endAt: new Date() }).map((journey) => ({
    ...journey,
    name: `${seed}-${journey.name}`,
  }));
  const plan = planDeliveries(some, { seed, ...DISORDER });
  stage.journeys.push(...some);
  const { sent, failures } = await deliver(plan, {
    url: await stage.url('WebhookUrl'),
    secret: stage.secret,
    concurrency: 8,
    signal,
    onProgress: ({ delivery: { journey, body }, accepted }) => {
      if (!accepted) return;
      const receivedAt = new Date().toISOString();
      stage.received.set(journey, [...(stage.received.get(journey) ?? []), { body, receivedAt }]);
    },
  });
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${plan.length} webhooks were not accepted.`);
  return { webhooks: sent, journeys: count };
}

/** Says how many journeys are right, and what is wrong. */
export class WrongJourneys extends Error {
  override readonly name = 'WrongJourneys';
  /** For example `29 of 30 journeys`. */
  readonly right: string;

  constructor(right: string, stage: DeployedStage, faults: readonly string[]) {
    super(`${right} of stage ${stage.name} are right:\n${faults.slice(0, 10).join('\n')}`);
    this.right = right;
  }
}

/** Compares all journeys so far with what the test oracle says of them. @throws {WrongJourneys} if one is wrong */
export async function judgeJourneys(stage: DeployedStage): Promise<string> {
  const total = stage.journeys.length;
  const { strangers, wrong } = await faultsByJourney(await stage.client(), stage.journeys, stage.received);
  const right = `${total - wrong.size} of ${total} journeys`;
  if (wrong.size === 0 && strangers.length === 0) return right;
  throw new WrongJourneys(right, stage, [...strangers, ...[...wrong.values()].flat()]);
}
