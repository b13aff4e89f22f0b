import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Assembly, Deployment } from '../deployment.ts';
import type { Fed } from '../feed.ts';
import { type Figure, median, medianRatio } from '../figures.ts';
import { Progress } from '../progress.ts';
import type { References } from '../reference-bundles.ts';
import { webhookEvent } from '../webhook-event.ts';
import { underOwnKey } from './handler-time.ts';

/**
 * Prints the processor time (ms) of the module load, of the work until nothing is left to do, and of the first two requests. The
 * function is at rest when it spends less than a millisecond in 50.
 */
const START = `const now = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const { events, context } = JSON.parse(process.argv[2]);
context.getRemainingTimeInMillis = () => 10000;
(async () => {
  const begun = now();
  const { handler } = require(process.argv[1]);
  const loaded = now();
  let rested = loaded;
  for (let before = -1; process.argv[3] === 'rest' && now() - before > 1; ) {
    before = now();
    await new Promise((resume) => setTimeout(resume, 50));
    rested = now();
  }
  const times = [];
  for (const event of events) {
    const asked = now();
    const answer = await handler(event, context);
    times.push(now() - asked);
    if (answer && answer.statusCode !== 200) throw new Error('answered ' + answer.statusCode);
  }
  const [first, second] = times;
  console.log('\\n' + JSON.stringify({ load: loaded - begun, early: rested - loaded, first, second }));
  process.exit(0);
})();`;
/** The first processes warm up the file system cache. */
const WARM_UP = 2;

interface Start {
  readonly load: number;
  readonly early: number;
  readonly first: number;
  readonly second: number;
}

/** Of the deployed function, whose request arrives when it is at rest or at once, and of the references. */
type Starts = Record<(typeof NAMES)[number], Start[]>;
const NAMES = ['webhook', 'atOnce', 'lean', 'raw'] as const;

const run = promisify(execFile);

/**
 * What the first request costs over the second, in fresh processes. A function may begin at its load what its first request
 * needs, and the request arrives when that is done, as in an environment that Lambda prepared in advance. If the request
 * arrives at once, its own time includes that work. The total of load and first request counts it either way.
 */
export async function firstRequest(
  assembly: Assembly,
  deployment: Deployment,
  references: References,
  fed: readonly Fed[],
  rounds: number,
): Promise<Figure[]> {
  const starts: Starts = { webhook: [], atOnce: [], lean: [], raw: [] };
  const start = async (file: string, events: unknown[], arrival: 'rest' | 'at once' = 'rest') => {
    const input = JSON.stringify({ events, context: { functionName: 'webhook', awsRequestId: 'bench' } });
    const env = deployment.environment('webhook');
    const { stdout } = await run(process.execPath, ['-e', START, file, input, arrival], { env });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Start;
  };
  const progress = new Progress('First requests in fresh processes', rounds + WARM_UP);
  const webhook = assembly.definition('webhook').file;
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const at = (round + WARM_UP) * 4;
    // Each request is the first one about its change.
    const [pair, other] = [fed.slice(at, at + 2), fed.slice(at + 2, at + 4)];
    if (other.length < 2) throw new Error('too few journeys: four ordinary webhooks per round');
    const measured = {
      webhook: await start(webhook, signed(pair)),
      atOnce: await start(webhook, signed(other), 'at once'),
      lean: await start(references.lean, writes(pair)),
      raw: await start(references.raw, writes(other)),
    };
    if (round >= 0) for (const name of NAMES) starts[name].push(measured[name]);
    progress.step();
  }
  return figuresOf(starts);
}

const signed = (fed: readonly Fed[]) =>
  fed.map(({ body }, index) => JSON.parse(webhookEvent(body, `msg_${index}`)) as unknown);

const writes = (fed: readonly Fed[]) => fed.map(({ webhook: [request] }) => underOwnKey(request?.input));

function figuresOf(starts: Starts): Figure[] {
  const over = (of: readonly Start[]) => median(of.map(({ first, second }) => first - second));
  const of = (name: keyof Starts, what: keyof Start) => median(starts[name].map((one) => one[what]));
  const totals = (name: keyof Starts) => starts[name].map(({ load, early, first }) => load + early + first);
  return [
    {
      name: 'webhook: first signed request over the second, processor time',
      value: over(starts.webhook),
      unit: 'ms',
      budget: 15,
      detail: {
        'first ms': of('webhook', 'first'),
        'second ms': of('webhook', 'second'),
        'begun at the load ms': of('webhook', 'early'),
        'arriving at once ms more': over(starts.atOnce),
        rounds: starts.webhook.length,
      },
    },
    {
      name: 'the same of a raw signed request, without the SDK',
      value: over(starts.raw),
      unit: 'ms',
      detail: {
        'first ms': of('raw', 'first'),
        'second ms': of('raw', 'second'),
        'load ms': of('raw', 'load'),
      },
    },
    {
      name: 'webhook: load and first request over a lean DynamoDB client alone',
      value: medianRatio(totals('webhook'), totals('lean')),
      unit: '×',
      detail: {
        ms: median(totals('webhook')),
        'over ms': median(totals('lean')),
        'of which load ms': of('webhook', 'load'),
        'and ms': of('lean', 'load'),
        'a raw request ms': median(totals('raw')),
      },
    },
  ];
}
