import * as z from 'zod';
import table from './prices.json' with { type: 'json' };

const price = z.strictObject({
  usd: z.number().positive(),
  per: z.number().positive(),
  unit: z.string(),
  source: z.url({ protocol: /^https$/ }),
});

/** The dated price table. */
export const priceTable = z
  .strictObject({
    date: z.iso.date(),
    region: z.string(),
    currency: z.literal('USD'),
    note: z.string(),
    prices: z.record(z.string(), price),
  })
  .parse(table);

export type PriceName = keyof typeof table.prices;

/** Dollars for a quantity of what has this price. */
export function dollars(name: PriceName, quantity: number): number {
  const found = priceTable.prices[name];
  if (!found) throw new Error(`There is no price ${name}.`);
  return (quantity / found.per) * found.usd;
}
