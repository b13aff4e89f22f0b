import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { bundleFunctions } from '../../../../lib/bundling/function-bundles.ts';
import { LOCAL_CREDENTIALS, localClientSettings } from '../../../local/database/client-settings.ts';
import { REGION } from '../../../local/template/intrinsics.ts';
import { SANDBOX_API_KEY } from '../../../sandbox/server.ts';
import { WEBHOOK_SECRET } from '../../deployment.ts';
import { webhookEvent } from '../../webhook-event.ts';
import { transactionsOf } from '../junction/transaction.ts';
import {
  type Entry,
  NotAccepted,
  type Peer,
  type PeerName,
  type RunningPeer,
  type SentWebhook,
  type Spent,
  type Surroundings,
} from '../peer.ts';
import { FunctionProcess } from './function-process.ts';
import { type OrderItem, orderOf } from './order-item.ts';
import { createOrderTable, scan } from './order-table.ts';

/** Bundles the functions of a peer as ours are bundled. @returns the file of a function by its name */
export function bundlesOf(peer: PeerName, place: string): (fn: string) => string {
  const outputDirectory = join(place, 'peers', peer);
  const functionsDirectory = join(import.meta.dirname, '..', peer);
  bundleFunctions({ functionsDirectory, outputDirectory, keepsModules: true });
  return (fn) => join(outputDirectory, fn, 'index.js');
}

export function peerEnvironment(
  { database, junctionUrl }: Pick<Surroundings, 'database' | 'junctionUrl'>,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    WEBHOOK_SECRET,
    JUNCTION_BASE_URL: junctionUrl,
    JUNCTION_API_KEY: SANDBOX_API_KEY,
    AWS_ENDPOINT_URL_DYNAMODB: database,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    TZ: ':UTC',
    ...more,
  };
}

/** The entry of a function that takes events of API Gateway. */
export function httpEntry(file: string, environment: Readonly<Record<string, string>>): Entry {
  return {
    file,
    environment,
    eventOf: async ({ svixId, body }) => JSON.parse(webhookEvent(body, svixId)) as unknown,
  };
}

/** @throws {NotAccepted} if the answer is not 2xx */
export async function deliverTo(fn: FunctionProcess, entry: Entry, webhook: SentWebhook): Promise<Spent> {
  const event = await entry.eventOf(webhook);
  const { answer, spent } = await fn.invoke(event).catch((error: unknown) => {
    throw new NotAccepted(String(error));
  });
  const { statusCode = 0 } = answer as { statusCode?: number };
  if (statusCode < 200 || statusCode > 299) throw new NotAccepted(`answered ${statusCode}`);
  return spent;
}

/** A peer with one function, one table of orders, and status by query. */
export function orderTablePeer(name: PeerName, title: string): Peer {
  return {
    name,
    title,
    async start(surroundings): Promise<RunningPeer> {
      const client = new DynamoDBClient(localClientSettings(surroundings.engine.endpoint));
      const table = `${name}-orders`;
      await createOrderTable(client, table);
      const environment = peerEnvironment(surroundings, { ORDERS_TABLE: table });
      const entry = httpEntry(bundlesOf(name, surroundings.place)('webhook'), environment);
      const webhook = new FunctionProcess(entry);
      return {
        entry,
        deliver: (sent) => deliverTo(webhook, entry, sent),
        settled: async () => undefined,
        transactions: async () =>
          transactionsOf((await scan<OrderItem>(client, table)).map((item) => orderOf(item))),
        async stop() {
          webhook.stop();
          client.destroy();
        },
      };
    },
  };
}
