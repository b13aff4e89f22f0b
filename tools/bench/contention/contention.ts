import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localClientSettings } from '../../local/database/client-settings.ts';
import { stateOf } from '../../verification/convergence/product.ts';
import type { Attributes } from '../../verification/memory-table/expressions.ts';
import { enveloped, event, listed, march, transaction, walkIn } from '../../verification/oracle/bodies.ts';
import { type Deployment, deploy } from '../deployment.ts';
import { startMeter } from '../meter.ts';
import type { Options } from '../options.ts';
import { FunctionProcess } from '../peers/lambda/function-process.ts';
import { httpEntry } from '../peers/lambda/lambda-peer.ts';
import { scan } from '../peers/lambda/order-table.ts';
import { seenIn } from '../peers/redraw-tracker/peer.ts';
import { Progress } from '../progress.ts';
import { textTable } from '../text-table.ts';
import type { Tools } from '../tools.ts';
import { webhookEvent } from '../webhook-event.ts';
import { rightStates, wrongOnes } from '../wrong-states/kinds.ts';
import { orderChanges } from './order-changes.ts';

/** Concurrent writers of one transaction, each with a webhook of a different order. */
export interface Contention {
  readonly writers: number;
  /** Conditional writes that lost. */
  readonly conflicts: number;
  /** Recomputes that gave up and were redelivered by the stream. */
  readonly repeated: number;
  /** Until all orders are in the transaction (ms). */
  readonly settledAfter: number;
  readonly wrong: number;
}

const MAX_REPETITIONS = 50;

export async function contention(tools: Tools, { writers }: Options): Promise<Contention[]> {
  const progress = new Progress('Writers of one transaction', writers.length);
  const measured: Contention[] = [];
  for (const count of writers) {
    const deployment = await deploy(tools.assembly);
    try {
      measured.push(await contentionOf(tools, deployment, count));
    } finally {
      await deployment.close();
    }
    progress.step();
  }
  return measured;
}

async function contentionOf(
  { assembly }: Tools,
  deployment: Deployment,
  writers: number,
): Promise<Contention> {
  const meter = await startMeter(deployment.engine.endpoint);
  const start = (name: string) =>
    new FunctionProcess(
      httpEntry(assembly.definition(name).file, deployment.environment(name, meter.endpoint)),
    );
  const [webhook, recompute] = [start('webhook'), start('recompute')];
  const client = new DynamoDBClient(localClientSettings(deployment.engine.endpoint));
  const bodies = Array.from({ length: writers }, (_, index) => bodyOf(index + 1));
  try {
    const begun = performance.now();
    await Promise.all(
      bodies.map((body, index) => webhook.invoke(JSON.parse(webhookEvent(body, `msg_${index}`)))),
    );
    // Lambda processes changes of different orders at the same time, and those of one order in turn.
    const changes = await orderChanges(deployment);
    const tries = await Promise.all(changes.map((change) => untilProcessed(recompute, change)));
    const settledAfter = performance.now() - begun;
    const state = stateOf(await scan<Attributes>(client, deployment.tableName));
    const right = rightStates(bodies.map((body) => ({ body, receivedAt: new Date().toISOString() })));
    return {
      writers,
      conflicts: meter.taken().filter(({ isRefused }) => isRefused).length,
      repeated: tries.reduce((sum, count) => sum + count - 1, 0),
      settledAfter,
      wrong: wrongOnes(right, seenIn(state)).size,
    };
  } finally {
    webhook.stop();
    recompute.stop();
    client.destroy();
    await meter.close();
  }
}

/** Order `n` of the transaction, which lists only itself, so that each writer has new facts. */
function bodyOf(n: number): string {
  const origin = n === 1 ? 'initial' : 'redraw';
  const at = march(1 + (n % 28));
  const list = [listed(n, 'ordered', at, { origin })];
  const order = walkIn(n, [event(n, 'ordered', at)], {
    origin,
    created_at: at,
    updated_at: at,
    order_transaction: transaction(1, 'active', list),
  });
  return JSON.stringify(enveloped(order));
}

async function untilProcessed(recompute: FunctionProcess, record: object): Promise<number> {
  for (let tried = 1; tried <= MAX_REPETITIONS; tried += 1) {
    const { answer } = await recompute.invoke({ Records: [record] });
    if ((answer as { batchItemFailures: unknown[] }).batchItemFailures.length === 0) return tried;
  }
  throw new Error('a recompute keeps losing to other writers');
}

export function contentionTable(measured: readonly Contention[]): string {
  if (measured.length === 0) return '';
  return textTable([
    ['writers of one transaction', 'conflicts', 'repeated', 'settled after ms', 'wrong'],
    ...measured.map(({ writers, conflicts, repeated, settledAfter, wrong }) =>
      [writers, conflicts, repeated, Math.round(settledAfter), wrong].map(String),
    ),
  ]);
}
