import { startEngine } from '../../local/engine.ts';
import { startDynamoDBLocal, type TestEngine } from './dynamodb-local.ts';

/** The engine of the test project that runs, empty and of the test's own (vitest.config.ts). */
export function startTestEngine(): Promise<TestEngine> {
  return process.env.TEST_ENGINE === 'dynamodb-local'
    ? startDynamoDBLocal()
    : startEngine({ dbPath: ':memory:' });
}
