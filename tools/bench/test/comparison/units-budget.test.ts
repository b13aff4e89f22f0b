import { expect, test } from 'vitest';
import { NATURAL } from '../../comparison/samples.ts';
import type { Units } from '../../comparison/units.ts';
import { excessIn } from '../../comparison/units-budget.ts';

const none = { requests: 0, readUnits: 0, writeUnits: 0, indexUnits: 0 };
const of = (sample: string, peer: string, before: number, after: number): Units => ({
  ...{ sample, peer, webhooks: 1, queueRequests: 0, junctionRequests: 0 },
  answered: { ...none, writeUnits: before },
  afterwards: { ...none, writeUnits: after },
});

test('write units are limited in the sample of an ordinary lab, and by the other design in every sample', () => {
  const ours = (sample: string, after: number) => of(sample, 'redraw-tracker', 1, after);
  const other = (sample: string) => of(sample, 'idempotent-functions', 4, 1);
  expect(excessIn({ units: [ours(NATURAL, 3.7), ours('any', 3.9), other('any'), other(NATURAL)] })).toEqual(
    [],
  );
  expect(excessIn({ units: [ours(NATURAL, 3.8), other(NATURAL)] })).toHaveLength(1);
  expect(excessIn({ units: [ours('any', 4.1), other('any'), other(NATURAL)] })).toHaveLength(1);
  expect(excessIn({ units: [ours(NATURAL, 4.1), other(NATURAL)] })).toHaveLength(2);
});
