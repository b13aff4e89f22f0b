import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../../core/store/table.ts';
import { LOCAL_CREDENTIALS, localClientSettings } from '../../tools/local/database/client-settings.ts';
import { startDatabase } from '../../tools/local/database/database.ts';
import { tableWithStream } from '../../tools/local/database/tables.ts';
import { openDataDirectory } from '../../tools/local/files/data-directory.ts';
import { REGION } from '../../tools/local/template/intrinsics.ts';
import { Problem } from '../problem.ts';

/** The correlation id of all writes of this run. */
const RUN = `rebuild-${randomUUID()}`;

export interface OpenedTable {
  readonly table: Table;
  close(): Promise<void>;
}

/** Opens a table in AWS, with the usual AWS variables. */
export function openNamed(name: string): OpenedTable {
  const table = openTable(name, () => RUN);
  return { table, close: async () => table.client.destroy() };
}

/**
 * Opens the table of a local stack that is not running: the engine allows one process per file.
 *
 * @throws Problem if there is no such table, or the stack is running
 */
export async function openLocal(directory: string): Promise<OpenedTable> {
  if (!existsSync(directory))
    throw new Problem(
      `There is no local data in ${directory}. DATA_DIR names another folder, TABLE_NAME a table in AWS.`,
    );
  const data = openLocked(directory);
  const database = await startDatabase(process.env.DYNAMODB_ENDPOINT || undefined, data);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = database.endpoint;
  process.env.AWS_REGION = REGION;
  process.env.AWS_ACCESS_KEY_ID = LOCAL_CREDENTIALS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = LOCAL_CREDENTIALS.secretAccessKey;
  const client = new DynamoDBClient(localClientSettings(database.endpoint));
  const name = await tableWithStream(client);
  client.destroy();
  if (name === undefined) throw new Problem(`The data in ${directory} contains no table yet.`);
  const table = openTable(name, () => RUN);
  return {
    table,
    async close() {
      table.client.destroy();
      await database.stop();
      data.close();
    },
  };
}

function openLocked(directory: string) {
  try {
    return openDataDirectory(directory);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(
      `${error.message}\nTo rebuild the table of a running stack: ` +
        "curl -X POST http://127.0.0.1:8787/2015-03-31/functions/rebuild/invocations -d '{}'",
    );
  }
}
