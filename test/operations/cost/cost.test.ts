/** The computed costs, and the document that shows them. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SCALES } from '../../../operations/cost/assumptions.ts';
import { withFigures } from '../../../operations/cost/document.ts';
import { limits } from '../../../operations/cost/limits.ts';
import stored from '../../../operations/cost/measured.json' with { type: 'json' };
import { measuredSchema } from '../../../operations/cost/measured.ts';
import { type CostLine, monthlyCost, total } from '../../../operations/cost/monthly-cost.ts';
import { dollars } from '../../../operations/cost/prices.ts';

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
