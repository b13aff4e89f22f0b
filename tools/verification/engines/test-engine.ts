import { inject } from 'vitest';
import { startEngine } from '../../local/database/embedded-engine.ts';
import { startDynamoDBLocal, type TestEngine } from './dynamodb-local.ts';
import { startMemoryEngine } from './memory-engine.ts';
import { emptied } from './shared-dynamodb-local.ts';

/** The engine of the test project, empty and used by one test (vitest.config.ts, tools/verification/mutation). */
export function startTestEngine(): Promise<TestEngine> {
  const { TEST_ENGINE: engine } = process.env;
  if (engine === 'dynamodb-local') return amazonsEngine();
  return engine === 'memory' ? startMemoryEngine() : startEngine({ dbPath: ':memory:' });
}

/** The project's engine, if it started one; otherwise a new one. */
function amazonsEngine(): Promise<TestEngine> {
  const endpoint = inject('dynamoDBLocal');
  return endpoint === undefined ? startDynamoDBLocal() : emptied(endpoint);
}
