import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DynamoDBClient,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { idIn, isOfKind, orderKey, transactionKey } from '../../core/store/table-layout.ts';
import { localClientSettings } from '../local/database/client-settings.ts';
import type { Script } from '../sandbox/journeys/catalogue.ts';
import { journeys } from '../sandbox/journeys/journeys.ts';
import { type Assembly, type Deployment, deploy } from './deployment.ts';
import { feed } from './feed.ts';
import { Progress } from './progress.ts';

type Item = Record<string, AttributeValue>;

/** The number of stored transactions with a redraw that is due. */
export const DUE = 100;
/** One in this many of the transactions that are not due has an open redraw that becomes due later. */
const ONE_OPEN_IN = 20;
const BATCHES_AT_ONCE = 8;
const LATER = '2036';

const STALLED: readonly Script[] = [
  'redraw_never_ordered',
  'redraw_stalled_without_requisition',
  'redraw_stalled_without_appointment',
  'redraw_stalled_after_draw',
];
const DONE: readonly Script[] = ['walk_in_completed', 'redraw_completed', 'testkit_completed'];

/** All items of a transaction and its orders, as written by the functions. */
export interface Models {
  readonly due: Item[][];
  readonly open: Item[][];
  readonly done: Item[][];
}

export async function modelItems(assembly: Assembly): Promise<Models> {
  const stalled = await itemsOf(assembly, STALLED);
  return {
    due: stalled,
    open: stalled.map(postponed),
    done: (await itemsOf(assembly, DONE)).map(postponed),
  };
}

async function itemsOf(assembly: Assembly, scripts: readonly Script[]): Promise<Item[][]> {
  const deployment = await deploy(assembly);
  const client = new DynamoDBClient(localClientSettings(deployment.engine.endpoint));
  try {
    const some = journeys(6, scripts.length * 4, { scripts, spelling: 'documented' });
    await feed(deployment, some);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: deployment.tableName }));
    const transactions = Items.filter(({ sk }) => isOfKind('TX', sk?.S));
    return transactions.map((transaction) => [
      transaction,
      ...Items.filter(
        (item) =>
          isOfKind('ORDER', item.sk?.S) && Object.hasOwn(transaction.contributions?.M ?? {}, idOf(item)),
      ),
    ]);
  } finally {
    client.destroy();
    await deployment.close();
  }
}

function idOf({ pk, sk }: Item): string {
  return idIn(isOfKind('TX', sk?.S) ? 'TX' : 'ORDER', { pk: pk?.S, sk: sk?.S });
}

/** The same items, but due and checked years later. */
function postponed([transaction = {}, ...orders]: Item[]): Item[] {
  const later = (place: AttributeValue | undefined) => ({ S: `${LATER}${place?.S?.slice(4)}` });
  const { d_sk, k_sk, check_at } = transaction;
  return [
    {
      ...transaction,
      ...(d_sk && { d_sk: later(d_sk) }),
      ...(k_sk && { k_sk: later(k_sk) }),
      ...(check_at?.S && { check_at: later(check_at) }),
    },
    ...orders,
  ];
}

/** A copy with other ids. Their first digits are unchanged, because they select the buckets of the indexes. */
function copyOf(items: readonly Item[]): Item[] {
  const ids = new Map(items.map((item) => [idOf(item), idOf(item).slice(0, 4) + randomUUID().slice(4)]));
  let text = JSON.stringify(items);
  for (const [id, copy] of ids) text = text.replaceAll(id, copy);
  return (JSON.parse(text) as Item[]).map((item, index) => {
    const of = items[index] ?? {};
    const id = ids.get(idOf(of)) ?? '';
    return { ...item, ...marshall(isOfKind('TX', of.sk?.S) ? transactionKey(id) : orderKey(id)) };
  });
}

/** Stores orders, with a hundred due transactions among them. */
export async function fill(
  deployment: Deployment,
  { due, open, done }: Models,
  stored: number,
): Promise<void> {
  const client = new DynamoDBClient(localClientSettings(deployment.engine.endpoint));
  const { tableName } = deployment;
  // Nothing reads the stream here, and each stored record slows down the engine.
  const off = { TableName: tableName, StreamSpecification: { StreamEnabled: false } };
  await client.send(new UpdateTableCommand(off));
  const progress = new Progress(`Storing ${stored} orders`, stored);
  let written = 0;
  let made = 0;
  const batches = batched(function* () {
    while (written < stored) {
      const models = made < DUE ? due : made % ONE_OPEN_IN === 0 ? open : done;
      const items = copyOf(models[made % models.length] ?? []);
      const orders = items.length - 1;
      made += 1;
      written += orders;
      progress.step(orders);
      yield* items;
    }
  });
  const worker = async () => {
    for (const batch of batches) {
      const puts = batch.map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, worker));
  client.destroy();
}

function* batched(items: () => Generator<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items()) {
    batch.push(item);
    if (batch.length < 25) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
