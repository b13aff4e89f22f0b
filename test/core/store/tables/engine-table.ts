import { openTable, type Table } from '../../../../core/store/table.ts';
import { LOCAL_CREDENTIALS } from '../../../../local/database/client-settings.ts';
import { REGION } from '../../../../local/template/intrinsics.ts';
import { startTestEngine } from '../../../engines/test-engine.ts';

export interface EngineTable {
  readonly table: Table;
  close(): Promise<void>;
}

/** The table as deployed, keys and indexes and all, empty, on an engine of its own that keeps nothing. */
export async function openEngineTable(start = startTestEngine): Promise<EngineTable> {
  const engine = await start();
  // As the functions find it: by nothing but their environment.
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

/** The template takes longer to load than most tests to run: not where it isn't needed. */
async function createTable(endpoint: string): Promise<string> {
  const { createDeployedTable } = await import('./deployed-table.ts');
  return createDeployedTable(endpoint);
}
