import { DeleteTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { TestProject } from 'vitest/node';
import { localClientSettings } from '../../local/database/client-settings.ts';
import { startDynamoDBLocal, type TestEngine } from './dynamodb-local.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The endpoint of Amazon's engine. */
    dynamoDBLocal: string;
  }
}

/** Amazon's engine takes seconds to start, longer than most test files run. So the only worker keeps one for all of its files. */
export default async function startSharedEngine(project: TestProject): Promise<() => Promise<void>> {
  const engine = await startDynamoDBLocal();
  project.provide('dynamoDBLocal', engine.endpoint);
  return engine.stop;
}

/** The engine at an endpoint, emptied like a new one. It is emptied again for the next user. */
export async function emptied(endpoint: string): Promise<TestEngine> {
  const client = new DynamoDBClient(localClientSettings(endpoint));
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) await client.send(new DeleteTableCommand({ TableName }));
  client.destroy();
  return { endpoint, stop: async () => undefined };
}
