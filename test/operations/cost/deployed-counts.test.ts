import { expect, it } from 'vitest';
import { deployedCounts } from '../../../operations/cost/deployed-counts.ts';
import measured from '../../../operations/cost/measured.json' with { type: 'json' };
import { fixedCost, total } from '../../../operations/cost/monthly-cost.ts';
import { synthesize } from '../../lib/synthesized-stack.ts';

it('costs what docs/operations/cost.md says, to 2 %', () => {
  // The region of the prices. The stack has more in it than elsewhere.
  const stack = synthesize({}, 'us-east-1');
  const deployed = deployedCounts((type) =>
    Object.fromEntries(Object.entries(stack.ofType(type)).map(([id, { Properties }]) => [id, Properties])),
  );
  const [now, documented] = [total(fixedCost({ deployed })), total(fixedCost(measured))];
  expect(deployed.alarms).toBeGreaterThan(10);
  // Every 15 and every 5 minutes.
  expect(deployed).toMatchObject({ sweeps_per_month: 2_920, redrives_per_month: 8_760 });
  expect(Math.abs(now / documented - 1), 'docs/operations/cost.md is stale: run npm run cost').toBeLessThan(
    0.02,
  );
});
