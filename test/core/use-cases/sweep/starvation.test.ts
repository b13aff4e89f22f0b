/** Half of all transactions never get an answer, and each failure takes the maximum time. The others are not affected. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { JunctionClient } from '../../../../core/junction/client.ts';
import { JunctionUnavailable } from '../../../../core/junction/unavailable.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { manyDue } from './scene/many-due.ts';
import { minutesAfter } from './scene/scene.ts';
import { Tracker } from './scene/tracker.ts';

const COUNT = 120;
const DAYS = 4;
const QUARTERS_A_DAY = 96;
const BEGIN = march(6, '00:00:00');
/** Four attempts of ten seconds, and the pauses between them. */
const UNANSWERED = 45_000;
const ANSWERED = 300;

/** An invocation in simulated time, and Junction's API as each part of the sweep sees it. */
class Invocation {
  readonly asked: string[] = [];
  listed = 0;
  #remaining = 300_000;

  readonly remaining = () => this.#remaining;

  readonly junction = (forRequests: () => number): JunctionClient => {
    const spend = (milliseconds: number) => {
      this.#remaining -= Math.max(0, Math.min(milliseconds, forRequests()));
    };
    const answer = async <Answer>(value: Answer) => {
      spend(ANSWERED);
      return value;
    };
    const api = {
      transactionOrders: async (id: string) => {
        this.asked.push(id);
        if (!silent.has(id)) return answer([]);
        spend(UNANSWERED);
        throw new JunctionUnavailable('too slow', 'timeout');
      },
      order: () => answer(null),
      appointment: () => answer(null),
      missingResults: () => answer(null),
      newestOrders: () => answer([]),
      unmatchedResults: () => answer({ reviews: [], next: null }),
      ordersChangedSince: () => {
        this.listed += 1;
        return answer({ orders: [], last: true });
      },
    };
    return api as unknown as JunctionClient;
  };
}

const tracker = new Tracker();
const silent = new Set<string>();
/** The sweeps, by number, in which each transaction was asked about. */
const askedIn = new Map<string, number[]>();
let healthy: string[] = [];
let listPasses = 0;

beforeAll(async () => {
  const ids = await manyDue(tracker, COUNT);
  for (const [n, id] of ids.entries()) if (n % 2 === 0) silent.add(id);
  healthy = ids.filter((id) => !silent.has(id));
  for (let sweep = 0; sweep < DAYS * QUARTERS_A_DAY; sweep += 1) {
    const now = minutesAfter(BEGIN, sweep * 15);
    const invocation = new Invocation();
    await tracker.runSweep(now, invocation);
    listPasses += invocation.listed;
    for (const id of invocation.asked) askedIn.set(id, [...(askedIn.get(id) ?? []), sweep]);
  }
}, 120_000);

describe('over four days', () => {
  test('every redraw with an answer from Junction is flagged within the first hours', async () => {
    for (const id of healthy) expect(askedIn.get(id)?.[0]).toBeLessThan(6 * 4);
    const stored = await Promise.all(healthy.map((id) => tracker.transaction(id)));
    expect(stored.every((one) => one?.marks.stale_since != null && one.unanswered === null)).toBe(true);
  });

  test('each of them is checked again every day', () => {
    for (const id of healthy) expect(askedIn.get(id)?.length).toBeGreaterThanOrEqual(DAYS - 1);
  });

  test('the list of changed orders is read every hour', () => {
    expect(listPasses).toBe(DAYS * 24);
  });

  test('those without an answer are flagged as unchecked, and asked about less and less often', async () => {
    for (const id of silent) {
      expect(await tracker.transaction(id)).toMatchObject({
        marks: { stale_since: expect.any(String), unanswered_since: expect.any(String) },
      });
      expect(askedIn.get(id)?.length).toBeLessThanOrEqual(8 + DAYS);
    }
  });
});
