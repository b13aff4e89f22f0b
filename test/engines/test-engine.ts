import { inject } from 'vitest';
import { startEngine } from '../../local/database/embedded-engine.ts';
import { startDynamoDBLocal, type TestEngine } from './dynamodb-local.ts';
import { emptied } from './engine-per-worker.ts';
import { startMemoryEngine } from './memory-engine.ts';

/** The engine that the tests are run on, empty and of the test's own (vitest.config.ts, test/mutation). */
export function startTestEngine(): Promise<TestEngine> {
  const { TEST_ENGINE: engine } = process.env;
  if (engine === 'dynamodb-local') return amazonsEngine();
  return engine === 'memory' ? startMemoryEngine() : startEngine({ dbPath: ':memory:' });
}

/** This worker's, where the project started one for it; else one of the test's own. */
function amazonsEngine(): Promise<TestEngine> {
  const endpoint = inject('dynamoDBLocal')?.[Number(process.env.VITEST_POOL_ID) - 1];
  return endpoint === undefined ? startDynamoDBLocal() : emptied(endpoint);
}
