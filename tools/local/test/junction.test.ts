import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleJourneys } from '../../sandbox/journeys/sample-journeys.ts';
import { SANDBOX_API_KEY } from '../../sandbox/server.ts';
import { type DataDirectory, openDataDirectory } from '../files/data-directory.ts';
import { type LocalJunction, startJunction } from '../junction.ts';

let data: DataDirectory;
let running: LocalJunction[];

beforeEach(() => {
  data = openDataDirectory(mkdtempSync(join(tmpdir(), 'redraw-tracker-junction-')));
  running = [];
});

afterEach(async () => {
  for (const junction of running) await junction.close();
  data.close();
  rmSync(data.path, { recursive: true });
});

/** Opens the data directory like the next start. */
function reopen(): void {
  data.close();
  data = openDataDirectory(data.path);
}

async function start(now: Date): Promise<LocalJunction> {
  const options = { webhooks: { url: 'http://127.0.0.1:9/webhooks', secret: 'whsec_x' } };
  const junction = await startJunction(data, sampleJourneys, options, now);
  running.push(junction);
  return junction;
}

async function order(junction: LocalJunction): Promise<unknown> {
  const id = junction.journeys[0]?.known[0]?.facts.orderId;
  const response = await fetch(`${junction.url}/v3/order/${id}`, {
    headers: { 'x-vital-api-key': SANDBOX_API_KEY },
  });
  return response.json();
}

it('has no journeys unless the demo shows them, and keeps those it showed', async () => {
  const options = { webhooks: { url: 'http://127.0.0.1:9/webhooks', secret: 'whsec_x' } };
  const unshown = async () => {
    const junction = await startJunction(data, sampleJourneys, options, new Date(), false);
    running.push(junction);
    return junction.journeys.length;
  };
  expect(await unshown()).toBe(0);
  const { length } = (await start(new Date())).journeys;
  expect(length).toBeGreaterThan(0);
  // A start that failed did not show them.
  reopen();
  expect(await unshown()).toBe(0);
  await start(new Date());
  data.use();
  reopen();
  expect(await unshown()).toBe(length);
});

it('returns the same journeys days after the data directory was created', async () => {
  const first = await start(new Date(Date.now() - 5 * 86_400_000));
  data.use();
  reopen();
  const later = await start(new Date());
  expect(later.journeys.map(({ snapshots }) => snapshots[0]?.at)).toEqual(
    first.journeys.map(({ snapshots }) => snapshots[0]?.at),
  );
  expect(await order(later)).toMatchObject({ id: first.journeys[0]?.known[0]?.facts.orderId });
  expect(await order(later)).toEqual(await order(first));
});
