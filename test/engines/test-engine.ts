import { inject } from 'vitest';
import { startEngine } from '../../local/database/embedded-engine.ts';
import { startDynamoDBLocal, type TestEngine } from './dynamodb-local.ts';
import { emptied } from './engine-per-worker.ts';
import { startMemoryEngine } from './memory-engine.ts';

/** The engine of the test project, empty and used by one test (vitest.config.ts, test/mutation). */
export function startTestEngine(): Promise<TestEngine> {
  const { TEST_ENGINE: engine } = process.env;
  if (engine === 'dynamodb-local') return amazonsEngine();
  return engine === 'memory' ? startMemoryEngine() : startEngine({ dbPath: ':memory:' });
}

/** The worker's engine, if the project started one; otherwise a new one. */
function amazonsEngine(): Promise<TestEngine> {
  const endpoint = inject('dynamoDBLocal')?.[Number(process.env.VITEST_POOL_ID) - 1];
  return endpoint === undefined ? startDynamoDBLocal() : emptied(endpoint);
}
