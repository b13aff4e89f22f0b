import { isOfKind } from '../../../core/store/table-layout.ts';
import type { Fed } from '../feed.ts';
import { type Figure, median } from '../figures.ts';
import type { MeteredRequest } from '../meter.ts';

const READS = new Set(['GetItem', 'Query', 'BatchGetItem']);
const total = (requests: readonly MeteredRequest[], of: 'tableUnits' | 'indexUnits') =>
  requests.reduce((sum, request) => sum + request[of], 0);

/** The database cost of webhooks and recomputes, over the journeys of `feed`. */
export function writeUnits(fed: readonly Fed[]): Figure[] {
  const kept = fed.filter(({ outcome }) => outcome !== 'ignored');
  const ordinary = kept.filter(
    (one) => (one.outcome === 'applied' || one.outcome === 'duplicate') && !isListed(one),
  );
  const recomputed = kept.filter(({ recompute }) => recompute.length > 0);
  const units = kept.map(({ webhook }) => total(webhook, 'tableUnits'));
  return [
    {
      name: 'webhook: requests to the database, ordinary case, maximum',
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
      name: 'webhook: write units on indexes, maximum',
      value: Math.max(...kept.map((one) => (isListed(one) ? 0 : total(one.webhook, 'indexUnits')))),
      unit: 'units',
      budget: 0,
    },
    ...requestsOf(
      'ordinary',
      recomputed.filter(({ moves }) => !moves),
      { reads: 1, writes: 1 },
    ),
    // docs/project/decisions.md describes when it takes more.
    ...requestsOf(
      'order changes its transaction',
      recomputed.filter(({ moves }) => moves),
      {
        reads: 2,
        writes: 1,
      },
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

/** Match reviews and critical results, of which an order's payload can report one, are listed by an index. There are few. */
function isListed({ body }: Fed): boolean {
  return /"labtest\.(?:match_review\.|result\.critical)|"interpretation":"critical"/.test(body);
}

const reads = (requests: readonly MeteredRequest[]) =>
  requests.filter(({ operation }) => READS.has(operation));
const writes = (requests: readonly MeteredRequest[]) =>
  requests.filter(({ operation, input }) => !READS.has(operation) && !isOfOrder(input));
const listedClaims = (requests: readonly MeteredRequest[]) =>
  requests.filter(({ operation, input }) => !READS.has(operation) && isOfOrder(input));

/** The number of requests per recompute of one kind. Each recompute must be within the budget. */
function requestsOf(kind: string, fed: readonly Fed[], most: { reads: number; writes: number }): Figure[] {
  const of = (what: string, requests: typeof reads, budget?: number): Figure => {
    const counts = fed.map(({ recompute }) => requests(recompute).length);
    return {
      name: `recompute, ${kind}: ${what}, maximum`,
      value: Math.max(0, ...counts),
      unit: 'requests',
      ...(budget !== undefined && { budget }),
      detail: { recomputes: counts.length, ...distribution(counts) },
    };
  };
  return [
    of('reads', reads, most.reads),
    of('writes', writes, most.writes),
    of('listed claims written', listedClaims),
  ];
}

/** Formats `with 1: 812` for each number that occurred. */
function distribution(counts: readonly number[]): Record<string, number> {
  const numbers = [...new Set(counts)].sort((a, b) => a - b);
  return Object.fromEntries(
    numbers.map((number) => [`with ${number}:`, counts.filter((count) => count === number).length]),
  );
}

/** Writing claims to other orders is rare, and counted separately. */
function isOfOrder(input: MeteredRequest['input']): boolean {
  const key = input.Key as { sk?: { S?: string } } | undefined;
  return isOfKind('ORDER', key?.sk?.S);
}
