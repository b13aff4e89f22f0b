import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { isOfKind, itemName } from '../../../../core/store/table-layout.ts';
import { receive } from '../../../../core/use-cases/receive-webhook.ts';
import { localClientSettings } from '../../../local/database/client-settings.ts';
import { Course } from '../../../verification/convergence/product.ts';
import type { Attributes } from '../../../verification/memory-table/expressions.ts';
import { MemoryTable } from '../../../verification/memory-table/memory-table.ts';
import { FunctionProcess } from '../lambda/function-process.ts';
import { peerEnvironment } from '../lambda/lambda-peer.ts';
import { scan } from '../lambda/order-table.ts';
import { type Entry, NotAccepted, type Peer, type RunningPeer } from '../peer.ts';
import { seenIn } from '../redraw-tracker/peer.ts';

const TABLE = 'bare-update-orders';

/** The limit: the first write of our webhook, with the same bytes, and nothing around it. */
export const bareUpdate: Peer = {
  name: 'bare-update',
  title: 'The bare conditional UpdateItem',
  async start(surroundings): Promise<RunningPeer> {
    const client = new DynamoDBClient(localClientSettings(surroundings.engine.endpoint));
    await createTable(client);
    const entry: Entry = {
      file: surroundings.references.plain,
      environment: peerEnvironment(surroundings, {}),
      eventOf: ({ body }) => firstWriteOf(body),
    };
    const update = new FunctionProcess(entry);
    return {
      entry,
      async deliver(webhook) {
        const input = await entry.eventOf(webhook);
        if (!input) return { wall: 0, cpu: 0 };
        try {
          return (await update.invoke(input)).spent;
        } catch (error) {
          if (String(error).includes('ConditionalCheckFailed')) return { wall: 0, cpu: 0 };
          throw new NotAccepted(String(error));
        }
      },
      settled: async () => undefined,
      transactions: async () => seenIn(await transactionsFrom(await scan<Attributes>(client, TABLE))),
      async stop() {
        update.stop();
        client.destroy();
      },
    };
  },
};

async function createTable(client: DynamoDBClient): Promise<void> {
  const keys = ['pk', 'sk'] as const;
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys.map((name) => ({ AttributeName: name, KeyType: name === 'pk' ? 'HASH' : 'RANGE' })),
      AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    }),
  );
}

/** The input of the first request that our webhook sends for a body; null if it sends none. */
async function firstWriteOf(body: string): Promise<object | null> {
  const sent: Sent[] = [];
  const client = {
    send: async (command: { input: Sent }) => {
      sent.push(command.input);
      return {};
    },
  };
  const table = { client: client as unknown as DynamoDBDocumentClient, name: TABLE };
  await receive({ table, quarantine: table, quarantineRetentionDays: 1 }, Buffer.from(body), new Date());
  const [first] = sent;
  if (!first?.Key) return null;
  const { Key, ExpressionAttributeValues: values = {} } = first;
  const marshalled = marshall(values, { removeUndefinedValues: true });
  return { ...first, Key: marshall(Key), ExpressionAttributeValues: marshalled };
}

interface Sent {
  readonly Key?: Attributes;
  readonly ExpressionAttributeValues?: Attributes;
}

/** What our rules make of the items: the benchmark itself computes the transactions, because nothing else does. */
async function transactionsFrom(items: readonly Attributes[]) {
  const table = new MemoryTable(new Map(items.map((item) => [`${item.pk} ${item.sk}`, item])));
  const orders = items.filter(({ sk }) => isOfKind('ORDER', sk));
  const changes = new Map(orders.map((item) => [itemName(item), [{ before: null, after: item }]]));
  return (await new Course(null, { table, waiting: changes }).end(() => 0)).state;
}
