/** Several teams in one deployment: each with its own key, clocks and progress. */
import { expect, test } from 'vitest';
import { showTransaction } from '../../../../core/api/transactions/representation.ts';
import { followUpOf } from '../../../../core/domain/transaction/follow-up.ts';
import type { JunctionClient } from '../../../../core/junction/client.ts';
import type { PerTeam } from '../../../../core/junction/per-team.ts';
import { JunctionUnavailable } from '../../../../core/junction/unavailable.ts';
import { readUpdatesMark } from '../../../../core/store/poll-marks/updates-mark.ts';
import {
  listed,
  march,
  orderId,
  transaction,
  transactionId,
} from '../../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../../clocks.ts';
import { AVAILABLE_AT, initialAvailable } from './scene/redraw-bodies.ts';
import { Tracker } from './scene/tracker.ts';

const HOUR = 3_600_000;
const DUE = march(5, '12:00:00');

/** A redraw of a team, due an hour after it became available. */
function redrawOf(n: number, team_id: string) {
  const entry = listed(n, 'redraw_available', AVAILABLE_AT, { created_at: march(1) });
  return initialAvailable({
    id: orderId(n),
    team_id,
    order_transaction: { ...transaction(n, 'active', [entry]), id: transactionId(n) },
  });
}

/** Junction as one team sees it. It knows its own transactions, and has nothing new. */
class TeamJunction {
  readonly asked: string[] = [];
  readonly listedBy: string[] = [];
  readonly knows: ReadonlySet<string>;
  isDown = false;

  constructor(...known: number[]) {
    this.knows = new Set(known.map(transactionId));
  }

  readonly client = (): JunctionClient => {
    const answer = <Value>(value: Value): Value => {
      if (this.isDown) throw new JunctionUnavailable('down', 'failed');
      return value;
    };
    const none = async () => answer({ orders: [], last: true, total: 0 });
    return {
      transactionOrders: async (id: string) => {
        this.asked.push(id);
        return answer(this.knows.has(id) ? [] : null);
      },
      order: async () => answer(null),
      missingResults: async () => answer(null),
      newestOrders: async () => answer([]),
      criticalOrders: none,
      ordersChangedSince: async (since: string) => {
        this.listedBy.push(since);
        return none();
      },
      unmatchedResults: async () => answer({ reviews: [], next: null }),
    } as unknown as JunctionClient;
  };
}

async function sweepWith(tracker: Tracker, at: string, teams: Readonly<Record<string, TeamJunction>>) {
  const junction: PerTeam<() => JunctionClient> = new Map(
    Object.entries(teams).map(([team, { client }]) => [team, client]),
  );
  return tracker.runSweep(at, { remaining: () => 300_000, junction });
}

async function uncheckedReason(tracker: Tracker, n: number) {
  const stored = await tracker.transaction(transactionId(n));
  return stored && showTransaction(stored, () => false).redraw?.unchecked_reason;
}

test('each redraw is checked with the key of its team, and one of a team without a key says so', async () => {
  const tracker = new Tracker();
  for (const [n, team] of [
    [1, 'north'],
    [2, 'south'],
    [3, 'west'],
  ] as const) {
    await tracker.deliver(redrawOf(n, team), AVAILABLE_AT);
  }
  const [north, south] = [new TeamJunction(1), new TeamJunction(2)];
  const { report } = await sweepWith(tracker, DUE, { north, south });
  expect(report).toMatchObject({ due: 3, flagged: 3 });
  expect([north.asked, south.asked]).toEqual([[transactionId(1)], [transactionId(2)]]);
  expect(await Promise.all([1, 2, 3].map((n) => uncheckedReason(tracker, n)))).toEqual([
    null,
    null,
    'no_key_for_team',
  ]);
});

test('the key that is stored at last checks what was flagged without one', async () => {
  const tracker = new Tracker();
  await tracker.deliver(redrawOf(3, 'west'), AVAILABLE_AT);
  const [north, west] = [new TeamJunction(), new TeamJunction(3)];
  await sweepWith(tracker, DUE, { north });
  expect(await uncheckedReason(tracker, 3)).toBe('no_key_for_team');
  expect(north.asked).toEqual([]);
  await sweepWith(tracker, march(5, '18:00:00'), { north, west });
  expect(west.asked).toEqual([transactionId(3)]);
  expect(await uncheckedReason(tracker, 3)).toBeNull();
});

test('the list of each team has its own place, so that one that fails keeps no other back', async () => {
  const tracker = new Tracker();
  const [north, south] = [new TeamJunction(), new TeamJunction()];
  north.isDown = true;
  await sweepWith(tracker, march(5, '08:00:00'), { north, south });
  const { table } = tracker.projection;
  const through = async (team: string) => (await readUpdatesMark(table, team)).through;
  expect([await through('north'), await through('south')]).toEqual([null, march(5, '08:00:00')]);
  north.isDown = false;
  await sweepWith(tracker, march(5, '08:15:00'), { north, south });
  expect(await through('north')).not.toBeNull();
  // The poll of the south is not due again.
  expect([north.listedBy.length, south.listedBy.length]).toEqual([2, 1]);
});

test('a redraw is due by the clocks of its team', async () => {
  const byTeam = new Map([['north', { ...CLOCKS, noOrder: 3 * HOUR }]]);
  const tracker = new Tracker({ clocks: { ...CLOCKS, byTeam } });
  for (const [n, team] of [
    [1, 'north'],
    [2, 'south'],
  ] as const) {
    await tracker.deliver(redrawOf(n, team), AVAILABLE_AT);
  }
  const dueAt = async (n: number) => {
    const stored = await tracker.transaction(transactionId(n));
    return stored && followUpOf(stored)?.due_at;
  };
  expect([await dueAt(1), await dueAt(2)]).toEqual([march(5, '13:00:00'), march(5, '11:00:00')]);
});
