import { expect, it } from 'vitest';
import { deployedCounts } from '../../operations/cost/deployed-counts.ts';
import measured from '../../operations/cost/measured.json' with { type: 'json' };
import { synthesize } from './synthesized-stack.ts';

it('is what docs/cost.md computes the fixed costs from', () => {
  // The region of the prices. The stack has more in it than elsewhere.
  const stack = synthesize({}, 'us-east-1');
  const counts = deployedCounts((type) =>
    Object.values(stack.ofType(type)).map(({ Properties }) => Properties),
  );
  expect(counts.alarms).toBeGreaterThan(10);
  expect(measured.deployed, 'operations/cost/measured.json is stale: run npm run cost').toEqual(counts);
});
