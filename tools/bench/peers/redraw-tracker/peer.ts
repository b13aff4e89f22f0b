import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localClientSettings } from '../../../local/database/client-settings.ts';
import { readFunctions } from '../../../local/runtime/function-definition.ts';
import { readEventSourceMappings } from '../../../local/streams/event-source-mapping.ts';
import { type ProductState, stateOf } from '../../../verification/convergence/product.ts';
import type { Attributes } from '../../../verification/memory-table/expressions.ts';
import { type Deployment, deploy } from '../../deployment.ts';
import { FunctionProcess } from '../lambda/function-process.ts';
import { deliverTo, httpEntry } from '../lambda/lambda-peer.ts';
import { scan } from '../lambda/order-table.ts';
import { startStreamPump } from '../lambda/stream-pump.ts';
import { isOpen } from '../open-redraw.ts';
import type { Peer, RunningPeer, SeenTransaction, Surroundings } from '../peer.ts';

/** As after the first sweep, which stores the time: until then, each batch of `publish` reads it. Before all samples. */
const WATCHING_SINCE = '2025-01-01T00:00:00Z';

/** The functions that are deployed, with the environment and the stream mapping of the template. */
export const redrawTracker: Peer = {
  name: 'redraw-tracker',
  title: 'redraw-tracker',
  async start(surroundings): Promise<RunningPeer> {
    const { assembly, engine, database } = surroundings;
    const deployment = await deploy(assembly, { WATCHING_SINCE }, engine);
    const client = new DynamoDBClient(localClientSettings(engine.endpoint));
    const entryOf = (name: string) =>
      httpEntry(assembly.definition(name).file, deployment.environment(name, database));
    const entry = entryOf('webhook');
    const webhook = new FunctionProcess(entry);
    const mappings = mappingsOf(surroundings);
    const [recompute, publish] = await Promise.all(
      ['recompute', 'publish'].map(async (name) => {
        const process = new FunctionProcess(entryOf(name));
        const { batchSize, matches } = mappings(name);
        const consumer = { process, batchSize, matches };
        const pump = await startStreamPump(engine.endpoint, deployment.tableName, consumer);
        const stop = async () => {
          await pump.stop();
          process.stop();
        };
        return { pump, stop };
      }),
    );
    if (!recompute || !publish) throw new Error('the functions of the stream were not started');
    const settled = async () => {
      await recompute.pump.settled();
      await publish.pump.settled();
    };
    return {
      entry,
      deliver: (sent) => deliverTo(webhook, entry, sent),
      settled,
      processed: () => recompute.pump.processed(),
      transactions: async () => seenIn(stateOf(await scan<Attributes>(client, deployment.tableName))),
      async findLost(junctionUrl, now) {
        await sweep(surroundings, deployment, { junctionUrl, now });
        await settled();
      },
      async stop() {
        await recompute.stop();
        await publish.stop();
        webhook.stop();
        client.destroy();
        await deployment.close();
      },
    };
  },
};

function mappingsOf({ assembly }: Surroundings) {
  const { template } = assembly;
  const mappings = readEventSourceMappings(template, readFunctions(template));
  return (name: string) => {
    const found = mappings.find((mapping) => mapping.function.name === name);
    if (!found) throw new Error(`the template has no stream mapping for ${name}`);
    return found;
  };
}

async function sweep(
  { assembly, database }: Surroundings,
  deployment: Deployment,
  { junctionUrl, now }: { junctionUrl: string; now: string },
): Promise<void> {
  const environment = { ...deployment.environment('sweep', database), JUNCTION_BASE_URL: junctionUrl };
  const fn = new FunctionProcess({ file: assembly.definition('sweep').file, environment });
  try {
    await fn.invoke({ time: now });
  } finally {
    fn.stop();
  }
}

interface ShownTransaction {
  readonly id: string;
  readonly status: string;
  readonly orders: readonly { readonly id: string }[];
  readonly redraw: { readonly order_id: string | null; readonly state: string } | null;
}

/** What the query API shows of the stored items. */
export function seenIn(state: ProductState): Map<string, SeenTransaction> {
  const userOf = (id: string) =>
    (state.orders.get(id) as { user_id: string | null } | undefined)?.user_id ?? null;
  const shown = [...state.transactions.values()] as ShownTransaction[];
  return new Map(
    shown.map(({ id, status, orders, redraw }) => [
      id,
      {
        status,
        orders: orders.map((order) => ({ id: order.id, userId: userOf(order.id) })),
        redraw: redraw && { orderId: redraw.order_id, open: isOpen(redraw.state) },
      },
    ]),
  );
}
