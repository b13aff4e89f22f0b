import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Assembly, Deployment } from '../deployment.ts';
import { type Fed, orderIdIn } from '../feed.ts';
import { type Figure, median, percentile } from '../figures.ts';
import { Progress } from '../progress.ts';
import { webhookEvent } from '../webhook-event.ts';

/** A webhook and the same update that it sends, under another key. */
export interface Pair {
  readonly event: string;
  readonly update: object;
}

/** Wall-clock time and processor time of the calling process (ms). */
export interface Time {
  readonly wall: number;
  readonly cpu: number;
}

export interface PairTimes {
  readonly handler: Time;
  readonly bare: Time;
}

/** The number of pairs that warm up the compiler, the connections and the engine: the ratio falls over the first few hundred. */
const WARM_UP = 300;

/**
 * Compares the deployed handler, called with a signed webhook, to a client that sends only the same update: alternately,
 * in one process, on the same engine. `deployment` must be empty.
 */
export async function handlerTime(
  assembly: Assembly,
  deployment: Deployment,
  reference: string,
  fed: readonly Fed[],
): Promise<Figure[]> {
  const ordinary = ordinaryIn(fed);
  const child = fork(
    join(import.meta.dirname, 'handler-loop.ts'),
    [assembly.definition('webhook').file, reference],
    {
      env: deployment.environment('webhook'),
      // Discards the handler's log, but includes the cost of writing it.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const progress = new Progress('Handler and bare update, alternately', ordinary.length);
  const times: PairTimes[] = [];
  for (const [index, { body, webhook }] of ordinary.entries()) {
    const event = webhookEvent(body, `msg_${index}`);
    times.push(await ask(child, { event, update: underOwnKey(webhook[0]?.input) }));
    progress.step();
  }
  child.disconnect();
  const measured = times.slice(WARM_UP);
  const of = (what: keyof Time) =>
    [measured.map((time) => time.handler[what]), measured.map((time) => time.bare[what])] as const;
  const [handler, bare] = of('wall');
  const [handlerCpu, bareCpu] = of('cpu');
  return [
    {
      name: 'webhook: handler time over a bare conditional UpdateItem, p50',
      value: median(handler) / median(bare),
      unit: '×',
      budget: 1.3,
      detail: {
        ms: median(handler),
        'over ms': median(bare),
        'of which processor ms': median(handlerCpu),
        'and ms': median(bareCpu),
        webhooks: measured.length,
      },
    },
    {
      name: 'webhook: handler time over a bare conditional UpdateItem, p99',
      value: percentile(handler, 0.99) / percentile(bare, 0.99),
      unit: '×',
      detail: { ms: percentile(handler, 0.99), 'over ms': percentile(bare, 0.99) },
    },
  ];
}

/** Webhooks that changed an order with one write. */
export function ordinaryIn(fed: readonly Fed[]): Fed[] {
  return fed.filter(
    ({ outcome, webhook }) =>
      outcome === 'applied' && webhook.length === 1 && orderIdIn(webhook) !== undefined,
  );
}

function ask(child: ChildProcess, pair: Pair): Promise<PairTimes> {
  return new Promise((done, fail) => {
    const ended = () => fail(new Error('the measured process has ended'));
    child.once('exit', ended);
    child.once('message', (times) => {
      child.off('exit', ended);
      done(times as PairTimes);
    });
    child.send(pair);
  });
}

/** The same update for another item of the same size. */
export function underOwnKey(input: Record<string, unknown> = {}): object {
  const { pk, sk } = input.Key as { pk: { S: string }; sk: object };
  return { ...input, Key: { pk: { S: pk.S.replace(/^ORDER#/, 'BARE_#') }, sk } };
}
