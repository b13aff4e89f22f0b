import { describe, expect, test } from 'vitest';
import { ApiProblem, Unreachable } from '../../../dashboard/src/api/api-client.ts';
import { type LabReport, type Marker, readLabReport } from '../../../dashboard/src/results/lab-report.ts';
import {
  countsOf,
  interpretationIn,
  interpretationOf,
  isOutside,
  overallOf,
  rangeOf,
  sideOf,
} from '../../../dashboard/src/results/markers.ts';
import { resultsError } from '../../../dashboard/src/results/results-error.ts';
import { SCRIPTS } from '../../../tools/sandbox/journeys/catalogue.ts';
import { journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { junction } from '../../../tools/sandbox/junction/junction.ts';
import { canaries } from '../../../tools/sandbox/world/patient.ts';

const CANARY = 'kestrel-5170';

/** The combined results of a finished journey, as Junction returns them. */
function resultsOf(script: (typeof SCRIPTS)[number], seed: number, marker?: string) {
  const told = journey(script, seed, marker === undefined ? {} : { patient: { marker } });
  const world = junction([told]);
  const last = told.known.at(-1);
  world.setClock(new Date(Date.parse(last?.at ?? '') + 1));
  return world.transactionResults(last?.facts.transactionId ?? '');
}

const bare: Marker = {
  name: 'Ferritin',
  slug: 'ferritin',
  result: '42',
  unit: null,
  reference_range: null,
  min_range_value: null,
  max_range_value: null,
  is_above_max_range: null,
  is_below_min_range: null,
  interpretation: null,
  timestamp: null,
};

describe('reading a lab report', () => {
  test('every marker and every missing marker of every kind of journey is read', () => {
    let read = 0;
    for (const script of SCRIPTS) {
      const raw = resultsOf(script, 3);
      if (raw === null) continue;
      const report = readLabReport(JSON.parse(JSON.stringify(raw)));
      const results = raw.results as { name: string; result: string }[];
      expect(
        report.markers?.map(({ name, result }) => ({ name, result })),
        script,
      ).toEqual(results.map(({ name, result }) => ({ name, result })));
      const missing = raw.missing_results ?? [];
      expect(report.missing.map(({ slug, failure_type }) => [slug, failure_type])).toEqual(
        missing.map(({ slug, inferred_failure_type }) => [slug, inferred_failure_type]),
      );
      read += 1;
    }
    expect(read).toBeGreaterThan(5);
  });

  test('no patient data is read', () => {
    const raw = resultsOf('redraw_completed_with_missing_results', 5, CANARY);
    const kept = JSON.stringify(readLabReport(JSON.parse(JSON.stringify(raw))));
    // Names, numbers and notes carry the first marker, and the birth date is the second. The other values are needed.
    for (const canary of canaries(CANARY).slice(0, 2)) {
      expect(JSON.stringify(raw)).toContain(canary);
      expect(kept).not.toContain(canary);
    }
  });

  test('an unexpected field hides no result', () => {
    const report = readLabReport({
      metadata: { laboratory: 7 },
      results: [{ name: 'Ferritin', result: 42, unit: ['ng'], interpretation: {} }],
      missing_results: 'none',
    });
    expect(report.markers).toMatchObject([{ name: 'Ferritin', result: '42', unit: null }]);
    expect([report.laboratory, report.missing]).toEqual([null, []]);
  });

  test("results in a lab's own format are only in the PDF", () => {
    expect(readLabReport({ metadata: {}, results: { panel: [1] } }).markers).toBeNull();
  });

  test.each([null, 'text', [], {}])('%j is not a report', (answer) => {
    expect(() => readLabReport(answer)).toThrow();
  });
});

describe('the wording of a marker', () => {
  test.each([
    [{ reference_range: '0.45-4.5', min_range_value: 1 }, '0.45-4.5'],
    [{ min_range_value: 0, max_range_value: 5.6 }, '0–5.6'],
    [{ min_range_value: 40 }, '≥ 40'],
    [{ max_range_value: 0 }, '≤ 0'],
    [{ reference_range: ' ' }, null],
  ])('range %j', (given, text) => {
    expect(rangeOf({ ...bare, ...given })).toBe(text);
  });

  test('a result out of range is marked, also without an interpretation', () => {
    const above = { ...bare, is_above_max_range: true };
    expect([sideOf(above), isOutside(above)]).toEqual(['Above range', true]);
    expect([sideOf(bare), isOutside(bare)]).toEqual([null, false]);
    expect(isOutside({ ...bare, interpretation: 'critical' })).toBe(true);
    expect(isOutside({ ...bare, interpretation: 'normal' })).toBe(false);
  });

  test('interpretations, known and unknown', () => {
    expect(interpretationOf('critical')).toEqual({ text: 'Critical', tone: 'error' });
    expect(interpretationOf('needs_review')?.text).toBe('Needs review');
    expect([interpretationOf('unknown'), interpretationOf(null)]).toEqual([null, null]);
  });

  const report = (given: Partial<LabReport>): LabReport => ({
    laboratory: null,
    status: 'final',
    interpretation: 'normal',
    reportedOn: null,
    markers: [bare, bare],
    missing: [],
    ...given,
  });
  const missing = [{ name: 'TSH', slug: 'tsh', failure_type: null, loinc: null }];
  const two = [...missing, ...missing];

  test.each<[string, Partial<LabReport>, text: string | undefined, tone: string | undefined]>([
    ['complete', {}, 'Normal', 'success'],
    ['final with missing markers', { missing: two }, 'Normal so far · 2 of 4 markers', 'pending'],
    ['partial', { status: 'partial' }, 'Normal so far · 2 markers', 'pending'],
    ['of unknown status', { status: null, markers: [bare] }, 'Normal so far · 1 marker', 'pending'],
    ['in the lab’s own format', { markers: null, missing: two }, 'Normal so far · 2 missing', 'pending'],
    [
      'incomplete and abnormal',
      { interpretation: 'abnormal', missing },
      'Abnormal · 2 of 3 markers',
      'warning',
    ],
    ['without an interpretation', { interpretation: null, missing }, undefined, undefined],
  ])('green is for complete results only: %s', (_, given, text, tone) => {
    expect(overallOf(report(given)) ?? {}).toEqual(text === undefined ? {} : { text, tone });
  });

  test('an order of a transaction is normal only once all its results are there', () => {
    const of = (outcome: 'results_complete' | 'results_incomplete') =>
      interpretationIn({ outcome, missing_results: missing }, 'normal');
    expect(of('results_complete')).toEqual({ text: 'Normal', tone: 'success' });
    expect(of('results_incomplete')).toEqual({ text: 'Normal so far · 1 missing', tone: 'pending' });
  });

  test('the summary', () => {
    const none = { laboratory: null, status: null, interpretation: null, reportedOn: null };
    const outside = { ...bare, is_below_min_range: true };
    expect(countsOf({ ...none, markers: [bare], missing: [] })).toBe('1 marker');
    expect(countsOf({ ...none, markers: [bare, outside], missing })).toBe(
      '2 markers, 1 abnormal or out of range, 1 missing',
    );
  });
});

describe('the reason why results cannot be opened', () => {
  test.each([
    ['no results yet', new ApiProblem(404, 'None yet.'), null],
    ['no permission', new ApiProblem(403, 'Forbidden'), null],
    ['Junction busy', new ApiProblem(503, 'Busy.', 20), 20],
    ['no key', new ApiProblem(503, 'No key.'), null],
    ['an invalid answer from Junction', new ApiProblem(502, 'Nonsense.'), 0],
    ['no answer in time', new ApiProblem(504, 'Too late.'), 0],
    ['offline', new Unreachable('gone'), 0],
    ['an invalid report', new TypeError('not a report'), 0],
  ])('%s', (_, error, againAfter) => {
    const told = resultsError(error);
    expect(told.againAfter).toBe(againAfter);
    expect([told.header, told.text].map((text) => text.length > 0)).toEqual([true, true]);
  });

  test("the API's own sentence is passed on", () => {
    expect(resultsError(new ApiProblem(404, 'Junction has no results.')).text).toBe(
      'Junction has no results.',
    );
  });
});
