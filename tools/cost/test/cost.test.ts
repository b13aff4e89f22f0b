/** The computed costs, and the document that shows them. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dollars } from '../../../operations/prices/prices.ts';
import { SCALES } from '../assumptions.ts';
import { perMillion } from '../design-costs.ts';
import { withFigures } from '../document.ts';
import { limits } from '../limits.ts';
import stored from '../measured.json' with { type: 'json' };
import { measuredSchema } from '../measured.ts';
import { type CostLine, monthlyCost, total } from '../monthly-cost.ts';

const measured = measuredSchema.parse(stored);
const document = readFileSync(new URL('../../../docs/operations/cost.md', import.meta.url), 'utf8');

describe('docs/operations/cost.md', () => {
  test('has the figures of the measurements and prices', () => {
    expect(withFigures(document, measured), 'docs/operations/cost.md is stale: run npm run cost').toBe(
      document,
    );
  });

  test('is not written with a mark too many or too few', () => {
    expect(() => withFigures(`${document}<!-- cost:weather --><!-- /cost -->`, measured)).toThrow('weather');
    expect(() => withFigures(document.replace('<!-- cost:units -->', ''), measured)).toThrow('units');
  });
});

test('prices are per the quantity that the table says', () => {
  expect(dollars('writeUnit', 1_600_000)).toBeCloseTo(1);
  expect(dollars('alarm', 30)).toBeCloseTo(3);
});

test('a million webhooks of a design cost its requests, its function and its units', () => {
  const none = { requests: 0, readUnits: 0, writeUnits: 0, indexUnits: 0 };
  const design = {
    sample: 'any',
    peer: 'last-write-wins',
    webhooks: 1,
    queueRequests: 0,
    junctionRequests: 0,
  };
  const one = perMillion({ ...design, answered: { ...none, writeUnits: 2 }, afterwards: none }, measured);
  // 25 ms at 512 MB.
  expect(one).toBeCloseTo(1 + 0.2 + 12_500 * 0.0000133334 + 2 * 0.625);
  const asking = { ...design, answered: none, afterwards: none, junctionRequests: 1 };
  expect(perMillion(asking, measured)).toBeCloseTo(1 + 0.2 + 112_500 * 0.0000133334);
});

test('costs grow with the orders, except the fixed ones', () => {
  const part = (orders: number, wanted: boolean) =>
    total(monthlyCost(measured, orders).filter(({ fixed }: CostLine) => fixed === wanted));
  expect(part(2_000_000, true)).toBe(part(1_000_000, true));
  // Both scales are without cold starts.
  expect(part(2_000_000, false)).toBeCloseTo(2 * part(1_000_000, false));
});

test('every limit is used more at a larger scale', () => {
  for (const { what, used } of limits(measured)) {
    const shares = SCALES.map(used);
    expect([what, shares]).toEqual([what, shares.toSorted((a, b) => a - b)]);
    expect(new Set(shares).size).toBe(SCALES.length);
  }
});
