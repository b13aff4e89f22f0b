/**
 * How long the worklist takes until its first rows, and until all of them, with 500 open redraws: `npm run bench:page`. Prints
 * the median of some loads, each with an empty cache. It needs Chromium, and exits with 1 if the first rows take longer than their
 * budget.
 */
import type { Browser, Page } from 'playwright-core';
import { mapConcurrent } from '../../../core/concurrency/map-concurrent.ts';
import { hasChromium, openBrowser, signInAs } from '../../../test/dashboard/browser/opened/chromium.ts';
import { QueryClient } from '../../../test/stack/query/calls.ts';
import { callWebhook, secretOf, signed } from '../../../test/stack/webhook/calls.ts';
import { startStack } from '../../../test/stack-process.ts';
import { event, listed, transaction, walkIn } from '../../verification/oracle/bodies.ts';
import { appearance } from './appearance.ts';

const REDRAWS = 500;
const LOADS = 7;
/** For the median until the first rows (ms). */
const BUDGET = 1_500;
const SECRET = secretOf(1);
const DAY_MS = 86_400_000;

if (!hasChromium) {
  console.error('Install Chromium (Debian: apt-get install chromium), or set CHROMIUM to the path of one.');
  process.exit(1);
}
const stack = await startStack({ dataDirectory: ':memory:', environment: { WEBHOOK_SECRET: SECRET } });
const browser = await openBrowser();
try {
  await deliverRedraws(stack.url);
  const times = await loadTimes(browser, stack.url);
  const first = summary(times.map((time) => time.first));
  const all = summary(times.map((time) => time.all));
  const isWithin = first.median <= BUDGET;
  console.log(`${REDRAWS} open redraws, ${LOADS} loads, median (range) in ms:`);
  console.log(`  first rows  ${first.text}, budget ${BUDGET}: ${isWithin ? 'within it' : 'EXCEEDED'}`);
  console.log(`  all rows    ${all.text}`);
  if (!isWithin) process.exitCode = 1;
} finally {
  await browser.close();
  await stack.stop();
}

/** Delivers orders with a redraw available, and waits until all are on the worklist. */
async function deliverRedraws(url: string): Promise<void> {
  const numbers = Array.from({ length: REDRAWS }, (_, index) => index + 1);
  await mapConcurrent(numbers, async (n) => {
    const body = JSON.stringify(redrawOf(n));
    const { status } = await callWebhook(url, { body, headers: signed(body, { secrets: [SECRET] }) });
    if (status !== 200) throw new Error(`The webhook answered ${status}.`);
  });
  const client = await QueryClient.open(url);
  while ((await client.pages('/v1/redraws', { limit: '100' })).flat().length < REDRAWS)
    await new Promise((resolve) => setTimeout(resolve, 500));
}

/** An order that became redraw available in the last month. */
function redrawOf(n: number) {
  const at = (days: number) => `${new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 19)}+00:00`;
  const age = ((n * 37) % 300) / 10;
  const times = { created_at: at(age + 2), updated_at: at(age) };
  const members = [listed(n, 'redraw_available', at(age), times)];
  const events = [event(1, 'ordered', at(age + 2)), event(2, 'redraw_available', at(age))];
  return walkIn(n, events, { ...times, order_transaction: transaction(n, 'active', members) });
}

interface LoadTime {
  readonly first: number;
  readonly all: number;
}

/** From the start of the navigation to the rows, in ms. */
async function loadTimes(of: Browser, url: string): Promise<LoadTime[]> {
  const context = await of.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await signInAs(page, 'Olivia Operator');
  await page.getByRole('button', { name: `All ${REDRAWS}`, exact: true }).waitFor();
  const devTools = await context.newCDPSession(page);
  await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const times: LoadTime[] = [];
  for (let load = 0; load < LOADS; load += 1) times.push(await loadTime(page));
  return times;
}

async function loadTime(page: Page): Promise<LoadTime> {
  await page.reload({ waitUntil: 'commit' });
  const first = await appearance(page, { selector: 'tbody tr a[href^="/transactions/"]', text: '' });
  const all = await appearance(page, { selector: '.worklist-tabs .count', text: `${REDRAWS}` });
  return { first, all };
}

function summary(times: readonly number[]): { readonly median: number; readonly text: string } {
  const sorted = times.map(Math.round).toSorted((a, b) => a - b);
  const at = (index: number) => sorted.at(index) ?? Number.NaN;
  const median = at(Math.floor(sorted.length / 2));
  return { median, text: `${median} (${at(0)}–${at(-1)})` };
}
