import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { transactionEvents } from '../../core/domain/events/transaction-events.ts';
import type { HeldTransaction } from '../../core/domain/stored/stored-transaction.ts';
import { INDEXES, idIn, isOfKind } from '../../core/store/table-layout.ts';
import { readHeldItem } from '../../core/store/transactions/transaction-item.ts';
import { deploy, openAssembly } from '../bench/deployment.ts';
import { type Fed, feed, transactionsPut } from '../bench/feed.ts';
import type { MeteredRequest } from '../bench/meter.ts';
import { localClientSettings } from '../local/database/client-settings.ts';
import { population } from '../sandbox/population.ts';
import { countsOf } from './deployed-counts.ts';
import type { Measured } from './measured.ts';

const SEED = 18;
const JOURNEYS = 200;
const DAY = 86_400_000;

type RawItem = Record<string, AttributeValue>;

/**
 * Measures what an order uses: runs the deployable functions with the webhooks of a realistic population from the sandbox, on
 * the embedded engine, which reports the units of each request.
 */
export async function measure(now: Date): Promise<Measured> {
  const assembly = await openAssembly();
  const deployment = await deploy(assembly);
  const client = new DynamoDBClient(localClientSettings(deployment.engine.endpoint));
  try {
    const people = population(SEED, JOURNEYS, { from: new Date(now.getTime() - 90 * DAY), to: now });
    const fed = await feed(deployment, [...people]);
    const items: RawItem[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: deployment.tableName }))
      items.push(...Items);
    return {
      measured_at: now.toISOString().slice(0, 10),
      counted_at: now.toISOString().slice(0, 10),
      ...figuresOf(fed, items, people.redraws().length),
      deployed: countsOf(assembly.template),
    };
  } finally {
    client.destroy();
    await deployment.close();
    assembly.close();
  }
}

function figuresOf(
  fed: readonly Fed[],
  items: readonly RawItem[],
  redraws: number,
): Omit<Measured, 'measured_at' | 'counted_at' | 'deployed'> {
  const orders = items.filter(({ sk }) => isOfKind('ORDER', sk?.S)).length;
  const kept = items.filter(({ sk }) => isOfKind('ORDER', sk?.S) || isOfKind('TX', sk?.S));
  const perOrder = (sum: number) => round(sum / orders);
  const of = (
    requests: (one: Fed) => readonly MeteredRequest[],
    value: (request: MeteredRequest) => number,
  ) => perOrder(fed.flatMap(requests).reduce((sum, request) => sum + value(request), 0));
  const events = eventsOf(fed);
  const isRead = ({ operation }: MeteredRequest) => /Get|Query/.test(operation);
  return {
    sample: { orders, webhooks: fed.length, seed: SEED, redraws },
    webhooks: perOrder(fed.length),
    webhook_write_units: of(
      ({ webhook }) => webhook,
      ({ tableUnits }) => tableUnits,
    ),
    recompute_read_units: of(
      ({ recompute }) => recompute.filter(isRead),
      ({ tableUnits }) => tableUnits,
    ),
    recompute_write_units: of(
      ({ recompute }) => recompute.filter((one) => !isRead(one)),
      ({ tableUnits }) => tableUnits,
    ),
    index_write_units: of(
      ({ recompute }) => recompute,
      ({ indexUnits }) => indexUnits,
    ),
    counting_write_units: of(
      ({ publish }) => publish,
      ({ tableUnits }) => tableUnits,
    ),
    events: perOrder(events.length),
    event_bytes: round(events.reduce((sum, text) => sum + text.length, 0) / Math.max(1, events.length)),
    table_bytes: perOrder(kept.reduce((sum, item) => sum + bytesOf(item), 0)),
    index_bytes: perOrder(kept.reduce((sum, item) => sum + indexBytesOf(item), 0)),
  };
}

/** The events of all changes of transactions, as text. */
function eventsOf(fed: readonly Fed[]): string[] {
  const before = new Map<string, HeldTransaction>();
  return fed.flatMap(({ recompute }) =>
    recompute
      .flatMap(({ input }) => transactionsPut(input))
      .flatMap((raw) => {
        const name = idIn('TX', { pk: raw.pk?.S, sk: raw.sk?.S });
        const after = readHeldItem(unmarshall(raw));
        const events = transactionEvents(before.get(name) ?? null, after);
        before.set(name, after);
        return events.map((event) => JSON.stringify(event));
      }),
  );
}

/**
 * The size by which DynamoDB bills storage, to a few percent: names and values in UTF-8, and 100 bytes for the item.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
function bytesOf(item: RawItem): number {
  return 100 + Object.entries(item).reduce((sum, [name, value]) => sum + name.length + valueBytes(value), 0);
}

function valueBytes(value: RawItem[string] | undefined): number {
  if (value === undefined) return 0;
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.SS !== undefined) return value.SS.reduce((sum, text) => sum + Buffer.byteLength(text), 3);
  if (value.L !== undefined) return value.L.reduce((sum, one) => sum + 1 + valueBytes(one), 3);
  if (value.M === undefined) return 1;
  return Object.entries(value.M).reduce((sum, [name, one]) => sum + 1 + name.length + valueBytes(one), 3);
}

/** An index entry holds its own keys and those of the table. */
function indexBytesOf(item: RawItem): number {
  return Object.values(INDEXES).reduce((sum, { partitionKey, sortKey }) => {
    const names = ['pk', 'sk', partitionKey, sortKey];
    if (names.some((name) => item[name] === undefined)) return sum;
    return sum + bytesOf(Object.fromEntries(names.map((name) => [name, item[name]])) as RawItem);
  }, 0);
}

const round = (value: number) => Number(value.toPrecision(4));
