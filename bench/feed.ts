import { DynamoDBClient, GetItemCommand, type GetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { localClientSettings } from '../local/local-client.ts';
import { planDeliveries } from '../sandbox/delivery.ts';
import type { Journey } from '../sandbox/journeys.ts';
import type { Deployment } from './deployment.ts';
import { type Meter, type MeteredRequest, startMeter } from './meter.ts';
import { Progress } from './progress.ts';
import { webhookEvent } from './webhook-event.ts';

/** What one webhook led to. */
export interface Fed {
  readonly body: string;
  readonly outcome: string;
  readonly webhook: readonly MeteredRequest[];
  readonly recompute: readonly MeteredRequest[];
}

type Item = GetItemCommandOutput['Item'];
interface BatchAnswer {
  batchItemFailures: unknown[];
}

type Call = (event: string) => Promise<unknown>;

/** Gives the webhooks of the journeys, in order of time, to the webhook function, and what changed to recompute. */
export async function feed(deployment: Deployment, journeys: readonly Journey[]): Promise<Fed[]> {
  const meters = await Promise.all([
    startMeter(deployment.engine.endpoint),
    startMeter(deployment.engine.endpoint),
  ]);
  const [ofWebhook, ofRecompute] = meters;
  const orders = new OrderReader(deployment);
  const webhook = caller(deployment, 'webhook', ofWebhook);
  const recompute = caller(deployment, 'recompute', ofRecompute);
  const fed: Fed[] = [];
  const plan = planDeliveries(journeys);
  const progress = new Progress('Webhooks and recomputes, request by request', plan.length);
  for (const [index, { body }] of plan.entries()) {
    const answer = (await webhook(webhookEvent(body, `msg_${index}`))) as { body: string };
    const { outcome } = JSON.parse(answer.body) as { outcome: string };
    const requests = ofWebhook.taken();
    const key = orderKeyIn(requests);
    if (key) {
      const { batchItemFailures } = (await recompute(
        JSON.stringify(await orders.change(key)),
      )) as BatchAnswer;
      if (batchItemFailures.length > 0) throw new Error(`recompute failed for ${key}`);
    }
    fed.push({ body, outcome, webhook: requests, recompute: ofRecompute.taken() });
    progress.step();
  }
  orders.close();
  await Promise.all(meters.map((meter) => meter.close()));
  return fed;
}

function caller(deployment: Deployment, name: string, meter: Meter): Call {
  const started = deployment.start(name, meter.endpoint);
  return async (event) => {
    const result = await started.invoke(event);
    if (!result.ok) throw new Error(`${name} failed: ${result.failure.errorMessage}`);
    return JSON.parse(result.payload) as unknown;
  };
}

/** The key of the order item that a webhook wrote; undefined if it wrote none. */
export function orderKeyIn(requests: readonly MeteredRequest[]): string | undefined {
  const key = requests[0]?.input.Key as { pk: { S: string }; sk: { S: string } } | undefined;
  return key?.sk.S === 'ORDER' ? key.pk.S : undefined;
}

/** Order items before and after, as the stream would show them. */
class OrderReader {
  readonly #client: DynamoDBClient;
  readonly #tableName: string;
  readonly #before = new Map<string, Item>();

  constructor({ engine, tableName }: Deployment) {
    this.#client = new DynamoDBClient(localClientSettings(engine.endpoint));
    this.#tableName = tableName;
  }

  async change(pk: string): Promise<object> {
    const Keys = { pk: { S: pk }, sk: { S: 'ORDER' } };
    const { Item } = await this.#client.send(new GetItemCommand({ TableName: this.#tableName, Key: Keys }));
    const OldImage = this.#before.get(pk);
    this.#before.set(pk, Item);
    const dynamodb = { Keys, NewImage: Item, OldImage, SequenceNumber: '1' };
    return { Records: [{ eventName: OldImage ? 'MODIFY' : 'INSERT', dynamodb }] };
  }

  close(): void {
    this.#client.destroy();
  }
}
