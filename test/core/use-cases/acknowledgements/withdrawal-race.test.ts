/** An acknowledgement is withdrawn or replaced while others do the same, the sweep flags and progress arrives, in many interleavings. */
import { expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import { acknowledge, withdraw } from '../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { PROGRAM } from '../../../callers.ts';
import { Interleaving } from '../sweep/scene/interleaving.ts';
import {
  initialAvailable,
  ORDERED,
  ORDERED_AT,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';

const RUNS = 150;
const NURSE = { by: 'nurse', caller: PROGRAM, note: null };
const DUE = later(ORDERED_AT, 86_400_000);

interface Course {
  readonly tracker: Tracker;
  readonly interleaving: Interleaving;
}

/** A redraw that is acknowledged and due to be flagged. */
async function acknowledged(seed: number): Promise<Course> {
  const interleaving = new Interleaving(seed);
  const tracker = new Tracker({ through: interleaving.through });
  await interleaving.run([
    async () => {
      await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
      await tracker.deliver(redrawAt([ORDERED]), march(5, '10:00:06'));
      await acknowledge(tracker.projection, TRANSACTION, NURSE, new Date(march(6)));
    },
  ]);
  return { tracker, interleaving };
}

const takingBack = (tracker: Tracker, by: string) => async () => {
  const { marks } = await withdraw(
    tracker.projection,
    TRANSACTION,
    { by, caller: PROGRAM, acknowledgedAt: null },
    new Date(DUE),
  );
  expect(marks.acknowledgement).toBeNull();
};

const flagging = (tracker: Tracker) => () => tracker.sweepOnly(DUE);

const progressing = (tracker: Tracker) => () =>
  tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(6, '10:00:10'));

test('two withdrawals at the same time withdraw it once, and the flag is set once and stays', async () => {
  const courses = new Set<string>();
  for (let seed = 0; seed < RUNS; seed += 1) {
    const { tracker, interleaving } = await acknowledged(seed);
    const from = tracker.events.length;
    await interleaving.run([takingBack(tracker, 'a'), takingBack(tracker, 'b'), flagging(tracker)]);
    const kinds = tracker.events.slice(from).map(({ type }) => type);
    expect(kinds.toSorted(), `seed ${seed}`).toEqual(['Redraw Acknowledgement Withdrawn', 'Redraw Stale']);
    const stored = await tracker.transaction(TRANSACTION);
    expect(stored?.marks, `seed ${seed}`).toMatchObject({ stale_since: DUE, acknowledgement: null });
    courses.add(kinds.join());
  }
  expect(courses.size).toBe(2);
});

test('progress is not lost, and an acknowledgement that it cleared is not withdrawn as well', async () => {
  const courses = new Set<string>();
  for (let seed = 0; seed < RUNS; seed += 1) {
    const { tracker, interleaving } = await acknowledged(seed);
    const from = tracker.events.length;
    await interleaving.run([takingBack(tracker, 'a'), progressing(tracker)]);
    const kinds = tracker.events.slice(from).map(({ type }) => type);
    const stored = await tracker.transaction(TRANSACTION);
    expect(stored, `seed ${seed}`).toMatchObject({
      redraw: { stage: 'awaiting_appointment' },
      marks: { progress: null, stale_since: null, acknowledgement: null },
    });
    courses.add(kinds.join());
  }
  expect([...courses].sort()).toEqual([
    'Redraw Acknowledgement Withdrawn,Redraw Progressed',
    'Redraw Progressed',
  ]);
});

test('of two people who replace the same acknowledgement, one succeeds and the other is refused', async () => {
  const winners = new Set<unknown>();
  for (let seed = 0; seed < RUNS; seed += 1) {
    const { tracker, interleaving } = await acknowledged(seed);
    const refused: string[] = [];
    const replacing = (by: string) => () =>
      acknowledge(
        tracker.projection,
        TRANSACTION,
        { by, caller: PROGRAM, note: null, replaces: march(6) },
        new Date(DUE),
      ).catch(() => refused.push(by));
    await interleaving.run([replacing('a'), replacing('b'), flagging(tracker)]);
    const { marks } = (await tracker.transaction(TRANSACTION)) ?? {};
    expect(refused, `seed ${seed}`).toHaveLength(1);
    expect([marks?.acknowledgement?.by, ...refused].sort(), `seed ${seed}`).toEqual(['a', 'b']);
    expect(marks?.stale_since, `seed ${seed}`).toBe(DUE);
    winners.add(marks?.acknowledgement?.by);
  }
  expect(winners.size).toBe(2);
});
