// Runs in a separate process, with only the environment of the function.
import { createRequire } from 'node:module';
import type { Pair, PairTimes, Time } from './handler-time.ts';

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
  const none: Time = { wall: 0, cpu: 0 };
  const times: Record<keyof PairTimes, Time> = { handler: none, bare: none };
  const parsed: unknown = JSON.parse(event);
  const measures = {
    handler: async () => {
      const answer = await webhook(parsed, context);
      if (answer?.body !== '{"outcome":"applied"}') throw new Error(`the handler answered ${answer?.body}`);
    },
    bare: () => bare(update, context),
  };
  // The first call of a pair is slower, so the two alternate.
  turn += 1;
  const order = turn % 2 === 0 ? (['handler', 'bare'] as const) : (['bare', 'handler'] as const);
  for (const which of order) {
    const used = process.cpuUsage();
    const begun = performance.now();
    await measures[which]();
    const wall = performance.now() - begun;
    const { user, system } = process.cpuUsage(used);
    times[which] = { wall, cpu: (user + system) / 1000 };
  }
  process.send?.(times satisfies PairTimes);
});
