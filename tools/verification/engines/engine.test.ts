import { expect, test } from 'vitest';
import { startTestEngine } from './test-engine.ts';

test('the engine is the one that the test project is named after', async () => {
  const engine = await startTestEngine();
  const answer = await fetch(engine.endpoint, { method: 'POST', body: '{}' });
  await engine.stop();
  const isAmazons = /jetty/i.test(answer.headers.get('server') ?? '');
  expect(isAmazons).toBe(process.env.TEST_ENGINE === 'dynamodb-local');
});
