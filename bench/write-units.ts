import type { Fed } from './feed.ts';
import { type Figure, median } from './figures.ts';
import type { MeteredRequest } from './meter.ts';

const READS = new Set(['GetItem', 'Query', 'BatchGetItem']);
const total = (requests: readonly MeteredRequest[], of: 'tableUnits' | 'indexUnits') =>
  requests.reduce((sum, request) => sum + request[of], 0);

/** What webhooks and recomputes cost at the database, over the journeys that were fed. */
export function writeUnits(fed: readonly Fed[]): Figure[] {
  const kept = fed.filter(({ outcome }) => outcome !== 'ignored');
  const ordinary = kept.filter(({ outcome }) => outcome === 'applied' || outcome === 'duplicate');
  const recomputed = kept.filter(({ recompute }) => recompute.length > 0);
  const reads = (requests: readonly MeteredRequest[]) =>
    requests.filter(({ operation }) => READS.has(operation));
  const writes = (requests: readonly MeteredRequest[]) =>
    requests.filter(({ operation, input }) => !READS.has(operation) && !isOfOrder(input));
  const units = kept.map(({ webhook }) => total(webhook, 'tableUnits'));
  return [
    {
      name: 'webhook: requests to the database, ordinary case, most',
      value: Math.max(...ordinary.map(({ webhook }) => webhook.length)),
      unit: 'requests',
      budget: 1,
      detail: { webhooks: ordinary.length },
    },
    {
      name: 'webhook: write units on the table, median',
      value: median(units),
      unit: 'units',
      budget: 2,
      detail: { mean: units.reduce((a, b) => a + b, 0) / units.length, most: Math.max(...units) },
    },
    {
      name: 'webhook: write units on indexes, most',
      value: Math.max(...kept.map(({ webhook }) => total(webhook, 'indexUnits'))),
      unit: 'units',
      budget: 0,
    },
    requestsOf(
      'reads',
      recomputed.map(({ recompute }) => reads(recompute).length),
    ),
    requestsOf(
      'writes',
      recomputed.map(({ recompute }) => writes(recompute).length),
    ),
    {
      name: 'recompute: write units, median',
      value: median(recomputed.map(({ recompute }) => total(writes(recompute), 'tableUnits'))),
      unit: 'units',
      detail: {
        'on indexes': median(recomputed.map(({ recompute }) => total(writes(recompute), 'indexUnits'))),
      },
    },
  ];
}

/** An order that moves to another transaction takes more; that is once in its life. */
function requestsOf(what: string, counts: readonly number[]): Figure {
  const within = counts.filter((count) => count <= 1).length / counts.length;
  const detail = { recomputes: counts.length, 'at most 1 in %': 100 * within, most: Math.max(...counts) };
  return { name: `recompute: ${what}, median`, value: median(counts), unit: 'requests', budget: 1, detail };
}

/** Telling other orders which transaction they are in is rare, and counted on its own. */
function isOfOrder(input: MeteredRequest['input']): boolean {
  const key = input.Key as { sk?: { S?: string } } | undefined;
  return key?.sk?.S === 'ORDER';
}
