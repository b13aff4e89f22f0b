import type { LabResultsRaw } from '@junction-api/sdk/serialization';
import { describe, expect, test } from 'vitest';
import type { Script } from '../../journeys/catalogue.ts';
import { journey, journeys } from '../../journeys/journeys.ts';
import { type Junction, junction } from '../../junction/junction.ts';
import { canaries } from '../../world/patient.ts';
import { start, statusOf } from '../running-sandbox.ts';

const FAILURE_TYPES = [
  'quantity_not_sufficient_failure',
  'collection_process_failure',
  'drop_off_failure',
  'internal_lab_failure',
  'order_entry_failure',
  'non_failure',
  'unknown_failure',
  'patient_condition_failure',
  'missing_result_calc_failure',
  'missing_demo_aoe_calc_failure',
  'insufficient_volume',
];

/** Junction when order `nth` of the journey had reached `low`, and the ids to request. */
function when(script: Script, seed: number, low?: string) {
  const told = journey(script, seed);
  const state = low ? told.known.find(({ facts }) => facts.low === low) : told.known.at(-1);
  if (!state) throw new Error(`${script} never reaches ${low}`);
  const world = junction([told]);
  world.setClock(new Date(Date.parse(state.at) + 1));
  return { world, told, orderId: state.facts.orderId, transactionId: state.facts.transactionId };
}

const slugs = (items: unknown) => (items as { slug: string }[]).map(({ slug }) => slug).sort();
const missing = (results: LabResultsRaw.Raw | null) => slugs(results?.missing_results ?? []);
const found = (results: LabResultsRaw.Raw | null) => slugs(results?.results ?? []);
const markersOf = (world: Junction, orderId: string) => slugs(world.order(orderId)?.lab_test.markers);

describe('missing markers during a redraw', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

  test.each(seeds)('redraw_available: some markers of the initial order, but not all (seed %i)', (seed) => {
    const { world, orderId, transactionId } = when('redraw_completed', seed, 'redraw_available');
    const results = world.results(orderId);
    expect(missing(results).length).toBeGreaterThan(0);
    expect(found(results).length).toBeGreaterThan(0);
    expect([...missing(results), ...found(results)].sort()).toEqual(markersOf(world, orderId));
    expect(missing(world.transactionResults(transactionId))).toEqual(missing(results));
  });

  test.each(seeds)('redraw completed: the redraw requested them, and none is missing (seed %i)', (seed) => {
    const before = when('redraw_completed', seed, 'redraw_available');
    const { world, orderId, transactionId } = when('redraw_completed', seed);
    expect(found(world.results(orderId))).toEqual(missing(before.world.results(before.orderId)));
    expect(missing(world.transactionResults(transactionId))).toEqual([]);
    expect(found(world.transactionResults(transactionId))).toEqual(markersOf(world, orderId));
    expect(missing(world.results(before.orderId)).length).toBeGreaterThan(0);
  });

  test.each(seeds)(
    'redraw completed with missing results: those that are still missing (seed %i)',
    (seed) => {
      const script = 'redraw_completed_with_missing_results';
      const before = when(script, seed, 'redraw_available');
      const { world, orderId, transactionId } = when(script, seed);
      const still = missing(world.transactionResults(transactionId));
      expect(still).toEqual(missing(world.results(orderId)));
      expect(still.length).toBeGreaterThan(0);
      expect(missing(before.world.results(before.orderId))).toEqual(expect.arrayContaining(still));
      expect([...still, ...found(world.transactionResults(transactionId))].sort()).toEqual(
        markersOf(world, orderId),
      );
    },
  );

  test('every failure type occurs, with name, slug, note and LOINC', () => {
    const all = journeys(3, 300, { scripts: ['redraw_never_ordered'] }).flatMap(
      ({ known }) => known.at(-1)?.results.transaction?.missing_results ?? [],
    );
    expect(new Set(all.map((one) => one.inferred_failure_type))).toEqual(new Set(FAILURE_TYPES));
    for (const one of all) {
      expect(one).toMatchObject({ name: expect.any(String), note: expect.any(String) });
      expect(one.loinc).toMatch(/^\d{4,5}-\d$/);
    }
  });

  test('a partial result lacks what the lab does not have yet', () => {
    const { world, orderId } = when('walk_in_partial_then_completed', 3, 'partial_results');
    const results = world.results(orderId);
    expect(results?.metadata.status).toBe('partial');
    expect(results?.missing_results).toBeNull();
    expect(found(results).length).toBeLessThan(markersOf(world, orderId).length);
    expect(world.order(orderId)?.has_missing_results).toBeNull();
  });
});

describe('values', () => {
  test('are within their range, or marked as outside', () => {
    const all = journeys(4, 120).flatMap(({ known }) => known.at(-1)?.results.transaction?.results ?? []);
    const seen = { inside: 0, above: 0 };
    const numeric = all.filter((one) => (one as { type: string }).type === 'numeric');
    for (const one of numeric as { [key: string]: number | boolean | string }[]) {
      const value = Number(one.result);
      const isAbove = value > Number(one.max_range_value);
      expect(value).toBeGreaterThanOrEqual(Number(one.min_range_value));
      expect([one.is_above_max_range, one.interpretation !== 'normal']).toEqual([isAbove, isAbove]);
      seen[isAbove ? 'above' : 'inside'] += 1;
    }
    expect(Math.min(seen.inside, seen.above)).toBeGreaterThan(5);
  });

  test('of a marked patient have the marker in every personal field', () => {
    const marker = 'CANARY-77aa';
    const { known } = journey('redraw_completed_with_missing_results', 2, { patient: { marker } });
    const transaction = known.at(-1)?.results.transaction;
    if (!transaction) throw new Error('no results');
    const { age, dob, patient, provider, specimen_number, patient_id } = transaction.metadata;
    const results = transaction.results as { result: string; notes: string; source_sample_id: string }[];
    const texts = [
      age,
      dob,
      patient,
      provider,
      specimen_number,
      patient_id,
      ...results.flatMap((one) => [one.result, one.notes, one.source_sample_id]),
      ...(transaction.missing_results ?? []).map(({ note }) => note),
      ...Object.entries(transaction.sample_information ?? {}).flatMap(([id, sample]) => [
        id,
        sample?.sample_id,
        sample?.control_number,
        sample?.clinical_information?.notes,
        sample?.clinical_information?.information,
      ]),
    ];
    expect(texts.length).toBeGreaterThan(12);
    for (const text of texts) {
      expect(
        canaries(marker).some((canary) => String(text).includes(canary)),
        String(text),
      ).toBe(true);
    }
  });
});

describe('with the official SDK', () => {
  const redraw = journey('redraw_completed_with_missing_results', 5);
  const { orderId, transactionId } = redraw.known.at(-1)?.facts ?? { orderId: '', transactionId: '' };

  test('results of a transaction', async () => {
    const { client } = await start({ journeys: [redraw] });
    const results = await client.orderTransaction.getTransactionResult({ transactionId });
    expect(results.metadata).toMatchObject({ status: 'final', laboratory: expect.any(String) });
    expect(results.missingResults?.[0]).toMatchObject({
      name: expect.any(String),
      slug: expect.any(String),
      inferredFailureType: expect.any(String),
      loinc: expect.any(String),
    });
    expect(results.orderTransaction).toMatchObject({ id: transactionId, status: 'completed' });
  });

  test('results and metadata of an order', async () => {
    const { client } = await start({ journeys: [redraw] });
    const results = await client.labTests.getResultRaw({ orderId });
    expect(results.results).toEqual(expect.any(Array));
    const metadata = await client.labTests.getResultMetadata({ orderId });
    expect(metadata).toEqual(results.metadata);
  });

  test.each(['order', 'transaction'] as const)('the report of an %s is a PDF', async (kind) => {
    const { client } = await start({ journeys: [redraw] });
    const { data, rawResponse } = await (kind === 'order'
      ? client.labTests.getResultPdf({ orderId }).withRawResponse()
      : client.orderTransaction.getTransactionResultPdf({ transactionId }).withRawResponse());
    expect(rawResponse.headers.get('content-type')).toBe('application/pdf');
    const file = Buffer.from(await data.arrayBuffer()).toString('latin1');
    expectPdf(file);
    expect(file).toContain(redraw.known.at(-1)?.order.patient_details?.last_name);
  });

  test('404 before there are results', async () => {
    const { client, sandbox } = await start({ journeys: [redraw] });
    sandbox.junction.setClock(new Date(Date.parse(redraw.known[0]?.at ?? '') + 1000));
    const { orderId: initialId } = redraw.known[0]?.facts ?? { orderId: '' };
    expect(await statusOf(client.labTests.getResultRaw({ orderId: initialId }))).toBe(404);
    expect(await statusOf(client.labTests.getResultMetadata({ orderId: initialId }))).toBe(404);
    expect(await statusOf(client.labTests.getResultPdf({ orderId: initialId }))).toBe(404);
    expect(await statusOf(client.orderTransaction.getTransactionResult({ transactionId }))).toBe(404);
    expect(await statusOf(client.orderTransaction.getTransactionResultPdf({ transactionId }))).toBe(404);
  });
});

/** Checks the header, the trailer, and that each entry of the cross-reference table points to its object. */
function expectPdf(file: string): void {
  expect(file.startsWith('%PDF-1.4\n')).toBe(true);
  expect(file.endsWith('%%EOF\n')).toBe(true);
  const table = Number(/startxref\n(\d+)\n/.exec(file)?.[1]);
  expect(file.slice(table, table + 4)).toBe('xref');
  const offsets = [...file.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) =>
    Number(offset),
  );
  expect(offsets).toHaveLength(5);
  for (const [index, offset] of offsets.entries()) {
    expect(file.slice(offset).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
  }
  const [, length, begin = ''] = /\/Length (\d+) >>\n(stream\n)/.exec(file) ?? [];
  const from = file.indexOf(begin) + begin.length;
  expect(file.slice(from + Number(length)).startsWith('\nendstream')).toBe(true);
}
