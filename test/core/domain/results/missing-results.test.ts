/** The markers missing from a transaction's results, their source, and the order to ask Junction about. */
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

/** Order `n`, whose newest status has the time of second 10 n. */
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

describe('no markers are missing, or none can be known yet', () => {
  test.each(['P', 'X', 'F'] as const)('if the only order is of class %s', (of) => {
    expect(missing(order(1, { of, incomplete: true, riding: [FERRITIN] }))).toEqual(NOTHING);
  });

  test('if results have arrived and the order does not report that some are missing', () => {
    for (const incomplete of [null, false]) {
      expect(missing(order(1, { incomplete, riding: [FERRITIN] }))).toEqual(NOTHING);
    }
  });

  test('if a redraw has completed with all results', () => {
    const first = order(1, { of: 'R', incomplete: true, riding: [FERRITIN] });
    expect(missing(first, order(2, { origin: 'redraw' }))).toEqual(NOTHING);
  });
});

describe('markers are missing', () => {
  test('from the results of the order that reports it, and of no other', () => {
    const first = order(1, { incomplete: true });
    expect(missing(first)).toEqual({ missing_results: [], markers_wanted_of: orderId(1) });
    // A redraw in progress does not show what the first results lack.
    expect(missing(first, order(2, { origin: 'redraw', of: 'P', riding: [LIPIDS] }))).toEqual({
      missing_results: [],
      markers_wanted_of: orderId(1),
    });
  });

  test('from the results of a redraw that is incomplete, whatever the first draw lacked', () => {
    const first = order(1, { of: 'R', riding: [LIPIDS] });
    expect(missing(first, order(2, { origin: 'redraw', incomplete: true, riding: [FERRITIN] }))).toEqual({
      missing_results: [FERRITIN],
      markers_wanted_of: orderId(2),
    });
  });

  test('from the results of an order with an expected redraw, according to it or to its redraw', () => {
    const silent = order(1, { of: 'R' });
    expect(missing(silent)).toEqual({ missing_results: [], markers_wanted_of: orderId(1) });
    expect(missing(order(1, { of: 'R', riding: [FERRITIN] }))).toMatchObject({ missing_results: [FERRITIN] });
    const redraw = order(2, { origin: 'redraw', of: 'P', riding: [LIPIDS] });
    expect(missing(silent, redraw)).toEqual({ missing_results: [LIPIDS], markers_wanted_of: orderId(1) });
  });

  test('according to the redraw only, if its initial order is unknown or no redraw was made available: Junction is not asked', () => {
    const redraw = order(2, { origin: 'redraw', of: 'P', riding: [LIPIDS] });
    expect(missing(redraw)).toEqual({ missing_results: [LIPIDS], markers_wanted_of: null });
    expect(missing(order(1, { of: 'P' }), redraw)).toEqual({
      missing_results: [LIPIDS],
      markers_wanted_of: null,
    });
  });
});

describe('the markers in the results API', () => {
  const told = (second: number, ...markers: MissingResult[]) => ({ as_of: at(second), markers });

  test('count more than those in webhooks, even if none is missing', () => {
    const says = { incomplete: true, riding: [LIPIDS] };
    expect(missing(order(1, { ...says, told: told(10, FERRITIN) })).missing_results).toEqual([FERRITIN]);
    expect(missing(order(1, { ...says, told: told(10) })).missing_results).toEqual([]);
  });

  test.each([
    [9, orderId(1)],
    [10, null],
    [11, null],
  ])(
    'as of second %i, for an order as of second 10: Junction must still be asked about %s',
    (second, wanted) => {
      const { markers_wanted_of } = missing(order(1, { incomplete: true, told: told(second, FERRITIN) }));
      expect(markers_wanted_of).toBe(wanted);
    },
  );
});
