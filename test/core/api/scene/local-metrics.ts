/** The local stack's CloudWatch on a port, for the real client. */
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { localClientSettings } from '../../../../tools/local/database/client-settings.ts';
import { openDataDirectory } from '../../../../tools/local/files/data-directory.ts';
import { cloudWatch } from '../../../../tools/local/metrics/cloudwatch.ts';
import { type MetricStore, openMetricStore } from '../../../../tools/local/metrics/metric-store.ts';
import { startServiceEndpoint } from '../../../../tools/local/services/service-endpoint.ts';
import type { Operation } from '../../../../tools/local/services/service-operation.ts';
import { ALARMS, DESCRIBE_ALARMS } from './alarms.ts';

export interface LocalMetrics {
  readonly store: MetricStore;
  readonly client: CloudWatchClient;
  close(): Promise<void>;
}

export async function openLocalMetrics(): Promise<LocalMetrics> {
  const data = openDataDirectory(':memory:');
  // Tests use dates in any year, and nothing may expire.
  const store = openMetricStore(data, () => 0);
  const served = await serveOperations({
    ...cloudWatch(store),
    [DESCRIBE_ALARMS]: () => ({ MetricAlarms: ALARMS }),
  });
  return {
    store,
    client: served.client,
    async close() {
      await served.close();
      store.close();
      data.close();
    },
  };
}

/** Given operations in place of those of CloudWatch. */
export async function serveOperations(operations: Record<string, Operation>) {
  const endpoint = await startServiceEndpoint(operations);
  const client = new CloudWatchClient({ ...localClientSettings(endpoint.url), maxAttempts: 3 });
  return {
    client,
    async close() {
      client.destroy();
      await endpoint.stop();
    },
  };
}
