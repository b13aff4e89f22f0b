import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemBytes, type RawItem } from './item-size.ts';

/** A request to the database and its cost. */
export interface MeteredRequest {
  /** `UpdateItem`, `Query`, … */
  readonly operation: string;
  readonly input: Record<string, unknown>;
  /** Units on the table. A rejected write costs by the size of the existing item, as in DynamoDB. */
  readonly tableUnits: number;
  /** Units on all indexes. */
  readonly indexUnits: number;
  /** The same by the name of the index. */
  readonly byIndex: Readonly<Record<string, number>>;
  /** Whether it failed, mostly because of its condition. */
  readonly isRefused: boolean;
  /** Items read. */
  readonly items: number;
}

/** A proxy between a function and the database that records every request, including retries. */
export interface Meter {
  readonly endpoint: string;
  /** The requests since the last call. */
  taken(): MeteredRequest[];
  close(): Promise<void>;
}

interface Answer {
  ConsumedCapacity?: Capacity | Capacity[];
  Item?: RawItem;
  Items?: object[];
  Responses?: Record<string, object[]> | { Item?: object }[];
}

interface Capacity {
  CapacityUnits?: number;
  Table?: { CapacityUnits?: number };
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits?: number }>;
}

const METERED = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactWriteItems',
  'TransactGetItems',
]);

/**
 * @param endpoint the database endpoint
 * @param latency how much longer each answer takes (ms)
 */
export async function startMeter(endpoint: string, latency = 0): Promise<Meter> {
  const agent = new Agent({ keepAlive: true });
  let requests: MeteredRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const sent = await read(incoming);
    const input = JSON.parse(sent.toString() || '{}') as Record<string, unknown>;
    const body = METERED.has(operation)
      ? Buffer.from(JSON.stringify({ ...input, ReturnConsumedCapacity: 'INDEXES' }))
      : sent;
    const forwarded = request(endpoint, {
      method: 'POST',
      agent,
      headers: { ...incoming.headers, 'content-length': body.length },
    });
    forwarded.end(body);
    const [answered] = (await once(forwarded, 'response')) as [IncomingMessage];
    const text = await read(answered);
    if (METERED.has(operation)) requests.push(metered(operation, input, answered.statusCode ?? 0, text));
    if (latency > 0) await sleep(latency);
    // The body is forwarded unchanged, so its checksum stays valid.
    response.writeHead(answered.statusCode ?? 500, answered.headers);
    response.end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken() {
      const taken = requests;
      requests = [];
      return taken;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function metered(
  operation: string,
  input: Record<string, unknown>,
  status: number,
  text: Buffer,
): MeteredRequest {
  const answer = JSON.parse(text.toString() || '{}') as Answer;
  if (status !== 200) {
    const tableUnits = Math.max(1, Math.ceil(itemBytes(answer.Item ?? {}) / 1024));
    return { operation, input, tableUnits, indexUnits: 0, byIndex: {}, isRefused: true, items: 0 };
  }
  const parts = [answer.ConsumedCapacity ?? []].flat();
  const indexes = parts.flatMap((part) => Object.entries(part.GlobalSecondaryIndexes ?? {}));
  const tableUnits = sum(parts.map((part) => part.Table?.CapacityUnits));
  return {
    operation,
    input,
    tableUnits,
    indexUnits: sum(indexes.map(([, index]) => index.CapacityUnits)),
    byIndex: Object.fromEntries(indexes.map(([name, { CapacityUnits = 0 }]) => [name, CapacityUnits])),
    isRefused: false,
    items: itemsIn(answer),
  };
}

function itemsIn({ Item, Items = [], Responses = [] }: Answer): number {
  return Items.length + (Item ? 1 : 0) + Object.values(Responses).flat().length;
}

function sum(units: readonly (number | undefined)[]): number {
  return units.reduce<number>((total, one) => total + (one ?? 0), 0);
}
