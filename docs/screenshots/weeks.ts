/** A clinic's stack after six weeks, simulated in minutes: always the same except for the dates. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import { call } from '../../test/stack/http-call.ts';
import { QueryClient, type TransactionAnswer } from '../../test/stack/query/calls.ts';
import { signIn } from '../../test/stack/query/sign-in.ts';
import { callWebhook, secretOf, signed } from '../../test/stack/webhook/calls.ts';
import { startStack } from '../../test/stack-process.ts';
import { type Population, population } from '../../tools/sandbox/population.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../tools/sandbox/server.ts';
import { deliver } from '../../tools/sandbox/webhooks/webhook-sender.ts';
import { type Clock, makeClock } from './clock.ts';

const SEED = 7;
const JOURNEYS = 170;
const SHARES = { redraws: 0.35, stalls: 0.75 };
const DAYS = 42;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SECRET = secretOf(1);

interface Weeks {
  readonly url: string;
  readonly clock: Clock;
  readonly sandbox: Sandbox;
}

export interface Lived {
  readonly url: string;
  /** A transaction with an interesting history. */
  readonly example: string;
  stop(): Promise<void>;
}

/** @param directory an empty directory */
export async function liveThroughWeeks(directory: string, print: (line: string) => void): Promise<Lived> {
  const now = Date.now();
  const from = new Date(now - DAYS * DAY_MS);
  const people = population(SEED, JOURNEYS, { from, to: new Date(now), ...SHARES });
  const sandbox = await startSandbox({ journeys: people });
  const clock = makeClock(directory);
  const dataDirectory = join(directory, 'data');
  const environment = {
    WEBHOOK_SECRET: SECRET,
    JUNCTION_BASE_URL: sandbox.url,
    JUNCTION_API_KEY: SANDBOX_API_KEY,
  };
  clock.set(from.getTime());
  const then = await startStack({ dataDirectory, environment: { ...environment, ...clock.environment } });
  const weeks = { url: then.url, clock, sandbox };
  await liveThrough(weeks, people, now, print);
  const example = await workOnSome(weeks, now);
  await then.stop();
  sandbox.junction.setClock(null);
  // The alarms were evaluated by a clock that leaps.
  rmSync(join(dataDirectory, 'alarms.json'), { force: true });
  // By the clock of the machine, like the browser.
  const stack = await startStack({ dataDirectory, environment });
  await alarmsEvaluated(stack.url);
  return {
    url: stack.url,
    example,
    async stop() {
      await stack.stop();
      await sandbox.close();
    },
  };
}

/** Delivers every webhook at its time, and runs the sweep at the end of each day. */
async function liveThrough(
  weeks: Weeks,
  people: Population,
  now: number,
  print: (line: string) => void,
): Promise<void> {
  let dayEnds = now - (DAYS - 1) * DAY_MS;
  let heard = 0;
  for (const delivery of people.deliveries()) {
    const at = Date.parse(delivery.at);
    while (at > dayEnds && dayEnds <= now) {
      await endDay(weeks, dayEnds);
      const days = Math.round((now - dayEnds) / DAY_MS);
      if (days % 7 === 0) print(`  ${days} days ago: ${heard} webhooks so far`);
      if (days === 2 || days === 4) await hearWhatIsWrong(weeks, dayEnds + HOUR_MS, days);
      dayEnds += DAY_MS;
    }
    if (at > now) break;
    setClocks(weeks, at);
    await deliver([delivery], {
      url: weeks.url + WEBHOOK_PATH,
      secret: SECRET,
      clock: () => new Date(at),
    });
    heard += 1;
  }
}

/** Waits until the alarms are evaluated, which takes a minute. */
async function alarmsEvaluated(url: string): Promise<void> {
  const client = await QueryClient.open(url);
  while (!(await client.ask('/v1/alarms')).text.includes('"ok"')) await sleep(1_000);
}

function setClocks({ clock, sandbox }: Weeks, time: number): void {
  clock.set(time);
  sandbox.junction.setClock(new Date(time));
}

async function endDay(weeks: Weeks, at: number): Promise<void> {
  setClocks(weeks, at);
  const client = await settled(weeks);
  const body = JSON.stringify({ time: new Date(at).toISOString() });
  await call(`${weeks.url}/2015-03-31/functions/sweep/invocations`, { method: 'POST', body });
  await settled(weeks, client);
}

/** Asks until two answers are the same, because the transactions follow the webhooks after a moment. */
async function settled({ url }: Weeks, known?: QueryClient): Promise<QueryClient> {
  // A new client each day, because tokens are valid for an hour.
  const client = known ?? (await QueryClient.open(url));
  let before = '';
  while (true) {
    const { text } = await client.ask('/v1/summary');
    if (text === before) return client;
    before = text;
    await sleep(100);
  }
}

/** Delivers an unreadable webhook with a valid signature, and one with an invalid signature. */
async function hearWhatIsWrong(weeks: Weeks, at: number, id: number): Promise<void> {
  setClocks(weeks, at);
  const timestamp = Math.floor(at / 1_000);
  const body = '{"event_type": "labtest.order.updated", "data": {"id": 17}}';
  for (const secret of [SECRET, secretOf(2)]) {
    const headers = signed(body, { secrets: [secret], id: `msg_${id}`, timestamp });
    await callWebhook(weeks.url, { body, headers });
  }
}

const NOTES: readonly (readonly [person: string, note: string | null])[] = [
  ['olivia', 'Called, will go to the lab on Thursday'],
  ['olivia', null],
  ['clara', 'Asked the lab for a new requisition'],
  ['olivia', 'No answer yet, try again tomorrow'],
  ['clara', null],
];

/** Owns and acknowledges every third open redraw, until all notes are used, and records all decisions but the newest. */
async function workOnSome(weeks: Weeks, now: number): Promise<string> {
  setClocks(weeks, now);
  const client = await settled(weeks);
  const clara = new QueryClient(weeks.url, (await signIn(weeks.url, 'clara')).access_token);
  const decisions = (await client.pages('/v1/redraws', { state: 'decision', limit: '100' })).flat();
  const byAge = decisions.toSorted((a, b) => String(a.created_at).localeCompare(String(b.created_at)));
  for (const { id } of byAge.slice(0, -1)) {
    const body = JSON.stringify({ by: 'clara@example.com', note: 'The results are enough without them.' });
    await clara.ask(`/v1/redraws/${id}/acknowledgement`, { method: 'PUT', body });
  }
  const open = (await client.pages('/v1/redraws', { limit: '100' })).flat();
  const some: TransactionAnswer[] = open.filter((_, index) => index % 3 === 1);
  for (const [index, [person, note]] of NOTES.entries()) {
    const body = JSON.stringify({ by: `${person}@example.com`, ...(note !== null && { note }) });
    const { access_token } = await signIn(weeks.url, person);
    const signedIn = new QueryClient(weeks.url, access_token);
    const owner = JSON.stringify({ assignee: `${person}@example.com` });
    await signedIn.ask(`/v1/transactions/${some[index]?.id}/assignment`, { method: 'PUT', body: owner });
    await signedIn.ask(`/v1/redraws/${some[index]?.id}/acknowledgement`, { method: 'PUT', body });
  }
  return some.find(({ orders }) => orders.length > 1)?.id ?? some[0]?.id ?? '';
}
