import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localClientSettings } from '../../../local/database/client-settings.ts';
import { transactionsOf } from '../junction/transaction.ts';
import { FunctionProcess } from '../lambda/function-process.ts';
import { bundlesOf, deliverTo, httpEntry, peerEnvironment } from '../lambda/lambda-peer.ts';
import { type OrderItem, orderOf } from '../lambda/order-item.ts';
import { createOrderTable, scan } from '../lambda/order-table.ts';
import type { Peer, RunningPeer } from '../peer.ts';
import { type LocalQueue, startLocalQueue } from './local-queue.ts';

const TABLE = 'fifo-queue-orders';
/** The largest batch of a FIFO queue. */
const BATCH_SIZE = 10;
const WORKERS = 4;
const IDLE_MS = 2;

/** A FIFO queue per order, and a worker. */
export const fifoQueue: Peer = {
  name: 'fifo-queue',
  title: 'SQS FIFO queue per order, PutItem',
  async start(surroundings): Promise<RunningPeer> {
    const client = new DynamoDBClient(localClientSettings(surroundings.engine.endpoint));
    await createOrderTable(client, TABLE);
    const queue = await startLocalQueue();
    const file = bundlesOf('fifo-queue', surroundings.place);
    const environment = peerEnvironment(surroundings, {
      ORDERS_TABLE: TABLE,
      QUEUE_URL: queue.url,
      AWS_ENDPOINT_URL_SQS: new URL(queue.url).origin,
    });
    const entry = httpEntry(file('webhook'), environment);
    const webhook = new FunctionProcess(entry);
    const worker = new FunctionProcess({ file: file('worker'), environment });
    let processed = 0;
    const onDone = (count: number) => {
      processed += count;
    };
    const stopping = new AbortController();
    const running = Promise.all(
      Array.from({ length: WORKERS }, () => work(queue, worker, onDone, stopping.signal)),
    );
    return {
      entry,
      deliver: (sent) => deliverTo(webhook, entry, sent),
      processed: () => processed,
      queueRequests: () => queue.requests(),
      async settled() {
        while (!queue.isEmpty()) await sleep(IDLE_MS);
      },
      transactions: async () =>
        transactionsOf((await scan<OrderItem>(client, TABLE)).map((item) => orderOf(item))),
      async stop() {
        stopping.abort();
        await running;
        queue.close();
        webhook.stop();
        worker.stop();
        client.destroy();
      },
    };
  },
};

async function work(
  queue: LocalQueue,
  worker: FunctionProcess,
  onDone: (count: number) => void,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    const taken = queue.take(BATCH_SIZE);
    if (taken.length === 0) {
      await sleep(IDLE_MS);
      continue;
    }
    const Records = taken.map(({ id, body }) => ({ messageId: id, body }));
    const { answer } = await worker.invoke({ Records });
    const { batchItemFailures } = answer as { batchItemFailures: { itemIdentifier: string }[] };
    queue.done(taken, new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)));
    onDone(taken.length - batchItemFailures.length);
  }
}
