/** Importing orders from before: over HTTP from the sandbox, in pieces, with Junction failing in between. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DomainEvent } from '../../../../core/domain/events/domain-events.ts';
import type { MarkedEvent } from '../../../../core/domain/events/history.ts';
import { readImportMark } from '../../../../core/store/poll-marks/import-mark.ts';
import { readWatchingMark } from '../../../../core/store/poll-marks/watching-mark.ts';
import { importRequest } from '../../../../core/use-cases/history/import-request.ts';
import {
  type ImportReport,
  type ImportRun,
  runImport,
} from '../../../../core/use-cases/history/run-import.ts';
import { markedEvents } from '../../../../core/use-cases/publish-change.ts';
import { population } from '../../../../tools/sandbox/population.ts';
import { startSandbox } from '../../../../tools/sandbox/server.ts';
import { instant, junctionApi, Tracker } from '../sweep/scene/tracker.ts';

const ORDERS = 200;
const [FROM, TO] = [new Date('2025-06-01'), new Date('2026-05-31')];
/** When the import begins. */
const NOW = instant('2026-06-01T09:00:00Z');
const AT_ONCE = { next: async () => undefined };

/** A year of a clinic at Junction, and a service that has heard of nothing. */
async function clinic() {
  const journeys = population(37, ORDERS, { from: FROM, to: TO, redraws: 0.2 });
  const sandbox = await startSandbox({ journeys });
  onTestFinished(() => sandbox.close());
  sandbox.junction.setClock(new Date(NOW));
  const tracker = new Tracker();
  const published: MarkedEvent[] = [];
  tracker.onTransaction = (before, after) => {
    if (after) published.push(...markedEvents(before, after, { cause: null, since: NOW }));
  };
  const ids = new Set([...journeys].flatMap(({ known }) => known.map(({ facts }) => facts.orderId)));
  const there = [...ids].filter((id) => sandbox.junction.order(id) !== null);
  /** Runs one invocation, with time for that many pages. */
  const call = async (given: object = {}, pages = 1_000, run: Partial<ImportRun> = {}) => {
    let left = pages;
    const report = await runImport(
      {
        table: tracker.memory,
        api: junctionApi(sandbox),
        teamId: null,
        configuredSince: null,
        pace: { orders: AT_ONCE, compare: AT_ONCE },
        now: () => NOW,
        hasTime: () => left-- > 0,
        onSkip: (id, reason) => expect.fail(`${id}: ${reason}`),
        onDiffers: () => undefined,
        ...run,
      },
      importRequest.parse({ from: '2025-01-01', ...given }),
    );
    await tracker.project();
    return report;
  };
  return { sandbox, tracker, published, call, orders: there.length };
}

async function toTheEnd(call: (given?: object, pages?: number) => Promise<ImportReport>, pages: number) {
  for (let calls = 1; calls < 1_000; calls += 1) {
    const report = await call({}, pages);
    if (report.finished) return { report, calls };
  }
  return expect.fail('the import does not end');
}

describe('an import', () => {
  test('brings every order once, in as many calls as it takes, and then nothing differs', async () => {
    const { call, tracker, orders } = await clinic();
    const { report, calls } = await toTheEnd(call, 1);
    expect(calls).toBeGreaterThan(4);
    const { listed, joined, compared, differ, skipped } = report.position;
    expect({ listed, joined, compared, differ, skipped }).toEqual({
      ...{ listed: orders, joined: orders, compared: orders, differ: 0, skipped: 0 },
    });
    const held = new Set(tracker.transactions().flatMap((one) => one.orders.map(({ id }) => id)));
    expect(held.size).toBe(orders);
  });

  test('is history, except the clocks that run out later', async () => {
    const { call, tracker, published } = await clinic();
    await call();
    expect(await readWatchingMark(tracker.memory)).toMatchObject({ since: NOW, digest: 'due' });
    const news = (type: DomainEvent['type']) =>
      published.filter((one) => one.type === type && !one.historical).length;
    const told = new Set(published.map(({ type }) => type));
    expect([...told]).toEqual(expect.arrayContaining(['Redraw Available', 'Transaction Completed']));
    expect([...told].map(news)).toEqual([...told].map(() => 0));
    const old = published.length;
    // What was due before is flagged, and is history too.
    await tracker.sweep('2026-06-01T09:15:00Z');
    const flagged = published.slice(old);
    expect(flagged.filter(({ type }) => type === 'Redraw Stale').length).toBeGreaterThan(0);
    expect(flagged.filter(({ historical }) => !historical)).toEqual([]);
    await tracker.sweep('2026-09-01T09:15:00Z');
    const later = published.slice(old + flagged.length);
    expect(later.length).toBeGreaterThan(0);
    expect(later.filter(({ historical }) => historical)).toEqual([]);
  });

  test('counts what differs afterwards', async () => {
    const { call, tracker, sandbox, orders } = await clinic();
    await call({}, 3);
    const { position } = await readImportMark(tracker.memory);
    expect(position).toMatchObject({ phase: 'compare', listed: orders });
    // Some go on in the meantime, and their webhooks are lost.
    sandbox.junction.setClock(new Date('2026-06-08T09:00:00Z'));
    const different: string[] = [];
    const now = () => instant('2026-06-08T09:00:00Z');
    const report = await call({}, 1_000, { now, onDiffers: (id) => different.push(id) });
    expect(report.position).toMatchObject({ compared: orders, differ: different.length });
    expect(different.length).toBeGreaterThan(0);
  });

  test('waits as long as Junction asks, and goes on where it was', async () => {
    const { sandbox, call, orders } = await clinic();
    await call({}, 1);
    sandbox.faults.add({ fault: 'too_many_requests', retryAfter: 90, times: 1 });
    const stopped = await call();
    expect(stopped).toMatchObject({ finished: false, retry_after: 90, position: { listed: 100 } });
    expect((await call()).position).toMatchObject({ listed: orders, differ: 0 });
  });

  test('brings nothing twice, and a second one tells the operators nothing', async () => {
    const { call, tracker } = await clinic();
    await call();
    const before = tracker.events.length;
    expect((await call()).position).toMatchObject({ joined: 0, differ: 0 });
    expect(tracker.events.length).toBe(before);
  });
});

describe('a dry run', () => {
  test('counts what would be brought, continues from its position, and changes nothing', async () => {
    const { call, tracker, orders } = await clinic();
    const first = await call({ dry_run: true }, 1);
    expect(first).toMatchObject({ finished: false, position: { compared: 100, differ: 100 } });
    const last = await call({ dry_run: true, position: first.position });
    expect(last).toMatchObject({ finished: true, position: { compared: orders, differ: orders } });
    expect(tracker.memory.items.size).toBe(0);
  });
});

describe('a wrong request changes nothing and says why', () => {
  test.each([
    [{ from: undefined }, 'from is missing: the day from which orders are imported.'],
    [{ from: 'last year' }, 'from must be a day or a time, for example 2024-01-01: "last year".'],
    [{ from: '2026-06-02' }, 'from is in the future: 2026-06-02.'],
    [{ to: '2026-06-02' }, 'to is in the future: 2026-06-02.'],
    [{ from: '2026-01-01', to: '2025-12-31' }, 'from is after to: 2026-01-01 is after 2025-12-31.'],
    [{ orders_per_second: 0 }, 'orders-per-second must be a whole number from 1 to 500.'],
    [{ orders_per_second: -20 }, 'orders-per-second must be a whole number from 1 to 500.'],
  ])('%j', async (given, message) => {
    const { call, tracker, sandbox } = await clinic();
    await expect(call(given)).rejects.toThrow(message);
    expect(tracker.memory.items.size).toBe(0);
    expect(sandbox.log.count()).toBe(0);
  });

  test('while another import is unfinished, unless it is to be restarted', async () => {
    const { call, tracker, orders } = await clinic();
    await call({}, 1);
    const mark = await readImportMark(tracker.memory);
    await expect(call({ from: '2025-12-01' })).rejects.toThrow(
      'is unfinished. Finish it with the same dates',
    );
    expect(await readImportMark(tracker.memory)).toEqual(mark);
    const { position } = await call({ from: '2025-12-01', restart: true });
    expect(position.listed).toBeGreaterThan(0);
    expect(position.listed).toBeLessThan(orders);
  });
});
