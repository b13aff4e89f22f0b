// Runs in a separate process, with only the environment of the function.
import { createRequire } from 'node:module';
import type { Invocation, Response } from './function-process.ts';

type Handler = (event: unknown, context: object) => Promise<unknown>;

const [file = ''] = process.argv.slice(2);
const { handler } = createRequire(import.meta.url)(file) as { handler: Handler };

/** Powertools takes only a complete context for one. */
const CONTEXT = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'bench',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
  memoryLimitInMB: '512',
  logGroupName: '/aws/lambda/bench',
  logStreamName: 'bench',
};

process.on('message', async ({ id, event }: Invocation) => {
  const context = {
    ...CONTEXT,
    awsRequestId: `bench-${id}`,
    getRemainingTimeInMillis: () => 3_600_000,
  };
  const used = process.cpuUsage();
  const begun = performance.now();
  const answer = await handler(event, context).then(
    (value) => ({ answer: value ?? null }),
    (error: unknown) => ({ error: String(error) }),
  );
  const wall = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  process.send?.({ id, ...answer, spent: { wall, cpu: (user + system) / 1000 } } as Response);
});
