import { openTable, type Table } from '../../../../core/store/table.ts';
import { LOCAL_CREDENTIALS } from '../../../../tools/local/database/client-settings.ts';
import { REGION } from '../../../../tools/local/template/intrinsics.ts';
import { startTestEngine } from '../../../../tools/verification/engines/test-engine.ts';

export interface EngineTable {
  readonly table: Table;
  close(): Promise<void>;
}

/** An empty table with the deployed keys and indexes, on its own engine in memory. */
export async function openEngineTable(start = startTestEngine): Promise<EngineTable> {
  const engine = await start();
  // The functions find it in the same way: only by their environment.
  process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint;
  process.env.AWS_REGION = REGION;
  process.env.AWS_ACCESS_KEY_ID = LOCAL_CREDENTIALS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = LOCAL_CREDENTIALS.secretAccessKey;
  const table = openTable(engine.tableName ?? (await createTable(engine.endpoint)));
  return {
    table,
    close: async () => {
      table.client.destroy();
      await engine.stop();
    },
  };
}

/** Loaded on demand: the template takes longer to load than most tests to run. */
async function createTable(endpoint: string): Promise<string> {
  const { createDeployedTable } = await import('./deployed-table.ts');
  return createDeployedTable(endpoint);
}
