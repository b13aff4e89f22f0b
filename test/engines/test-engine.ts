import { startEngine } from '../../local/engine.ts';
import { startDynamoDBLocal, type TestEngine } from './dynamodb-local.ts';
import { startMemoryEngine } from './memory-engine.ts';

/** The engine that the tests are run on, empty and of the test's own (vitest.config.ts, test/mutation). */
export function startTestEngine(): Promise<TestEngine> {
  const { TEST_ENGINE: engine } = process.env;
  if (engine === 'dynamodb-local') return startDynamoDBLocal();
  return engine === 'memory' ? startMemoryEngine() : startEngine({ dbPath: ':memory:' });
}
