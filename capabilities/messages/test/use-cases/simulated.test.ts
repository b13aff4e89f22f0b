/**
 * Random stories, runs that are killed at any step or overlap, lost webhooks, and providers and a Junction in trouble. The judge
 * knows nothing of the plan: it looks at what the providers took, at that moment.
 *
 * SEEDS=3000 tries more stories than the suite does, SEED=17 one of them.
 */
import { expect, test } from 'vitest';
import { OutcomeUnknown, Refused, Throttled } from '../../../../core/email/provider.ts';
import { random } from '../../../../tools/sandbox/random.ts';
import { World } from './scene/world.ts';

const FILE = 'capabilities/messages/test/use-cases/simulated.test.ts';
const { SEED, SEEDS = '24' } = process.env;
const seeds = SEED === undefined ? Array.from({ length: Number(SEEDS) }, (_, seed) => seed) : [SEED];

const troubles = [
  () => new Refused('INVALID'),
  () => new Refused('OPTED_OUT', true),
  () => new Throttled('ThrottlingException'),
  () => new OutcomeUnknown('TimeoutError'),
  () => ({ lost: new OutcomeUnknown('TimeoutError') }),
] as const;

test('nothing is sent twice, at night, beyond the cap, after an opt-out or when it no longer applies', async () => {
  const totals = { sent: 0, killed: 0 };
  for (const seed of seeds) {
    const source = random(seed);
    const world = new World(source.fork('world'), source.chance(0.4));
    await world.play((clinic, own) => {
      if (own.chance(0.15)) clinic.troubles.push(own.pick(troubles)());
    });
    expect(world.violations, `replay: SEED=${seed} npx vitest run ${FILE}`).toEqual([]);
    totals.sent += world.clinic.taken.length;
    totals.killed += world.killed;
  }
  // Otherwise nothing was judged.
  if (SEED === undefined) expect(Math.min(totals.sent, totals.killed)).toBeGreaterThan(seeds.length);
}, 3_600_000);
