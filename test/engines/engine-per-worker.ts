import { DeleteTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { TestProject } from 'vitest/node';
import { localClientSettings } from '../../local/database/client-settings.ts';
import { startDynamoDBLocal, type TestEngine } from './dynamodb-local.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The endpoint of Amazon's engine, one for each worker. */
    dynamoDBLocal: string[];
  }
}

const WORKERS = 2;

/** Amazon's engine takes seconds to start, longer than most test files run. So each worker keeps one for all of its files. */
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

/** The engine at an endpoint, emptied like a new one. It is emptied again for the next user. */
export async function emptied(endpoint: string): Promise<TestEngine> {
  const client = new DynamoDBClient(localClientSettings(endpoint));
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) await client.send(new DeleteTableCommand({ TableName }));
  client.destroy();
  return { endpoint, stop: async () => undefined };
}
