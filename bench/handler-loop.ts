// Runs in a process of its own, with the environment of the function and nothing else.
import { createRequire } from 'node:module';
import type { Pair, PairTimes } from './handler-time.ts';

type Handler = (
  event: unknown,
  context: object,
) => Promise<{ statusCode?: number; body?: string } | undefined>;

const require = createRequire(import.meta.url);
const [webhook, bare] = process.argv.slice(2).map((file) => (require(file) as { handler: Handler }).handler);
if (!webhook || !bare) throw new Error('takes the files of two bundles');

const context = { functionName: 'webhook', awsRequestId: 'bench', getRemainingTimeInMillis: () => 10_000 };
let turn = 0;

process.on('message', async ({ event, update }: Pair) => {
  const times = { handler: 0, bare: 0 };
  const parsed: unknown = JSON.parse(event);
  const measures = {
    handler: async () => {
      const answer = await webhook(parsed, context);
      if (answer?.body !== '{"outcome":"applied"}') throw new Error(`the handler answered ${answer?.body}`);
    },
    bare: () => bare(update, context),
  };
  // Who comes first is warmed up by nobody: take turns.
  turn += 1;
  const order = turn % 2 === 0 ? (['handler', 'bare'] as const) : (['bare', 'handler'] as const);
  for (const which of order) {
    const begun = performance.now();
    await measures[which]();
    times[which] = performance.now() - begun;
  }
  process.send?.(times satisfies PairTimes);
});
