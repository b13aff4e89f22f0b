import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  type GetItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { formerHomesOf } from '../../core/domain/order/membership.ts';
import { readOrderItem } from '../../core/store/orders/order-item.ts';
import { idIn, isOfKind, orderKey } from '../../core/store/table-layout.ts';
import { localClientSettings } from '../local/database/client-settings.ts';
import type { Journey } from '../sandbox/journeys/journeys.ts';
import { planDeliveries } from '../sandbox/webhooks/delivery-plan.ts';
import type { Deployment } from './deployment.ts';
import { type Meter, type MeteredRequest, startMeter } from './meter.ts';
import { Progress } from './progress.ts';
import { webhookEvent } from './webhook-event.ts';

/** The effects of a webhook. */
export interface Fed {
  readonly body: string;
  readonly outcome: string;
  readonly webhook: readonly MeteredRequest[];
  readonly recompute: readonly MeteredRequest[];
  /** Of the outbox: what it counts. */
  readonly publish: readonly MeteredRequest[];
  /** Whether the order may also be in other transactions, which the recompute then reads too. */
  readonly moves: boolean;
  /** The item of the order after the webhook; undefined if it wrote none. */
  readonly order: Item | undefined;
}

type Item = GetItemCommandOutput['Item'];
export interface BatchAnswer {
  batchItemFailures: unknown[];
}

type Call = (event: string) => Promise<unknown>;

/** Invokes the webhook function with the webhooks of the journeys in order of time, and recompute and publish with the changes, one at a time. */
export async function feed(deployment: Deployment, journeys: readonly Journey[]): Promise<Fed[]> {
  const meters = await Promise.all([
    startMeter(deployment.engine.endpoint),
    startMeter(deployment.engine.endpoint),
    startMeter(deployment.engine.endpoint),
  ]);
  const [ofWebhook, ofRecompute, ofPublish] = meters;
  const transactions = new Map<string, Item>();
  const orders = new OrderReader(deployment);
  const webhook = caller(deployment, 'webhook', ofWebhook);
  const recompute = caller(deployment, 'recompute', ofRecompute);
  const publish = caller(deployment, 'publish', ofPublish);
  const fed: Fed[] = [];
  const plan = planDeliveries(journeys);
  const progress = new Progress('Webhooks and recomputes, request by request', plan.length);
  for (const [index, { body }] of plan.entries()) {
    const answer = (await webhook(webhookEvent(body, `msg_${index}`))) as { body: string };
    const { outcome } = JSON.parse(answer.body) as { outcome: string };
    const requests = ofWebhook.taken();
    const id = orderIdIn(requests);
    const change = id === undefined ? undefined : await orders.change(id);
    if (change) {
      const { batchItemFailures } = (await recompute(streamEvent(change))) as BatchAnswer;
      if (batchItemFailures.length > 0) throw new Error(`recompute failed for ${id}`);
    }
    const recomputed = ofRecompute.taken();
    for (const put of recomputed.flatMap(({ input }) => transactionsPut(input))) {
      const { batchItemFailures } = (await publish(streamEvent(changeTo(put, transactions)))) as BatchAnswer;
      if (batchItemFailures.length > 0) throw new Error('publish failed');
    }
    const moves = change !== undefined && isMove(change);
    const taken = { webhook: requests, recompute: recomputed, publish: ofPublish.taken() };
    fed.push({ body, outcome, ...taken, moves, order: change?.NewImage });
    progress.step();
  }
  orders.close();
  await Promise.all(meters.map((meter) => meter.close()));
  return fed;
}

/** The changes of orders that the webhooks of the journeys make, in order of time. They are not processed. */
export async function changesOf(deployment: Deployment, journeys: readonly Journey[]): Promise<Change[]> {
  const meter = await startMeter(deployment.engine.endpoint);
  const orders = new OrderReader(deployment);
  const webhook = caller(deployment, 'webhook', meter);
  const changes: Change[] = [];
  for (const [index, { body }] of planDeliveries(journeys).entries()) {
    await webhook(webhookEvent(body, `msg_${index}`));
    const id = orderIdIn(meter.taken());
    if (id !== undefined) changes.push(await orders.change(id));
  }
  orders.close();
  await meter.close();
  return changes;
}

export function caller(deployment: Deployment, name: string, meter: Meter): Call {
  const started = deployment.start(name, meter.endpoint);
  return async (event) => {
    const result = await started.invoke(event);
    if (!result.ok) throw new Error(`${name} failed: ${result.failure.errorMessage}`);
    return JSON.parse(result.payload) as unknown;
  };
}

/** The id of the order whose item a webhook wrote; undefined if it wrote none. */
export function orderIdIn(requests: readonly MeteredRequest[]): string | undefined {
  const key = requests[0]?.input.Key as { pk: { S: string }; sk: { S: string } } | undefined;
  return key && isOfKind('ORDER', key.sk.S) ? idIn('ORDER', { pk: key.pk.S, sk: key.sk.S }) : undefined;
}

/** An item before and after a write, as in a stream record. */
export interface Change {
  readonly Keys: Record<string, AttributeValue>;
  readonly NewImage: Item;
  readonly OldImage: Item;
}

export function streamEvent(...changes: readonly Change[]): string {
  const Records = changes.map((change, index) => {
    const eventName = change.OldImage ? 'MODIFY' : 'INSERT';
    return { eventName, dynamodb: { ...change, SequenceNumber: String(index + 1) } };
  });
  return JSON.stringify({ Records });
}

/** The transactions that a request puts. */
export function transactionsPut(input: MeteredRequest['input']): Record<string, AttributeValue>[] {
  const { Item, TransactItems = [] } = input as {
    Item?: Record<string, AttributeValue>;
    TransactItems?: { Put?: { Item: Record<string, AttributeValue> } }[];
  };
  return [Item, ...TransactItems.map(({ Put }) => Put?.Item)].flatMap((item) =>
    item && isOfKind('TX', item.sk?.S) ? [item] : [],
  );
}

function changeTo(item: Record<string, AttributeValue>, held: Map<string, Item>): Change {
  const { pk, sk } = item;
  if (!pk || !sk) throw new Error('an item without a key was written');
  const name = idIn('TX', { pk: pk.S, sk: sk.S });
  const OldImage = held.get(name);
  held.set(name, item);
  return { Keys: { pk, sk }, NewImage: item, OldImage };
}

/** Whether the order may also be in another transaction than the one that it belongs to. */
function isMove({ NewImage }: Change): boolean {
  return NewImage !== undefined && formerHomesOf(readOrderItem(unmarshall(NewImage))).length > 0;
}

class OrderReader {
  readonly #client: DynamoDBClient;
  readonly #tableName: string;
  readonly #before = new Map<string, Item>();

  constructor({ engine, tableName }: Deployment) {
    this.#client = new DynamoDBClient(localClientSettings(engine.endpoint));
    this.#tableName = tableName;
  }

  async change(id: string): Promise<Change> {
    const Keys = marshall(orderKey(id));
    const { Item } = await this.#client.send(new GetItemCommand({ TableName: this.#tableName, Key: Keys }));
    const OldImage = this.#before.get(id);
    this.#before.set(id, Item);
    return { Keys, NewImage: Item, OldImage };
  }

  close(): void {
    this.#client.destroy();
  }
}
