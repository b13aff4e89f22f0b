/** A run that is killed before and after each of its steps. Where it stops affects only what is known. */
import { expect, test } from 'vitest';
import { initialAvailable, TRANSACTION } from '../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import type { MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { Clinic } from './scene/clinic.ts';

const NOON = march(5, '17:00:00');

/** A run whose machine stops after a number of steps: requests to the table, to Junction and to the provider. */
async function killedAfter(steps: number) {
  const clinic = new Clinic();
  clinic.settings = { ...clinic.settings, channels: ['sms'], reminders: [] };
  await clinic.hears(initialAvailable(), march(5, '10:00:05'));
  let left = steps;
  const step = async () => {
    if (left <= 0) throw new Error('killed');
    left -= 1;
  };
  clinic.onStep = step;
  clinic.through = (memory) => {
    const send = async (command: never) => {
      await step();
      return memory.client.send(command);
    };
    return { name: memory.name, client: { send } as unknown as MemoryTable['client'] };
  };
  const isKilled = await clinic.look(NOON).then(
    () => false,
    () => true,
  );
  left = Number.POSITIVE_INFINITY;
  return { clinic, isKilled };
}

test('after a kill at any step, the message is sent once, or its outcome is unknown and it is never resent', async () => {
  const ends: string[] = [];
  for (let steps = 0; ends.at(-1) !== 'finished'; steps += 1) {
    const { clinic, isKilled } = await killedAfter(steps);
    for (const at of ['17:05:00', '17:20:00', '18:00:00']) await clinic.run(march(5, at));
    await clinic.look(march(5, '18:05:00'));
    const [message] = await clinic.messages();
    const told = (await clinic.tracker.transaction(TRANSACTION))?.told?.state;
    expect([steps, told]).toEqual([steps, message?.state]);
    ends.push(isKilled ? `${message?.state}, taken ${clinic.taken.length} times` : 'finished');
  }
  // Killed before the marker moved or after the outcome was noted, before the provider was asked, and before its answer was noted.
  const expected = ['sent, taken 1 times', 'unknown, taken 0 times', 'unknown, taken 1 times', 'finished'];
  expect(new Set(ends)).toEqual(new Set(expected));
});
