/** What still misses in a transaction's results, who tells of it, and whose markers are to be asked for. */
import { describe, expect, test } from 'vitest';
import type { MissingResult, ReportedMarkers } from '../../../../core/domain/order/order-record.ts';
import { at, brings, event, orderId, STATUS_OF_CLASS, transactionFrom } from '../order-records.ts';

const marker = (name: string): MissingResult => ({ name, slug: null, failure_type: null, loinc: null });
const [FERRITIN, LIPIDS] = [marker('Ferritin'), marker('Lipids')];

interface Says {
  readonly origin?: string;
  readonly of?: keyof typeof STATUS_OF_CLASS;
  readonly incomplete?: boolean | null;
  readonly riding?: readonly MissingResult[];
  readonly told?: ReportedMarkers;
}

/** Order `n`, whose newest status is of second 10 n. */
function order(n: number, { origin = 'initial', of = 'C', incomplete = null, riding = [], told }: Says = {}) {
  return brings(n, {
    events: [event(10 * n, STATUS_OF_CLASS[of])],
    snapshot: { origin, created_at: at(n), has_missing_results: incomplete, missing_results: riding },
    reportedMarkers: told ?? null,
  });
}

const missing = (...orders: ReturnType<typeof order>[]) => {
  const { missing_results, markers_wanted_of } = transactionFrom(...orders);
  return { missing_results, markers_wanted_of };
};
const NOTHING = { missing_results: [], markers_wanted_of: null };

describe('nothing misses, or nobody can know', () => {
  test.each(['P', 'X', 'F'] as const)('while the only order is of class %s', (of) => {
    expect(missing(order(1, { of, incomplete: true, riding: [FERRITIN] }))).toEqual(NOTHING);
  });

  test('where results have come and the order does not say that some are missing', () => {
    for (const incomplete of [null, false]) {
      expect(missing(order(1, { incomplete, riding: [FERRITIN] }))).toEqual(NOTHING);
    }
  });

  test('once a redraw has brought what the first draw left open', () => {
    const first = order(1, { of: 'R', incomplete: true, riding: [FERRITIN] });
    expect(missing(first, order(2, { origin: 'redraw' }))).toEqual(NOTHING);
  });
});

describe('markers miss', () => {
  test('of an order that says so of its results, and of no other order', () => {
    const first = order(1, { incomplete: true });
    expect(missing(first)).toEqual({ missing_results: [], markers_wanted_of: orderId(1) });
    // A redraw that is under way says nothing of what the first results miss.
    expect(missing(first, order(2, { origin: 'redraw', of: 'P', riding: [LIPIDS] }))).toEqual({
      ...{ missing_results: [], markers_wanted_of: orderId(1) },
    });
  });

  test('of a redraw that left some open, whatever the first draw missed', () => {
    const first = order(1, { of: 'R', riding: [LIPIDS] });
    expect(missing(first, order(2, { origin: 'redraw', incomplete: true, riding: [FERRITIN] }))).toEqual({
      ...{ missing_results: [FERRITIN], markers_wanted_of: orderId(2) },
    });
  });

  test('of an order whose redraw is to be expected, as it says or as its redraw says', () => {
    const silent = order(1, { of: 'R' });
    expect(missing(silent)).toEqual({ missing_results: [], markers_wanted_of: orderId(1) });
    expect(missing(order(1, { of: 'R', riding: [FERRITIN] }))).toMatchObject({ missing_results: [FERRITIN] });
    const redraw = order(2, { origin: 'redraw', of: 'P', riding: [LIPIDS] });
    expect(missing(silent, redraw)).toEqual({ missing_results: [LIPIDS], markers_wanted_of: orderId(1) });
  });

  test('as a redraw says whose first order is not known, or not known to want one: nobody is asked', () => {
    const redraw = order(2, { origin: 'redraw', of: 'P', riding: [LIPIDS] });
    expect(missing(redraw)).toEqual({ missing_results: [LIPIDS], markers_wanted_of: null });
    expect(missing(order(1, { of: 'P' }), redraw)).toEqual({
      ...{ missing_results: [LIPIDS], markers_wanted_of: null },
    });
  });
});

describe('what the results told', () => {
  const told = (second: number, ...markers: MissingResult[]) => ({ as_of: at(second), markers });

  test('goes before what rides along in webhooks, also where it is that nothing misses', () => {
    const says = { incomplete: true, riding: [LIPIDS] };
    expect(missing(order(1, { ...says, told: told(10, FERRITIN) })).missing_results).toEqual([FERRITIN]);
    expect(missing(order(1, { ...says, told: told(10) })).missing_results).toEqual([]);
  });

  test.each([
    [9, orderId(1)],
    [10, null],
    [11, null],
  ])('as of second %i, of an order that is as of second 10: still to be asked of %s', (second, wanted) => {
    const { markers_wanted_of } = missing(order(1, { incomplete: true, told: told(second, FERRITIN) }));
    expect(markers_wanted_of).toBe(wanted);
  });
});
