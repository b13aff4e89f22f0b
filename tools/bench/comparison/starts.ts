import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { median } from '../figures.ts';
import type { SentWebhook } from '../peers/peer.ts';
import { Progress } from '../progress.ts';
import type { Contender } from './with-all-peers.ts';

/** A fresh process of the function that takes webhooks. */
export interface Start {
  readonly peer: string;
  readonly rounds: number;
  /** Processor time of loading the module and of the first request (ms). */
  readonly load: number;
  readonly first: number;
  /** Resident memory after the first request (MB). */
  readonly memory: number;
  /** Size of the bundle (KB). */
  readonly bundle: number;
  readonly gzip: number;
}

interface Measured {
  readonly load: number;
  readonly first: number;
  readonly memory: number;
}

/**
 * Prints the processor time of the module load and of the first request (ms), and the memory after it (MB). The bare update
 * throws if its condition is not met, which is an answer too.
 */
const START = `const spent = (since) => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };
const event = JSON.parse(process.argv[2]);
const context = { functionName: 'bench', functionVersion: '1', memoryLimitInMB: '512', invokedFunctionArn: '', logGroupName: '',
  logStreamName: '', callbackWaitsForEmptyEventLoop: true, awsRequestId: 'bench', getRemainingTimeInMillis: () => 10000 };
const begun = process.cpuUsage();
const { handler } = require(process.argv[1]);
const load = spent(begun), loaded = process.cpuUsage();
handler(event, context).catch(() => undefined).then(() => {
  const measured = { load, first: spent(loaded), memory: process.memoryUsage.rss() / 1e6 };
  process.stdout.write('\\n' + JSON.stringify(measured), () => process.exit(0));
});`;
const run = promisify(execFile);

/** The peers take turns. Processor time varies by a few percent on a busy machine, where wall-clock time varies by half. */
export async function startsOf(
  contenders: readonly Contender[],
  webhooks: readonly SentWebhook[],
): Promise<Start[]> {
  const measured = new Map<Contender, Measured[]>(contenders.map((contender) => [contender, []]));
  const progress = new Progress('Fresh processes', webhooks.length * contenders.length);
  for (const [round, webhook] of webhooks.entries()) {
    for (const contender of contenders) {
      const { file, environment, eventOf } = contender.running.entry;
      const event = JSON.stringify(await eventOf(webhook));
      const { stdout } = await run(process.execPath, ['-e', START, file, event], { env: environment });
      // The first processes warm up the cache of the file system.
      if (round > 0) measured.get(contender)?.push(JSON.parse(stdout.split('\n').at(-1) ?? '') as Measured);
      progress.step();
    }
  }
  return [...measured].map(([{ peer, running }, starts]) => ({
    peer: peer.name,
    rounds: starts.length,
    load: median(starts.map(({ load }) => load)),
    first: median(starts.map(({ first }) => first)),
    memory: median(starts.map(({ memory }) => memory)),
    bundle: statSync(running.entry.file).size / 1000,
    gzip: gzipSync(readFileSync(running.entry.file)).length / 1000,
  }));
}
