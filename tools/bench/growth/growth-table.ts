import { textTable } from '../text-table.ts';
import { type Growth, slopeOf } from './growth.ts';

/** Requests and units of each operation by size, with the slope of the units. */
export function growthTable(grown: readonly Growth[]): string {
  if (grown.length === 0) return '';
  const sizes = [...new Set(grown.map(({ stored }) => stored))].sort((a, b) => a - b);
  const operations = [...new Set(grown.map(({ operation }) => operation))];
  const rows = operations.map((operation) => [
    operation,
    ...sizes.map((size) => {
      const found = grown.find((one) => one.operation === operation && one.stored === size);
      return found ? `${shortened(found.requests)} / ${shortened(found.units)}` : '';
    }),
    slopeOf(grown, operation).toFixed(2),
  ]);
  return textTable([['requests / units with', ...sizes.map((size) => `${size} orders`), 'slope'], ...rows]);
}

function shortened(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
