import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { idIn, isOfKind } from '../../../core/store/table-layout.ts';
import { localClientSettings } from '../../local/database/client-settings.ts';
import { journeys } from '../../sandbox/journeys/journeys.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type Deployment, deploy } from '../deployment.ts';
import { feed } from '../feed.ts';
import type { MeteredRequest } from '../meter.ts';
import { startMeter } from '../meter.ts';
import type { Options } from '../options.ts';
import { fill, type Models, modelItems } from '../stored-orders.ts';
import type { Tools } from '../tools.ts';
import { queryEvent } from './query-event.ts';

/** The cost of an operation by the number of stored orders. */
export interface Growth {
  readonly operation: string;
  readonly stored: number;
  /** Means for webhooks, else of one call. */
  readonly requests: number;
  readonly units: number;
}

/** Long after the journeys, so that every open redraw is due. */
const NOW = '2026-01-01T00:00:00Z';
const JOURNEYS = 5;

/** Requests and units of every operation at each size. */
export async function growth(tools: Tools, { growthSizes }: Options): Promise<Growth[]> {
  const sandbox = await startSandbox({ journeys: [] });
  try {
    const models = await modelItems(tools.assembly);
    const grown: Growth[] = [];
    for (const stored of growthSizes) grown.push(...(await growthAt(tools, sandbox, models, stored)));
    return grown;
  } finally {
    await sandbox.close();
  }
}

async function growthAt(
  { assembly }: Tools,
  sandbox: Sandbox,
  models: Models,
  stored: number,
): Promise<Growth[]> {
  const deployment = await deploy(assembly, { JUNCTION_BASE_URL: sandbox.url });
  const meter = await startMeter(deployment.engine.endpoint);
  try {
    await fill(deployment, models, stored);
    const id = await someTransaction(deployment);
    const query = deployment.start('query', meter.endpoint);
    const sweep = deployment.start('sweep', meter.endpoint);
    const ask = (event: object) => query.invoke(JSON.stringify(event));
    const calls: Record<string, () => ReturnType<typeof ask>> = {
      'one transaction': () => ask(queryEvent('GET /v1/transactions/{id}', { path: { id } })),
      'list page': () => ask(queryEvent('GET /v1/transactions')),
      'worklist page': () => ask(queryEvent('GET /v1/redraws', { query: { state: 'open' } })),
      summary: () => ask(queryEvent('GET /v1/summary')),
      search: () => ask(queryEvent('GET /v1/search', { query: { q: id } })),
      'sweep, 100 due': () => sweep.invoke(JSON.stringify({ time: NOW })),
    };
    const grown: Growth[] = [];
    for (const [operation, call] of Object.entries(calls)) {
      meter.taken();
      const result = await call();
      if (!result.ok) throw new Error(`${operation} failed: ${result.failure.errorMessage}`);
      const { statusCode = 200 } = JSON.parse(result.payload) as { statusCode?: number };
      if (statusCode !== 200) throw new Error(`${operation} was answered ${result.payload}`);
      grown.push({ operation, stored, ...costOf(meter.taken(), 1) });
    }
    const fed = await feed(deployment, journeys(9, JOURNEYS, { spelling: 'documented' }));
    for (const part of ['webhook', 'recompute'] as const) {
      const requests = fed.flatMap((one) => one[part]);
      grown.unshift({ operation: part, stored, ...costOf(requests, fed.length) });
    }
    return grown;
  } finally {
    await meter.close();
    await deployment.close();
  }
}

async function someTransaction({ engine, tableName }: Deployment): Promise<string> {
  const client = new DynamoDBClient(localClientSettings(engine.endpoint));
  try {
    for await (const { Items = [] } of paginateScan({ client, pageSize: 200 }, { TableName: tableName })) {
      const found = Items.find(({ sk }) => isOfKind('TX', sk?.S));
      if (found) return idIn('TX', { pk: found.pk?.S, sk: found.sk?.S });
    }
    throw new Error('nothing is stored');
  } finally {
    client.destroy();
  }
}

function costOf(requests: readonly MeteredRequest[], calls: number): Pick<Growth, 'requests' | 'units'> {
  const units = requests.reduce((sum, { tableUnits, indexUnits }) => sum + tableUnits + indexUnits, 0);
  return { requests: requests.length / calls, units: units / calls };
}

/**
 * How the units grow with the size, between the smallest and the largest: 0 if they do not, 1 if they grow in proportion.
 */
export function slopeOf(grown: readonly Growth[], operation: string): number {
  const of = grown.filter((one) => one.operation === operation).sort((a, b) => a.stored - b.stored);
  const [first, last] = [of[0], of.at(-1)];
  if (!first || !last || first === last) return 0;
  return Math.log(last.units / first.units) / Math.log(last.stored / first.stored);
}
