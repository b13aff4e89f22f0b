/** Random sets of conflicting deliveries lead to the oracle's state: in the drawn order, backwards, and with repetitions. */
import { expect, test } from 'vitest';
import { allSeeds, oneSeed } from '../../../test/one-seed.ts';
import { withDuplicates } from '../oracle/orders-of-delivery.ts';
import { replay } from './product.ts';
import { randomFacts } from './random-deliveries.ts';
import { differences, judgeEach } from './verdict.ts';

const FILE = 'tools/verification/convergence/random-convergence.test.ts';
/** Set to replay one failure. */
const { SEED } = process.env;
/** `SEEDS` tries more. Each of the faults put in on purpose showed in 3 of these 600 seeds or more. */
const PER_TEST = Math.ceil(Number(process.env.SEEDS ?? 600) / 8);

async function fault(seed: number): Promise<string | null> {
  const facts = randomFacts(seed);
  const check = judgeEach(facts);
  const [deliveries, registrations] = [
    facts.filter((fact) => 'body' in fact),
    facts.filter((fact) => !('body' in fact)),
  ];
  for (const order of [facts, facts.toReversed(), [...registrations, ...withDuplicates(deliveries, seed)]]) {
    const verdict = check(await replay(order, seed));
    if (!verdict) continue;
    return [
      `seed ${seed}, arrived as ${order.map((fact) => facts.indexOf(fact) + 1).join(' ')}:`,
      ...differences(verdict.expected, verdict.actual).slice(0, 12),
      `replay: SEED=${seed} npx vitest run ${FILE}`,
    ].join('\n');
  }
  return null;
}

test.skipIf(SEED !== undefined).each([0, 1, 2, 3, 4, 5, 6, 7])(
  'random deliveries, part %i',
  allSeeds,
  async (part) => {
    for (let seed = part * PER_TEST; seed < (part + 1) * PER_TEST; seed++) {
      const found = await fault(seed);
      if (found) expect.fail(found);
    }
  },
);

test.runIf(SEED !== undefined)('random deliveries of one seed', oneSeed, async () => {
  expect(await fault(Number(SEED))).toBeNull();
});
