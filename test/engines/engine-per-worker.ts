import { DeleteTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { TestProject } from 'vitest/node';
import { localClientSettings } from '../../local/database/client-settings.ts';
import { startDynamoDBLocal, type TestEngine } from './dynamodb-local.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where Amazon's engine answers, one for each worker. */
    dynamoDBLocal: string[];
  }
}

const WORKERS = 2;

/** Amazon's engine takes seconds to start, which most files of tests do not: each worker keeps one for all of its files. */
export default async function startEngines(project: TestProject): Promise<() => Promise<void>> {
  const engines = await Promise.all(Array.from({ length: WORKERS }, startDynamoDBLocal));
  project.provide(
    'dynamoDBLocal',
    engines.map(({ endpoint }) => endpoint),
  );
  return async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
  };
}

/** The engine at an endpoint, as empty as one just started. Whoever gets it next finds it so again. */
export async function emptied(endpoint: string): Promise<TestEngine> {
  const client = new DynamoDBClient(localClientSettings(endpoint));
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) await client.send(new DeleteTableCommand({ TableName }));
  client.destroy();
  return { endpoint, stop: async () => undefined };
}
