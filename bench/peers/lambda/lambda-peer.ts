import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { bundleFunctions } from '../../../lib/bundling/function-bundles.ts';
import { LOCAL_CREDENTIALS, localClientSettings } from '../../../local/database/client-settings.ts';
import { REGION } from '../../../local/template/intrinsics.ts';
import { WEBHOOK_SECRET } from '../../deployment.ts';
import { webhookEvent } from '../../webhook-event.ts';
import { transactionsOf } from '../junction/transaction.ts';
import {
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
  bundleFunctions({ functionsDirectory: join(import.meta.dirname, '..', peer), outputDirectory });
  return (fn) => join(outputDirectory, fn, 'index.js');
}

export function peerEnvironment(
  { database }: Pick<Surroundings, 'database'>,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    WEBHOOK_SECRET,
    AWS_ENDPOINT_URL_DYNAMODB: database,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    TZ: ':UTC',
    ...more,
  };
}

/** @throws {NotAccepted} if the answer is not 2xx */
export async function deliverTo(fn: FunctionProcess, { svixId, body }: SentWebhook): Promise<Spent> {
  const { answer, spent } = await fn
    .invoke(JSON.parse(webhookEvent(body, svixId)))
    .catch((error: unknown) => {
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
      const webhook = new FunctionProcess(
        bundlesOf(name, surroundings.place)('webhook'),
        peerEnvironment(surroundings, { ORDERS_TABLE: table }),
      );
      return {
        deliver: (sent) => deliverTo(webhook, sent),
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
