/** Messages to the patients of several teams. */
import { expect, test } from 'vitest';
import { initialAvailable } from '../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { Clinic } from './scene/clinic.ts';

const NIGHT = march(5, '10:00:05');
const MORNING = march(5, '15:00:00');

async function clinicOf(team_id: string): Promise<Clinic> {
  const clinic = new Clinic();
  clinic.settings = { ...clinic.settings, channels: ['sms'], reminders: [] };
  await clinic.hears(initialAvailable({ team_id }), NIGHT);
  await clinic.look(NIGHT);
  await clinic.run(MORNING);
  return clinic;
}

test.each([
  ['a team with a brand of its own', 'north', 'North Labs'],
  ['a team without', 'south', 'Acme Health'],
])('a message of %s is from its brand', async (_, team, brand) => {
  const clinic = await clinicOf(team);
  expect(clinic.taken).toHaveLength(1);
  expect([...clinic.brands]).toEqual([brand]);
});

test('a message of a team without a key waits, because Junction cannot be asked', async () => {
  const clinic = await clinicOf('west');
  expect(clinic.taken).toEqual([]);
  expect(new Set(clinic.notSent)).toEqual(new Set(['redraw_available.sms planned junction_unavailable']));
});
