import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Assembly, Deployment } from '../deployment.ts';
import type { Fed } from '../feed.ts';
import { type Figure, median, medianRatio } from '../figures.ts';
import { Progress } from '../progress.ts';
import { webhookEvent } from '../webhook-event.ts';
import { ordinaryIn, underOwnKey } from './handler-time.ts';

/** Prints the processor time (ms) of the module load and of the first request. */
const START = `const spent = (since) => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };
const { event, context } = JSON.parse(process.argv[2]);
const begun = process.cpuUsage();
const { handler } = require(process.argv[1]);
const load = spent(begun), loaded = process.cpuUsage();
context.getRemainingTimeInMillis = () => 10000;
handler(event, context).then((answer) => {
  console.log('\\n' + JSON.stringify({ load, first: spent(loaded), status: answer?.statusCode }));
});`;
/** The first processes warm up the file system cache. */
const WARM_UP = 2;

interface Start {
  readonly load: number;
  readonly first: number;
  readonly status?: number;
}

const run = promisify(execFile);

/**
 * Module load and first request together, so that work deferred to the first request counts as well. The webhook's first
 * request also reads the secret, which the reference does not need. Has no budget: Lambda gives the load a whole
 * processor, and requests a share by memory size.
 */
export async function coldStart(
  assembly: Assembly,
  deployment: Deployment,
  reference: string,
  fed: readonly Fed[],
  rounds: number,
): Promise<Figure[]> {
  const environment = deployment.environment('webhook');
  const context = { functionName: 'webhook', awsRequestId: 'bench' };
  const start = async (file: string, event: unknown): Promise<Start> => {
    const input = JSON.stringify({ event, context });
    const { stdout } = await run(process.execPath, ['-e', START, file, input], { env: environment });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Start;
  };
  const progress = new Progress('Loads and first requests in fresh processes', rounds + WARM_UP);
  const starts: { webhook: Start; bare: Start }[] = [];
  for (const [index, one] of ordinaryIn(fed)
    .slice(0, rounds + WARM_UP)
    .entries()) {
    const event: unknown = JSON.parse(webhookEvent(one.body, `msg_${index}`));
    const webhook = await start(assembly.definition('webhook').file, event);
    if (webhook.status !== 200) throw new Error(`the first webhook was answered ${webhook.status}`);
    starts.push({ webhook, bare: await start(reference, underOwnKey(one.webhook[0]?.input)) });
    progress.step();
  }
  const measured = starts.slice(WARM_UP);
  const total = ({ load, first }: Start) => load + first;
  const totals = {
    webhook: measured.map(({ webhook }) => total(webhook)),
    bare: measured.map(({ bare }) => total(bare)),
  };
  return [
    {
      name: 'webhook: load and first request over a DynamoDB client alone',
      value: medianRatio(totals.webhook, totals.bare),
      unit: '×',
      detail: {
        ms: median(totals.webhook),
        'over ms': median(totals.bare),
        'of which load ms': median(measured.map(({ webhook }) => webhook.load)),
        'and ms': median(measured.map(({ bare }) => bare.load)),
        rounds: measured.length,
      },
    },
  ];
}
