/** The sweep with an API that cannot be trusted: it fails, gives unusable answers, or is not ours. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { showTransaction } from '../../../../core/api/transactions/representation.ts';
import { later } from '../../../../core/domain/instant.ts';
import type { FaultRule } from '../../../../tools/sandbox/controls/faults.ts';
import { journeys } from '../../../../tools/sandbox/journeys/journeys.ts';
import { startSandbox } from '../../../../tools/sandbox/server.ts';
import { deliverAll, dueScene, minutesAfter, sandboxOf } from '../sweep/scene/scene.ts';
import { junctionApi, Tracker } from '../sweep/scene/tracker.ts';

const MINUTE = 60_000;
/** After the end of every journey. */
const LATER = '2025-12-01T00:00:00Z';

/** Forty redraws that were never ordered. */
async function fortyDue(seed: number) {
  const many = journeys(seed, 40, { scripts: ['redraw_never_ordered'], spelling: 'documented' });
  const sandbox = await sandboxOf(many);
  const tracker = new Tracker();
  await deliverAll(tracker, many);
  sandbox.junction.setClock(new Date(LATER));
  return { many, sandbox, tracker };
}

describe('Junction fails', () => {
  const everything: readonly FaultRule[] = [
    { fault: 'too_many_requests', retryAfter: 1 },
    { fault: 'unavailable' },
    { fault: 'malformed_json' },
    { fault: 'wrong_shape' },
    { fault: 'html_page' },
    { fault: 'html_ok' },
    { fault: 'empty_body' },
    { fault: 'reset' },
  ];
  const routes = ['/v3/order_transaction/*', '/v3/order/*'] as const;

  test.each(everything.flatMap((rule) => [rule, ...routes.map((route) => ({ ...rule, route }))]))(
    '$fault $route: nothing is flagged or lost, and the next sweep flags',
    async (rule) => {
      const { sandbox, tracker, transactionId, dueAt } = await dueScene();
      const api = junctionApi(sandbox);
      const before = await tracker.transaction(transactionId);
      const { id } = sandbox.faults.add(rule);
      const report = await tracker.sweep(dueAt, { api });
      expect(report).toMatchObject({ flagged: 0, healed: 0 });
      expect(report.skipped).toBeGreaterThan(0);
      expect(report.reasons.join()).not.toContain(transactionId);
      expect(await tracker.transaction(transactionId)).toMatchObject({
        redraw: { ...before?.redraw },
        marks: { stale_since: null },
        checked_at: null,
      });
      sandbox.faults.clear(id);
      const healthy = await tracker.sweep(minutesAfter(dueAt, 15), { api });
      expect(healthy).toMatchObject({ flagged: 1, healed: 0, skipped: 0 });
    },
  );

  test.each(['too_many_requests', 'unavailable', 'html_page', 'reset'] as const)(
    '%s, temporary: the same sweep retries',
    async (fault) => {
      const { sandbox, tracker, dueAt } = await dueScene();
      sandbox.faults.add({ fault, times: 3 });
      const report = await tracker.sweep(dueAt, { api: junctionApi(sandbox) });
      expect(report).toMatchObject({ flagged: 1, skipped: 0 });
    },
  );

  test('slow: the sweep waits no longer than it has time', async () => {
    const { sandbox, tracker, dueAt } = await dueScene();
    const { id } = sandbox.faults.add({ fault: 'slow', delayMs: 60_000 });
    let asked = 0;
    // The time is over after the first request, so the second one gets almost none.
    const timeLeft = () => {
      asked += 1;
      return asked < 2 ? 20 : 0;
    };
    const report = await tracker.sweep(dueAt, { api: junctionApi(sandbox, { timeLeft }) });
    expect(report).toMatchObject({ flagged: 0 });
    expect(report.skipped).toBeGreaterThan(0);
    sandbox.faults.clear(id);
    const next = await tracker.sweep(minutesAfter(dueAt, 15), { api: junctionApi(sandbox) });
    expect(next).toMatchObject({ flagged: 1, skipped: 0 });
  });

  test('an invalid key: nothing is flagged, and no request is repeated', async () => {
    const { sandbox, tracker, dueAt } = await dueScene();
    let attempts = 0;
    const timeLeft = () => {
      attempts += 1;
      return 60_000;
    };
    const api = junctionApi(sandbox, { apiKey: 'of nobody', timeLeft });
    expect(await tracker.sweep(dueAt, { api })).toMatchObject({ flagged: 0, healed: 0 });
    // Once for the redraw; the check for markers of the initial order backs off with it.
    expect(attempts).toBe(1);
    expect(await tracker.sweep(dueAt)).toMatchObject({ flagged: 1 });
  });

  test('down: the sweep stops asking after a few transactions', async () => {
    const { sandbox, tracker } = await fortyDue(3);
    const { id } = sandbox.faults.add({ fault: 'unavailable' });
    const api = junctionApi(sandbox);
    const report = await tracker.sweep(LATER, { api });
    expect(report).toMatchObject({ flagged: 0, healed: 0 });
    expect(report.skipped).toBeGreaterThanOrEqual(40);
    // In each part eight in a row, those asked about concurrently, and whether it answers at all: four attempts each.
    expect(sandbox.log.count()).toBeLessThanOrEqual(2 * (8 + 3 + 1) * 4);
    sandbox.faults.clear(id);
    expect(await tracker.sweep('2025-12-01T00:15:00Z', { api })).toMatchObject({ flagged: 40, skipped: 0 });
  });

  test('unusable for some transactions: the others are flagged', async () => {
    const { many, sandbox, tracker } = await fortyDue(4);
    for (const { known } of many.slice(0, 20)) {
      const about = known[0]?.facts.transactionId ?? '';
      sandbox.faults.add({ fault: 'wrong_shape', about, route: '/v3/order_transaction/*' });
    }
    const report = await tracker.sweep(LATER, { api: junctionApi(sandbox) });
    expect(report).toMatchObject({ flagged: 20 });
  });

  test('fails for many in a row but answers about the others: this is not an outage', async () => {
    const { many, sandbox, tracker } = await fortyDue(5);
    for (const { known } of many.slice(0, 30)) {
      const about = known[0]?.facts.transactionId ?? '';
      sandbox.faults.add({ fault: 'unavailable', about, route: '/v3/order_transaction/*' });
    }
    const report = await tracker.sweep(LATER, { api: junctionApi(sandbox) });
    expect(report).toMatchObject({ flagged: 10 });
  });
});

describe('a redraw without a usable answer from Junction', () => {
  const DAY = 1_440 * MINUTE;
  const silent = async (rule: FaultRule) => {
    const { sandbox, tracker, transactionId, dueAt } = await dueScene();
    // However long it has been due, the day begins with the first sweep that gets no answer.
    const first = later(dueAt, 40 * DAY);
    sandbox.junction.setClock(new Date(first));
    const { id } = sandbox.faults.add(rule);
    const shown = async () => {
      const stored = await tracker.transaction(transactionId);
      return stored && showTransaction(stored, () => true).redraw;
    };
    const sweep = (at: string) => tracker.sweep(at, { api: junctionApi(sandbox) });
    return { sandbox, tracker, transactionId, first, sweep, shown, recover: () => sandbox.faults.clear(id) };
  };

  test.each(['unavailable', 'wrong_shape'] as const)(
    '(%s) is flagged after a day, unchecked',
    async (fault) => {
      const { tracker, first, sweep, shown, recover } = await silent({ fault });
      expect(await sweep(first)).toMatchObject({ flagged: 0 });
      const { length } = tracker.events;
      expect(await sweep(later(first, DAY - 1))).toMatchObject({ flagged: 0 });
      expect(await shown()).toMatchObject({ state: 'in_progress', stale_since: null, unchecked: false });
      expect(tracker.events.length).toBe(length);
      const flaggedAt = later(first, DAY);
      expect((await sweep(flaggedAt)).flagged).toBe(1);
      expect(await shown()).toMatchObject({ state: 'stale', stale_since: flaggedAt, unchecked: true });
      const stale = tracker.events.filter(({ type }) => type === 'Redraw Stale');
      expect(stale).toMatchObject([{ detail: { stale_since: flaggedAt, unchecked: true } }]);
      // It was the third time without an answer: the fourth attempt is an hour later.
      expect(await sweep(later(flaggedAt, 60 * MINUTE - 1))).toMatchObject({ due: 0, skipped: 0 });
      recover();
      await sweep(later(flaggedAt, 60 * MINUTE));
      expect(await shown()).toMatchObject({ state: 'stale', stale_since: flaggedAt, unchecked: false });
      expect(tracker.told('Redraw Stale')).toHaveLength(1);
    },
  );

  test('is asked about at growing intervals, up to a day, until there is an answer', async () => {
    const { sandbox, tracker, transactionId, first, sweep, recover } = await silent({ fault: 'unavailable' });
    const asked: number[] = [];
    for (let quarters = 0; quarters <= 4 * 96; quarters += 1) {
      sandbox.log.clear();
      const report = await sweep(later(first, quarters * 15 * MINUTE));
      if (sandbox.log.count() > 0) asked.push(quarters);
      // While it is due and not flagged, every sweep reports it.
      expect(report.skipped).toBe(asked.at(-1) === quarters || quarters < 96 ? 1 : 0);
    }
    // Doubling from a quarter of an hour, once more before the flag, then once a day.
    expect(asked).toEqual([0, 1, 3, 7, 15, 31, 63, 96, 192, 288, 384]);
    recover();
    await sweep(later(first, 480 * 15 * MINUTE));
    expect(await tracker.transaction(transactionId)).toMatchObject({
      checked_at: later(first, 480 * 15 * MINUTE),
      unanswered: null,
    });
  });

  test('is not flagged if Junction answers in time, and the day begins again', async () => {
    const { sandbox, tracker, transactionId, first, sweep, recover } = await silent({ fault: 'unavailable' });
    await sweep(first);
    const waiting = await tracker.transaction(transactionId);
    expect(waiting && showTransaction(waiting, () => true).unanswered_checks).toEqual({
      ...{ count: 1, since: first, retry_at: later(first, 15 * MINUTE) },
    });
    recover();
    const moved = sandbox.junction.order((await tracker.transaction(transactionId))?.redraw?.order_id ?? '');
    expect(sandbox.junction.cancel(moved?.id ?? '')).toBe('cancelled');
    expect(await sweep(later(first, DAY))).toMatchObject({ flagged: 0, healed: 1, skipped: 0 });
    const answered = await tracker.transaction(transactionId);
    expect(answered?.marks.unanswered_since).toBeUndefined();
    expect(answered?.unanswered).toBeNull();
  });
});

describe('an address that is not our Junction', () => {
  const nothing404: [string, unknown][] = [
    ['a page', Buffer.from('<html><title>404 Not Found</title></html>')],
    ['nothing', Buffer.from('')],
    ['another API’s words', { message: 'Not Found' }],
    ['Junction’s words', { detail: 'Not Found' }],
  ];

  test.each(nothing404)(
    'answers 404 with %s: nothing is flagged, and the sweep reports it',
    async (_, body) => {
      const { tracker, dueAt, told } = await dueScene();
      const elsewhere = await startSandbox({ journeys: [told], fault: () => ({ status: 404, body }) });
      onTestFinished(() => elsewhere.close());
      const report = await tracker.sweep(dueAt, { api: junctionApi(elsewhere) });
      expect(report).toMatchObject({ flagged: 0, healed: 0 });
      expect(report.skipped).toBeGreaterThan(0);
    },
  );

  test('is another team’s: nothing is flagged', async () => {
    const { tracker, dueAt } = await dueScene();
    const others = await sandboxOf(journeys(77, 5, { spelling: 'documented' }));
    const report = await tracker.sweep(dueAt, { api: junctionApi(others) });
    expect(report).toMatchObject({ flagged: 0 });
    expect(report.reasons).toContain("Junction's API knows nothing of it");
  });

  test('has the key of another team: the redraw is flagged as unchecked, until there is a key of its team', async () => {
    const { sandbox, tracker, transactionId, dueAt } = await dueScene();
    const orders = [{ id: '9d4c7a52-1f0e-4b6a-8c3d-5e2f1a0b9c8d', team_id: 'another' }];
    const others = await startSandbox({
      fault: ({ path }) =>
        path.startsWith('/v3/orders')
          ? { status: 200, body: { orders, total: 1 } }
          : { status: 404, body: { detail: 'Not found' } },
    });
    onTestFinished(() => others.close());
    const report = await tracker.sweep(dueAt, { api: junctionApi(others) });
    expect(report).toMatchObject({ flagged: 1, reasons: ['the API key belongs to another team'] });
    const shown = async () => {
      const stored = await tracker.transaction(transactionId);
      return stored && showTransaction(stored, () => true).redraw;
    };
    expect(await shown()).toMatchObject({ state: 'stale', unchecked_reason: 'no_key_for_team' });
    const soon = later(dueAt, MINUTE);
    expect(await tracker.sweep(soon, { api: junctionApi(others) })).toMatchObject({ flagged: 0, skipped: 0 });
    await tracker.sweep(later(dueAt, 24 * 60 * MINUTE), { api: junctionApi(sandbox) });
    expect(await shown()).toMatchObject({ unchecked: false });
  });

  test('is ours, but no longer knows this transaction: it is flagged', async () => {
    const { sandbox, tracker, transactionId, dueAt, told } = await dueScene();
    const kept = journeys(78, 3, { spelling: 'documented', scripts: ['walk_in_completed'] });
    const ours = await startSandbox({
      journeys: kept,
      fault: ({ path }) =>
        path.includes(transactionId) || told.known.some(({ facts }) => path.includes(facts.orderId))
          ? { status: 404, body: { detail: 'Order not found' } }
          : null,
    });
    onTestFinished(() => ours.close());
    await sandbox.close();
    await deliverAll(tracker, kept);
    expect(await tracker.sweep(dueAt, { api: junctionApi(ours) })).toMatchObject({ flagged: 1 });
  });
});
