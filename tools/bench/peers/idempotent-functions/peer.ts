import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localClientSettings } from '../../../local/database/client-settings.ts';
import { FunctionProcess } from '../lambda/function-process.ts';
import { bundlesOf, deliverTo, httpEntry, peerEnvironment } from '../lambda/lambda-peer.ts';
import { createOrderTable, createTable, scan } from '../lambda/order-table.ts';
import { startStreamPump } from '../lambda/stream-pump.ts';
import type { Peer, RunningPeer, SeenTransaction } from '../peer.ts';

const TABLES = {
  ORDERS_TABLE: 'idempotent-functions-orders',
  TRANSACTIONS_TABLE: 'idempotent-functions-transactions',
  IDEMPOTENCY_TABLE: 'idempotent-functions-idempotency',
};
const BATCH_SIZE = 100;

/** AWS's documented pattern, with a version in the condition of the write. */
export const idempotentFunctions: Peer = {
  name: 'idempotent-functions',
  title: 'Powertools Idempotency, version and retry, stream',
  async start(surroundings): Promise<RunningPeer> {
    const client = new DynamoDBClient(localClientSettings(surroundings.engine.endpoint));
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
    await createOrderTable(client, TABLES.ORDERS_TABLE, { StreamSpecification });
    await createTable(client, TABLES.TRANSACTIONS_TABLE);
    await createTable(client, TABLES.IDEMPOTENCY_TABLE);
    const file = bundlesOf('idempotent-functions', surroundings.place);
    const environment = peerEnvironment(surroundings, TABLES);
    const entry = httpEntry(file('webhook'), environment);
    const webhook = new FunctionProcess(entry);
    const transactions = new FunctionProcess({ file: file('transactions'), environment });
    const pump = await startStreamPump(surroundings.engine.endpoint, TABLES.ORDERS_TABLE, {
      process: transactions,
      batchSize: BATCH_SIZE,
      matches: () => true,
    });
    return {
      entry,
      deliver: (sent) => deliverTo(webhook, entry, sent),
      settled: () => pump.settled(),
      processed: () => pump.processed(),
      async transactions() {
        const items = await scan<SeenTransaction & { id: string }>(client, TABLES.TRANSACTIONS_TABLE);
        return new Map(items.map(({ id, ...transaction }) => [id, transaction]));
      },
      async stop() {
        await pump.stop();
        webhook.stop();
        transactions.stop();
        client.destroy();
      },
    };
  },
};
