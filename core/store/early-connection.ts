import { DescribeEndpointsCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from './table.ts';

/** How long the first request may wait for the connection (ms). */
const TIMEOUT = 1_000;

/**
 * Opens a connection to DynamoDB and resolves the credentials before the first request needs them. Never fails: if there is no
 * connection, the first request opens one.
 *
 * The request uses no capacity. It needs no permission either, except through a VPC endpoint, and a denial opens the connection
 * just as well:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/inter-network-traffic-privacy.html
 */
export async function connectEarly({ client }: Table): Promise<void> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    await client.send(new DescribeEndpointsCommand({}), { abortSignal: abort.signal });
  } catch {
    // What is wrong shows in the first request, which reports it.
  } finally {
    clearTimeout(timer);
  }
}
