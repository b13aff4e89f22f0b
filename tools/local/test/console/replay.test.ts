import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDemoProgress } from '../../console/demo-progress.ts';
import { replay } from '../../console/replay.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.parse('2026-05-01T10:07:00Z');
const NOW = BEGIN + 3 * DAY;

/** When a webhook arrives, and when the redraw that it reports is due, both in hours. */
const WEBHOOKS = { a: [0, 3], b: [0.05, 40], c: [20, 21], d: [20.2, 500], e: [60, 61.5] } as const;

/** A stack in which a sweep flags what is due, except the redraw `deaf`. */
function fakeStack(deaf?: string) {
  const redraws = new Map<string, { state: string; due_at: string; stale_since: string | null }>();
  /** What happened, in order, with repetitions. */
  const log: string[] = [];
  const told = (what: string, time: Date | undefined) =>
    log.push(`${what} ${time?.toISOString().slice(5, 16)}`);
  let clock: Date | undefined;
  const stack = {
    moveClock(time: Date | null) {
      clock = time ?? undefined;
    },
    nextCron: (after: Date) =>
      new Date((Math.floor((after.getTime() - 9 * HOUR) / DAY) + 1) * DAY + 9 * HOUR),
    async runSchedules(which: 'rate' | 'cron', time: Date) {
      expect(time).toBe(clock);
      const isNine = time.toISOString().endsWith('T09:00:00.000Z');
      if (which === 'rate' || isNine) told(which, time);
      if (which === 'cron') return;
      for (const [id, redraw] of redraws)
        if (id !== deaf && Date.parse(redraw.due_at) <= time.getTime())
          redraw.stale_since ??= time.toISOString();
    },
  };
  const steps = Object.entries(WEBHOOKS).map(([id, [arrival, due]]) => ({
    at: new Date(BEGIN + arrival * HOUR),
    async take() {
      told(id, clock);
      const due_at = new Date(BEGIN + due * HOUR).toISOString();
      if (!redraws.has(id)) redraws.set(id, { state: 'in_progress', due_at, stale_since: null });
    },
  }));
  const transactions = async () => [...redraws].map(([id, redraw]) => ({ id, redraw: { ...redraw } }));
  return { stack, steps, transactions, redraws, log };
}

function progressFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-replay-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'demo.json');
}

type Fake = ReturnType<typeof fakeStack>;

async function run(
  { stack, steps, transactions }: Fake,
  file: string,
  signal = new AbortController().signal,
) {
  const progress = openDemoProgress(file);
  progress.begin();
  await replay(steps, { stack, progress, signal, transactions, onStep: () => {} }, () => NOW);
}

it('sweeps when a redraw is due and three times a day, runs the others at their times, and the last runs', async () => {
  const fake = fakeStack();
  await run(fake, progressFile());
  expect(fake.log).toEqual([
    'a 05-01T10:07',
    'b 05-01T10:10',
    'rate 05-01T13:15',
    'rate 05-01T16:00',
    'rate 05-02T00:00',
    'c 05-02T06:07',
    'd 05-02T06:19',
    'rate 05-02T07:15',
    'rate 05-02T08:00',
    'rate 05-02T09:00',
    'cron 05-02T09:00',
    'rate 05-02T16:00',
    'rate 05-03T00:00',
    'rate 05-03T02:15',
    'rate 05-03T08:00',
    'rate 05-03T09:00',
    'cron 05-03T09:00',
    'rate 05-03T16:00',
    'e 05-03T22:07',
    'rate 05-03T23:45',
    'rate 05-04T00:00',
    'rate 05-04T08:00',
    'rate 05-04T09:00',
    'cron 05-04T09:00',
    'rate 05-04T09:42',
    'rate 05-04T09:55',
    'rate 05-04T10:04',
  ]);
  expect([...fake.redraws].map(([id, { stale_since }]) => [id, stale_since])).toEqual([
    ['a', '2026-05-01T13:15:00.000Z'],
    ['b', '2026-05-03T02:15:00.000Z'],
    ['c', '2026-05-02T07:15:00.000Z'],
    ['d', null],
    ['e', '2026-05-03T23:45:00.000Z'],
  ]);
});

it('sweeps once for a redraw that the sweep does not flag', async () => {
  const fake = fakeStack('a');
  await run(fake, progressFile());
  const flagged = fakeStack();
  await run(flagged, progressFile());
  expect(fake.log).toEqual(flagged.log);
});

it.each(['stopped', 'killed'])('resumes as if it had not been %s, at any moment', async (how) => {
  const whole = fakeStack();
  await run(whole, progressFile());
  for (let moment = 0; moment < whole.log.length; moment += 1) {
    const file = progressFile();
    const fake = fakeStack();
    const stopping = new AbortController();
    const push = fake.log.push.bind(fake.log);
    fake.log.push = (line) => {
      if (fake.log.length === moment) {
        if (how === 'killed') throw new Error('killed');
        stopping.abort();
      }
      return push(line);
    };
    await run(fake, file, stopping.signal).catch(() => {});
    fake.log.push = push;
    expect(fake.log.length).toBeLessThan(whole.log.length + 1);
    await run(fake, file);
    expect(fake.redraws).toEqual(whole.redraws);
    expect([...new Set(fake.log)]).toEqual(whole.log);
  }
});
