/** What the sandbox sends and answers, held to the official SDK's schemas and to what Junction's pages say beyond them. */
import * as sdk from '@junction-api/sdk/serialization';
import { expect, test } from 'vitest';
import { SCRIPTS } from '../journeys/catalogue.ts';
import { type Journey, journey, type Snapshot } from '../journeys/journeys.ts';
import type { Known } from '../world/known.ts';

type Order = sdk.ClientFacingOrder.Raw;
type Results = sdk.LabResultsRaw.Raw;

/** The SDK's schema of a webhook; null for events that the SDK does not know. */
function schemaOf(eventType: string) {
  if (eventType.startsWith('labtest.order.')) return sdk.ClientFacingOrderChanged;
  if (eventType.startsWith('labtest.appointment.')) return sdk.ClientFacingAppointmentChanged;
  if (eventType === 'labtest.result.critical') return sdk.ClientFacingCriticalResultIdentified;
  if (eventType === 'labtest.match_review.created') return sdk.ClientFacingMatchReviewChanged;
  if (eventType === 'labtest.match_review.updated') return sdk.ClientFacingMatchReviewUpdated;
  if (eventType === 'lab_report.parsing_job.created') return sdk.ClientFacingLabReportParsingJobCreatedEvent;
  if (eventType === 'lab_report.parsing_job.updated') return sdk.ClientFacingLabReportParsingJobUpdatedEvent;
  return null;
}

/** The irregularity is what these two are about. */
const REDRAW_LATER = new Set(['redraw_never_ordered', 'redraw_ordered_late']);
const REDRAW_LABS = new Set(['quest', 'labcorp', 'bioreference']);
const RESULTS: Record<string, RegExp> = {
  numeric: /^\d+(\.\d+)?$/,
  range: /^([<>]=?\d*(\.\d+)?|(\d*(\.\d+)?-\d*(\.\d+)?))$/,
  comment: /^[A-Z]\w+$/,
  coded_value: /^[A-Z_]+$/,
};

const lowOf = ({ status }: { status: string }): string => status.split('.')[2] ?? '';
const sorted = (times: string[]): string[] => times.toSorted((a, b) => Date.parse(a) - Date.parse(b));

function factsOfOrder(script: string, order: Order) {
  const { events, order_transaction: transaction } = order;
  const lows = events.map(lowOf);
  const created = transaction?.orders.map(({ created_at }) => created_at) ?? [];
  expect(order.last_event).toEqual(events.at(-1));
  expect(order.status).toBe(order.last_event.status.split('.')[0]);
  expect(events.map(({ created_at }) => created_at)).toEqual(sorted(events.map((one) => one.created_at)));
  expect(created).toEqual(sorted(created));
  expect(transaction?.orders.map(({ id }) => id)).toContain(order.id);
  expect(order.sample_id !== null).toBe(lows.some((low) => low.startsWith('requisition')));
  expect(typeof order.has_missing_results === 'boolean').toBe(
    lows.some((low) => ['redraw_available', 'completed'].includes(low)),
  );
  expect(order.expected_result_by_date === null).toBe(order.worst_case_result_by_date === null);
  if (lowOf(order.last_event) !== 'redraw_available') return;
  expect([order.origin, order.details.type]).toEqual([
    expect.stringMatching(/initial|recreation/),
    'walk_in_test',
  ]);
  expect(REDRAW_LABS).toContain(order.lab_test.lab?.slug);
  const redraws = transaction?.orders.filter(({ origin }) => origin === 'redraw');
  if (!REDRAW_LATER.has(script)) expect(redraws, script).toHaveLength(1);
}

function factsOfAppointment(appointment: sdk.ClientFacingAppointment.Raw) {
  const { status, event_status, event_data, events, type, external_id } = appointment;
  const bare = ({ data, ...event }: (typeof events)[number]) => ({ ...event, data: data ?? null });
  expect([status === 'confirmed', event_status]).toEqual([
    event_status === 'scheduled',
    events.at(-1)?.status,
  ]);
  expect(event_data).toEqual(events.at(-1)?.data);
  expect(typeof external_id).toBe(type === 'patient_service_center' ? 'string' : 'object');
  const scheduled = events.map(bare).filter((event) => event.status === 'scheduled');
  for (const { data } of scheduled.slice(1)) expect(data).toEqual({ origin: 'patient', is_reschedule: true });
  return scheduled.length > 1 ? 'a reschedule' : 'a booking';
}

function factsOfResults(results: Results, order: Order) {
  const found = results.results as sdk.BiomarkerResult.Raw[];
  expect(results.metadata.interpretation).toBe(order.interpretation);
  expect(results.metadata.status === 'final').toBe(order.has_missing_results !== null);
  expect((results.missing_results?.length ?? 0) > 0).toBe(order.has_missing_results === true);
  expect(Object.keys(results.sample_information ?? {})).toEqual([order.sample_id]);
  for (const { type, result, notes, source_sample_id, interpretation } of found) {
    expect(result).toMatch(RESULTS[type] ?? /^$/);
    if (type === 'range' || type === 'comment') expect(notes).toBe(result);
    expect(source_sample_id).toBe(order.sample_id);
    if (interpretation === 'critical') expect(order.interpretation).toBe('critical');
  }
  return found.map(({ type }) => `a ${type} result`);
}

/** Checks the facts of a webhook that its schema does not cover. Returns what the webhook shows. */
function factsOf(told: Journey, { eventType, payload }: Snapshot): string[] {
  const { data } = payload as { data: Record<string, unknown> };
  if (eventType.startsWith('labtest.order.')) factsOfOrder(told.script, data as unknown as Order);
  if (eventType.startsWith('labtest.appointment.')) {
    return [factsOfAppointment(data as unknown as sdk.ClientFacingAppointment.Raw)];
  }
  if (eventType !== 'labtest.result.critical') return [];
  const since = told.known.filter(
    ({ facts, at }) => facts.orderId === data.order_id && at >= String(data.created_at),
  );
  expect(since.length).toBeGreaterThan(1);
  for (const { order } of since)
    expect([order.interpretation, order.sample_id]).toEqual(['critical', data.sample_id]);
  return ['a critical result'];
}

function samplesDiffer(known: readonly Known[]): void {
  const pairs = known.flatMap(({ order }) => (order.sample_id ? [`${order.id} ${order.sample_id}`] : []));
  const samples = [...new Set(pairs)].map((pair) => pair.split(' ')[1]);
  expect(new Set(samples).size).toBe(samples.length);
}

/** Checks a journey. Returns what it shows. */
function shownBy(told: Journey): string[] {
  const shown = told.snapshots.flatMap((snapshot) => {
    const parsed = schemaOf(snapshot.eventType)?.parse(snapshot.payload) ?? { ok: true };
    expect(parsed, `${told.script}: ${JSON.stringify(parsed)}`).toMatchObject({ ok: true });
    return [snapshot.eventType, ...factsOf(told, snapshot)];
  });
  const types = told.known.flatMap(({ order, results }) => {
    if (results.transaction) expect(sdk.LabResultsRaw.parse(results.transaction)).toMatchObject({ ok: true });
    if (!results.order) return [];
    expect(sdk.LabResultsRaw.parse(results.order)).toMatchObject({ ok: true });
    return factsOfResults(results.order, order);
  });
  samplesDiffer(told.known);
  return [...shown, ...types];
}

test('every webhook, order and result of every journey has the form that Junction documents', () => {
  const all = SCRIPTS.flatMap((script) =>
    [11, 12, 13].map((seed) => journey(script, seed, { spelling: 'documented' })),
  );
  expect([...new Set(all.flatMap(shownBy))]).toEqual(
    expect.arrayContaining([
      'labtest.order.created',
      'labtest.order.updated',
      'labtest.appointment.created',
      'labtest.appointment.updated',
      'labtest.result.critical',
      'labtest.match_review.created',
      'labtest.match_review.updated',
      'lab_report.parsing_job.created',
      'lab_report.parsing_job.updated',
      'a critical result',
      'a reschedule',
      'a booking',
      'a numeric result',
      'a range result',
      'a comment result',
      'a coded_value result',
    ]),
  );
});
