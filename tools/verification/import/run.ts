/**
 * `npm run import:trial -- --orders 20000 --kills 3`: imports orders of two years from the sandbox into the local stack with the
 * command, and kills the command or the stack on the way. Prints how long it took, the write units, and what was told to
 * anybody. Fails if an order is missing or differs, or if the operators got any mail beside the digest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type StackProcess, startStack } from '../../../test/stack-process.ts';
import { type Meter, startMeter } from '../../bench/meter.ts';
import { startEngine } from '../../local/database/embedded-engine.ts';
import { population } from '../../sandbox/population.ts';
import { SANDBOX_API_KEY, startSandbox } from '../../sandbox/server.ts';
import { eventsIn, logBytes, mailsIn } from './told.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '3' },
    'orders-per-second': { type: 'string', default: '500' },
    seed: { type: 'string', default: '37' },
    // A proxy in front of the database counts its units, and slows everything down.
    units: { type: 'boolean', default: false },
  },
});
const ORDERS = Number(values.orders);
const KILLS = Number(values.kills);
const FROM = '2024-01-01';
/** A stack that writes nothing for this long has processed its streams (ms). */
const QUIET = 8_000;

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-import-'));
const dataDirectory = join(place, 'data');
const began = performance.now();
const minutes = () => ((performance.now() - began) / 60_000).toFixed(1);
const say = (text: string) => console.log(`${minutes()} min: ${text}`);

/** The units of all writes so far. */
const units = { orders: 0, transactions: 0, others: 0, reads: 0 };

function fold(meter: Meter): void {
  for (const { operation, input, tableUnits, indexUnits } of meter.taken()) {
    if (/^(Get|BatchGet|Query|Scan|TransactGet)/.test(operation)) {
      units.reads += tableUnits + indexUnits;
      continue;
    }
    const text = JSON.stringify(input.Key ?? input.Item ?? {});
    const kind = text.includes('"ORDER') ? 'orders' : text.includes('"TX') ? 'transactions' : 'others';
    units[kind] += tableUnits + indexUnits;
  }
}

/** A stack whose functions and bus log nothing more has processed its streams. */
async function untilQuiet(): Promise<void> {
  let size = 0;
  for (let last = performance.now(); performance.now() - last < QUIET; await sleep(500)) {
    const now = logBytes(dataDirectory);
    if (now !== size) last = performance.now();
    size = now;
  }
}

/** Runs the command; `onProgress` is called with each line of it. */
async function command(url: string, onProgress: (kill: () => void) => void): Promise<string | null> {
  const args = ['--url', url, '--from', FROM, '--orders-per-second', values['orders-per-second'], '--json'];
  const child = spawn(process.execPath, ['bin/redraw-tracker.js', 'import', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    say(chunk.toString().trim());
    if (/^(read|compared) /m.test(chunk.toString())) onProgress(() => child.kill('SIGKILL'));
  });
  const [code] = await once(child, 'close');
  return code === 0 || code === 1 ? printed : null;
}

async function invoke(url: string, name: string, payload: object): Promise<unknown> {
  const response = await fetch(`${url}/2015-03-31/functions/${name}/invocations`, {
    method: 'POST',
    body: JSON.stringify(payload),
  });
  return response.json();
}

const sandbox = await startSandbox({
  journeys: population(Number(values.seed), ORDERS, { from: new Date(FROM), to: new Date() }),
});
say(`the sandbox has ${ORDERS} journeys`);
// It outlives the stack that is killed.
const engine = await startEngine({ dbPath: ':memory:' });
const meter = values.units ? await startMeter(engine.endpoint) : null;
const start = () =>
  startStack({
    dataDirectory,
    environment: {
      DYNAMODB_ENDPOINT: meter?.endpoint ?? engine.endpoint,
      JUNCTION_BASE_URL: sandbox.url,
      JUNCTION_API_KEY: SANDBOX_API_KEY,
      // Only the import reads lists.
      CHECK_UPDATES: 'P30D',
    },
  });
let stack: StackProcess = await start();
// What the start itself costs.
meter?.taken();
say('the stack runs; the import begins');
const importBegan = performance.now();
let kills = 0;
let printed: string | null = null;
const counting = setInterval(() => meter && fold(meter), 1_000);
while (printed === null) {
  let stackKilled = false;
  printed = await command(stack.url, (kill) => {
    if (kills >= KILLS) return;
    kills += 1;
    // The second time, the stack itself.
    stackKilled = kills % 2 === 0;
    say(stackKilled ? 'killing the stack' : 'killing the command');
    if (stackKilled) void stack.kill9();
    else kill();
  });
  if (stackKilled) stack = await start();
}
const seconds = (performance.now() - importBegan) / 1_000;
await untilQuiet();
clearInterval(counting);
if (meter) fold(meter);
const result = JSON.parse(printed) as { position: Record<string, number> };
const imported = { ...units };
say(`imported after ${kills} kills: ${JSON.stringify(result.position)}`);
const swept: unknown[] = [];
for (let sweeps = 0; sweeps < 3; sweeps += 1) {
  swept.push(await invoke(stack.url, 'sweep', { time: new Date().toISOString() }));
  say(`sweep: ${JSON.stringify(swept.at(-1))}`);
  await untilQuiet();
}
await stack.stop();
await meter?.close();
await engine.stop();
await sandbox.close();

const mails = mailsIn(dataDirectory);
const events = eventsIn(dataDirectory);
const { listed = 0, compared = 0, differ = 0, skipped = 0 } = result.position;
const per = (count: number) => (count / listed).toFixed(2);
console.log(
  JSON.stringify(
    {
      orders: listed,
      minutes: Number((seconds / 60).toFixed(1)),
      kills,
      differ,
      skipped,
      ...(meter && {
        write_units_per_order: {
          orders: per(imported.orders),
          transactions: per(imported.transactions),
          others: per(imported.others),
          all: per(imported.orders + imported.transactions + imported.others),
        },
        read_units_per_order: per(imported.reads),
      }),
      events,
      mails: mails.map(({ subject, message }) => `${subject}: ${message.split('\n')[0]}`),
    },
    null,
    2,
  ),
);
rmSync(place, { recursive: true, force: true });
const news = Object.entries(events.news).filter(([type]) => type !== 'Insight Changed');
const faults = [
  ...(differ + skipped > 0 ? [`${differ} orders differ, ${skipped} were skipped`] : []),
  ...(compared !== listed ? [`${listed} orders were read, and ${compared} compared`] : []),
  ...(mails.length === 1 ? [] : [`${mails.length} mails`]),
  ...(news.length > 0 ? [`news: ${JSON.stringify(news)}`] : []),
];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
