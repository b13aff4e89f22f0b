/** A draw that no webhook reports: over HTTP from the sandbox. */
import { expect, onTestFinished, test } from 'vitest';
import { showTransaction } from '../../../../../core/api/transactions/representation.ts';
import { later } from '../../../../../core/domain/instant.ts';
import { readDrawsMark } from '../../../../../core/store/poll-marks/draws-mark.ts';
import { journey } from '../../../../../tools/sandbox/journeys/journeys.ts';
import { type SandboxOptions, startSandbox } from '../../../../../tools/sandbox/server.ts';
import { minutesAfter } from '../scene/scene.ts';
import { instant, junctionApi, Tracker } from '../scene/tracker.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIST = 'GET /v3/orders';

/** Redraws with a requisition, whose patients were then drawn without a webhook. */
async function drawn(count: number, options: Pick<SandboxOptions, 'fault'> = {}) {
  const startAt = new Date('2026-03-01T08:00:00Z');
  const told = Array.from({ length: count }, (_, index) =>
    journey('redraw_completed_unbooked', index + 1, { spelling: 'documented', startAt }),
  );
  const sandbox = await startSandbox({ ...options, journeys: told });
  onTestFinished(() => sandbox.close());
  const tracker = new Tracker();
  const drawnAt = told.map(
    ({ stages }) => stages.find(({ stage }) => stage === 'awaiting_result')?.entered ?? '',
  );
  for (const [index, { snapshots }] of told.entries()) {
    for (const { payload, at } of snapshots) {
      if (Date.parse(at) < Date.parse(drawnAt[index] ?? '')) await tracker.deliver(payload, at);
    }
  }
  const now = instant(minutesAfter(drawnAt.toSorted().at(-1) ?? '', 60));
  sandbox.junction.setClock(new Date(now));
  const stages = () => tracker.transactions().map(({ redraw }) => redraw?.stage);
  return { sandbox, api: junctionApi(sandbox), tracker, now, stages };
}

test('a draw without a webhook is found before the redraw is due, by one request a day for many redraws', async () => {
  const { sandbox, api, tracker, now, stages } = await drawn(3);
  expect(stages()).toEqual(['awaiting_appointment', 'awaiting_appointment', 'awaiting_appointment']);
  for (const { redraw } of tracker.transactions()) expect((redraw?.due_at ?? '') > now).toBe(true);
  expect(await tracker.pollDraws(now, { api })).toMatchObject({ asked: 3, healed: 3, skipped: 0 });
  expect(stages()).toEqual(['awaiting_result', 'awaiting_result', 'awaiting_result']);
  expect(sandbox.log.counts()).toEqual({ [LIST]: 1 });
  // Nobody asks again before a day has passed, nor about redraws that have been drawn.
  expect(await tracker.pollDraws(later(now, DAY - 1), { api })).toMatchObject({ asked: 0 });
  expect(await tracker.pollDraws(later(now, DAY), { api })).toMatchObject({ asked: 0 });
  expect(sandbox.log.counts()).toEqual({ [LIST]: 1 });
});

test('a redraw far ahead of its due time is not asked about', async () => {
  const { sandbox, api, tracker, now } = await drawn(1);
  expect(await tracker.pollDraws(later(now, -20 * DAY), { api })).toMatchObject({ asked: 0, skipped: 0 });
  expect(sandbox.log.count()).toBe(0);
});

test('a redraw that was not drawn costs one request, and no write except that of the mark', async () => {
  const { sandbox, api, tracker, now } = await drawn(1);
  sandbox.junction.setClock(new Date(minutesAfter(now, -180)));
  const before = [...tracker.memory.items.values()].filter(({ sk }) => sk !== 'MARK');
  expect(await tracker.pollDraws(minutesAfter(now, -180), { api })).toMatchObject({ asked: 1, healed: 0 });
  expect([...tracker.memory.items.values()].filter(({ sk }) => sk !== 'MARK')).toEqual(before);
});

test('the next sweeps ask about the redraws that one had no time for', async () => {
  const { api, tracker } = await drawn(51);
  const [firstDue = ''] = tracker
    .transactions()
    .map(({ redraw }) => redraw?.due_at ?? '')
    .sort();
  const now = later(firstDue, -HOUR);
  let requests = 0;
  const hasTime = () => {
    requests += 1;
    return requests === 1;
  };
  expect(await tracker.pollDraws(now, { api, hasTime })).toMatchObject({ asked: 50 });
  expect(await tracker.pollDraws(later(now, HOUR), { api })).toMatchObject({ asked: 1 });
  expect(await readDrawsMark(tracker.memory)).toMatchObject({ through: now, pass: null });
});

test('while Junction is down, sweeps ask less and less often, and later continue from the same position', async () => {
  const { sandbox, api, tracker, now, stages } = await drawn(1);
  sandbox.faults.add({ fault: 'unavailable' });
  const requests = async (minutes: number) => {
    sandbox.log.clear();
    const { skipped } = await tracker.pollDraws(minutesAfter(now, minutes), { api });
    return [skipped, sandbox.log.count() > 0];
  };
  expect(await requests(0)).toEqual([1, true]);
  expect(await requests(14)).toEqual([0, false]);
  expect(await requests(15)).toEqual([1, true]);
  expect(await requests(44)).toEqual([0, false]);
  sandbox.faults.clear();
  expect(await tracker.pollDraws(minutesAfter(now, 45), { api })).toMatchObject({ asked: 1, healed: 1 });
  expect(stages()).toEqual(['awaiting_result']);
});

test('an order of another team, or one that the answer leaves out, changes nothing and ends the pass', async () => {
  let isEmpty = false;
  const fault = () => (isEmpty ? { status: 200, body: { orders: [] } } : null);
  const { api, tracker, now, stages } = await drawn(1, { fault });
  expect(await tracker.pollDraws(now, { api, teamId: 'another' })).toMatchObject({ asked: 0, skipped: 1 });
  isEmpty = true;
  expect(await tracker.pollDraws(later(now, HOUR), { api })).toMatchObject({ asked: 0, skipped: 1 });
  expect(stages()).toEqual(['awaiting_appointment']);
  expect(await readDrawsMark(tracker.memory)).toMatchObject({ through: now, pass: null });
});

test('without a key nobody can know of a draw, and the flag says so until there is a key', async () => {
  const { api, tracker, now } = await drawn(1);
  const [before] = tracker.transactions();
  const dueAt = before?.redraw?.due_at ?? '';
  const shown = async () => {
    const stored = await tracker.transaction(before?.id ?? '');
    return stored && showTransaction(stored, () => true).redraw;
  };
  expect(await tracker.pollDraws(now)).toMatchObject({ asked: 0, skipped: 0 });
  expect(await tracker.sweep(dueAt)).toMatchObject({ flagged: 1 });
  expect(await shown()).toMatchObject({ state: 'stale', unchecked: true, unchecked_reason: 'no_key' });
  const [event] = tracker.events.filter(({ type }) => type === 'Redraw Stale');
  expect(event).toMatchObject({ detail: { unchecked: true, unchecked_reason: 'no_key' } });
  await tracker.sweep(minutesAfter(dueAt, 15), { api });
  expect(await shown()).toMatchObject({
    stage: 'awaiting_result',
    stale_since: null,
    unchecked_reason: null,
  });
});
