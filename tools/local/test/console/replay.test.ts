import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDemoProgress } from '../../console/demo-progress.ts';
import { replay } from '../../console/replay.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
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

/** The times (ms since 1970) of what the log tells of. */
const timesOf = ({ log }: Fake, what: string) =>
  log.flatMap((line) => (line.startsWith(`${what} `) ? [Date.parse(`2026-${line.slice(-11)}Z`)] : []));

it('takes each step at its time, and the schedules between them at theirs', async () => {
  const fake = fakeStack();
  await run(fake, progressFile());
  for (const [id, [arrival]] of Object.entries(WEBHOOKS))
    expect(timesOf(fake, id), id).toEqual([BEGIN + arrival * HOUR]);
  const nine = Date.parse('2026-05-02T09:00:00Z');
  expect(timesOf(fake, 'cron')).toEqual([nine, nine + DAY, nine + 2 * DAY]);
  const all = fake.log.map((line) => line.slice(-11));
  expect(all).toEqual(all.toSorted());
});

it('sweeps in the quarter of an hour after a redraw is due, and otherwise as rarely as every eight hours', async () => {
  const fake = fakeStack();
  await run(fake, progressFile());
  const sweeps = timesOf(fake, 'rate');
  const dues: number[] = [];
  for (const [id, [, hours]] of Object.entries(WEBHOOKS)) {
    const due = BEGIN + hours * HOUR;
    const swept = sweeps.find((time) => time >= due);
    expect(fake.redraws.get(id)?.stale_since ?? null, id).toBe(swept ? new Date(swept).toISOString() : null);
    if (!swept) continue;
    expect(swept - due, id).toBeLessThan(15 * MINUTE);
    dues.push(swept);
  }
  expect(dues).toHaveLength(4);
  const last = [25, 12, 3].map((minutes) => NOW - minutes * MINUTE);
  expect(sweeps.slice(-3)).toEqual(last);
  const others = sweeps.filter((time) => !dues.includes(time) && !last.includes(time));
  // Every eight hours of the day, and at nine, when the other schedule runs.
  expect(others.filter((time) => time % (8 * HOUR) !== 0 && time % DAY !== 9 * HOUR)).toEqual([]);
  const gaps = sweeps.map((time, place) => time - (sweeps[place - 1] ?? BEGIN));
  expect(Math.max(...gaps)).toBe(8 * HOUR);
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
