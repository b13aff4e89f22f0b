import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localClientSettings } from '../../../local/database/client-settings.ts';
import { readFunctions } from '../../../local/runtime/function-definition.ts';
import { readEventSourceMappings } from '../../../local/streams/event-source-mapping.ts';
import { type ProductState, stateOf } from '../../../test/convergence/product.ts';
import type { Attributes } from '../../../test/memory-table/expressions.ts';
import { type Deployment, deploy } from '../../deployment.ts';
import { FunctionProcess } from '../lambda/function-process.ts';
import { deliverTo, httpEntry } from '../lambda/lambda-peer.ts';
import { scan } from '../lambda/order-table.ts';
import { startStreamPump } from '../lambda/stream-pump.ts';
import { isOpen } from '../open-redraw.ts';
import type { Peer, RunningPeer, SeenTransaction, Surroundings } from '../peer.ts';

/** The functions that are deployed, with the environment and the stream mapping of the template. */
export const redrawTracker: Peer = {
  name: 'redraw-tracker',
  title: 'redraw-tracker',
  async start(surroundings): Promise<RunningPeer> {
    const { assembly, engine, database } = surroundings;
    const deployment = await deploy(assembly, {}, engine);
    const client = new DynamoDBClient(localClientSettings(engine.endpoint));
    const entryOf = (name: string) =>
      httpEntry(assembly.definition(name).file, deployment.environment(name, database));
    const entry = entryOf('webhook');
    const [webhook, recompute] = [new FunctionProcess(entry), new FunctionProcess(entryOf('recompute'))];
    const { batchSize, matches } = recomputeMapping(surroundings);
    const pump = await startStreamPump(engine.endpoint, deployment.tableName, {
      process: recompute,
      batchSize,
      matches,
    });
    return {
      entry,
      deliver: (sent) => deliverTo(webhook, entry, sent),
      settled: () => pump.settled(),
      processed: () => pump.processed(),
      transactions: async () => seenIn(stateOf(await scan<Attributes>(client, deployment.tableName))),
      async findLost(junctionUrl, now) {
        await sweep(surroundings, deployment, { junctionUrl, now });
        await pump.settled();
      },
      async stop() {
        await pump.stop();
        webhook.stop();
        recompute.stop();
        client.destroy();
        await deployment.close();
      },
    };
  },
};

function recomputeMapping({ assembly }: Surroundings) {
  const { template } = assembly;
  const mappings = readEventSourceMappings(template, readFunctions(template));
  const found = mappings.find((mapping) => mapping.function.name === 'recompute');
  if (!found) throw new Error('the template has no stream mapping for recompute');
  return found;
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
