/** A sweep that is killed at any step and run again has the same result as an undisturbed one. */
import { serialize } from 'node:v8';
import { afterEach, expect, test } from 'vitest';
import { showTransaction } from '../../../../core/api/transactions/representation.ts';
import type { StoredTransaction } from '../../../../core/domain/stored/stored-transaction.ts';
import type { Table } from '../../../../core/store/table.ts';
import type { Script } from '../../../../tools/sandbox/journeys/catalogue.ts';
import { type Journey, journey } from '../../../../tools/sandbox/journeys/journeys.ts';
import { junction } from '../../../../tools/sandbox/junction/junction.ts';
import { differences } from '../../../../tools/verification/convergence/verdict.ts';
import { MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import { inProcessApi } from './scene/in-process-api.ts';
import { minutesAfter, stallOf, untilItMovedOn } from './scene/scene.ts';
import { instant, Tracker } from './scene/tracker.ts';

const NOW = '2026-03-20T12:00:00Z';

/** The journey's last relevant webhook was sent some time before the sweep. */
function endingBefore(script: Script, minutes: number, options: object = {}): Journey {
  const endAt = new Date(minutesAfter(NOW, -minutes));
  return journey(script, 5, { spelling: 'documented', endAt, ...options });
}

/** Progressed ten minutes ago, without a webhook. */
function movedOnUnheard(script: Script): Journey {
  const { stall, snapshots } = endingBefore(script, 0);
  const early = Date.parse(snapshots.at(-1)?.at ?? '') - Date.parse(stallOf(stall).until ?? '');
  return endingBefore(script, 10 - early / 60_000);
}

const all = () => true;
const first = (one: unknown, { snapshots }: Journey) => one === snapshots[0];

/** One of everything that a sweep handles, and which of its webhooks arrived. */
const met: readonly (readonly [
  Journey,
  arrives: (one: Journey['snapshots'][number], of: Journey) => boolean,
])[] = [
  [endingBefore('redraw_never_ordered', 200), all],
  [endingBefore('redraw_stalled_without_requisition', 3_000), all],
  [endingBefore('redraw_stalled_after_draw', 30_000), all],
  [movedOnUnheard('redraw_ordered_late'), untilItMovedOn],
  [movedOnUnheard('redraw_rebooked_late'), untilItMovedOn],
  [endingBefore('redraw_completed_with_missing_results', 60), all],
  [endingBefore('walk_in_completed', 10), first],
  [endingBefore('redraw_stalled_without_appointment', 60_000, { spelling: { transaction: 'missing' } }), all],
];

async function before(): Promise<MemoryTable> {
  const tracker = new Tracker({ clocks: { ...new Tracker().projection.clocks, silent: 86_400_000 } });
  for (const [told, arrives] of met) {
    for (const one of told.snapshots.filter((snapshot) => arrives(snapshot, told))) {
      await tracker.deliver(one.payload, one.at);
    }
  }
  return tracker.memory;
}

const start = await before();
const world = junction(met.map(([told]) => told));
world.setClock(new Date(NOW));

/** The machine stops at this step, before it or after it took effect without an answer. Then nothing works any more. */
class Machine {
  steps = 0;
  readonly #stopsAt: number;
  readonly #isDone: boolean;

  constructor(stopsAt = Number.POSITIVE_INFINITY, isDone = false) {
    this.#stopsAt = stopsAt;
    this.#isDone = isDone;
  }

  step = async (what: () => Promise<unknown> = async () => undefined): Promise<unknown> => {
    this.steps += 1;
    if (this.steps > this.#stopsAt || (this.steps === this.#stopsAt && !this.#isDone))
      throw new Error('killed');
    const answer = await what();
    if (this.steps >= this.#stopsAt) throw new Error('killed');
    return answer;
  };

  through = (memory: MemoryTable): Table => {
    const send = (command: unknown) => this.step(() => memory.client.send(command as never));
    return { name: memory.name, client: { send } as unknown as Table['client'] };
  };

  api = () => inProcessApi(world, () => this.step().then(() => undefined));
}

/** Runs sweeps on a machine, on the table that the previous one left. */
async function swept(memory: MemoryTable, machine = new Machine()): Promise<Tracker> {
  const tracker = new Tracker({ memory, through: machine.through });
  await tracker.sweepOnly(NOW, { api: machine.api() }).catch(() => null);
  return tracker;
}

/** The visible state of the transactions after the stream, and whether a check is planned. */
async function finished(tracker: Tracker): Promise<Record<string, unknown>> {
  await tracker.project();
  return Object.fromEntries(
    tracker.transactions().map((one) => [
      one.id,
      {
        ...showTransaction({ ...one, revision: 0 }, () => true),
        // A sweep that is killed after it stored what Junction reported does not say any more that it brought it.
        junction_checks: [],
        unanswered_checks: null,
        isToBeAsked: one.check_at !== null && one.check_at <= instant(NOW),
      },
    ]),
  );
}

const flagOf = ({ marks }: StoredTransaction) => marks.stale_since !== null;

const undisturbed = await (async () => {
  const machine = new Machine();
  const tracker = await swept(new MemoryTable(start.items), machine);
  // The first sweep adopts a provisional transaction, and the second checks it under its new id.
  await tracker.project();
  const again = await swept(tracker.memory);
  const state = await finished(again);
  return { steps: machine.steps, state, told: [...tracker.events, ...again.events], tracker: again };
})();

const announced = (events: Tracker['events']) =>
  events.flatMap(({ type, detail }) => (type === 'Redraw Stale' ? [detail.transaction_id] : [])).sort();

afterEach(() => expect(undisturbed.steps).toBeGreaterThan(80));

test('the sweep handles each kind of transaction', () => {
  const flagged = undisturbed.tracker.transactions().filter(flagOf);
  expect(flagged).toHaveLength(4);
  expect(announced(undisturbed.told)).toEqual(flagged.map(({ id }) => id).sort());
});

/** What killed sweeps left behind. A step that only reads leaves the same as the one before, and then all that follows is the same. */
const tried = new Set<string>();

function isNew({ memory, unprojected, events }: Tracker): boolean {
  const left = serialize([memory.items, unprojected, events]).toString('latin1');
  const size = tried.size;
  return tried.add(left).size > size;
}

test.each([
  ['before it takes effect', false],
  ['after it has taken effect', true],
])(
  'killed at every step, %s',
  async (_, isDone) => {
    for (let step = 1; step <= undisturbed.steps; step += 1) {
      const killed = await swept(new MemoryTable(start.items), new Machine(step, isDone));
      if (!isNew(killed)) continue;
      const restarted = new Tracker({ memory: killed.memory });
      // The stream has kept what was written before the machine stopped.
      for (const change of killed.unprojected) restarted.memory.onChange(change);
      await restarted.project();
      const once = await swept(restarted.memory);
      await once.project();
      const twice = await swept(once.memory);
      const wrong = differences(undisturbed.state, await finished(twice));
      if (wrong.length > 0) expect.fail([`killed at step ${step}:`, ...wrong.slice(0, 10)].join('\n'));
      const told = [killed, restarted, once, twice].flatMap(({ events }) => events);
      expect(announced(told)).toEqual(announced(undisturbed.told));
    }
    expect(tried.size).toBeGreaterThan(10);
  },
  300_000,
);
