import * as sdk from '@junction-api/sdk/serialization';
import { describe, expect, test } from 'vitest';
import { readWebhook } from '../../../../core/junction/webhook-message.ts';
import { naiveDue } from '../../../../test/core/use-cases/sweep/scene/naive-clocks.ts';
import { SCRIPTS, WAITING_SCRIPTS } from '../../journeys/catalogue.ts';
import { type Journey, journey, journeys } from '../../journeys/journeys.ts';
import { sampleJourneys } from '../../journeys/sample-journeys.ts';
import { canaries } from '../../world/patient.ts';
import type { StageSpan } from '../../world/redraw-stages.ts';

const bytes = (value: unknown): string => JSON.stringify(value);

describe('the seed decides everything', () => {
  test('the same seed gives the same bytes', () => {
    expect(bytes(journeys(7, 60))).toBe(bytes(journeys(7, 60)));
  });

  test('another seed gives other journeys', () => {
    expect(bytes(journeys(7, 5))).not.toBe(bytes(journeys(8, 5)));
  });

  test('the spelling changes the webhooks, not the story', () => {
    const ids = (spelling: 'mixed' | 'documented') =>
      journeys(7, 40, { spelling }).flatMap(({ known }) => [...new Set(known.map(({ order }) => order.id))]);
    expect(ids('mixed')).toEqual(ids('documented'));
  });

  test('a longer series begins with the shorter one', () => {
    expect(bytes(journeys(7, 30).slice(0, 10))).toBe(bytes(journeys(7, 10)));
  });

  test('ids and names are unique across journeys', () => {
    const many = journeys(3, 300);
    const ids = many.flatMap((one) => [...new Set(one.known.map(({ order }) => order.id))]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(many.map((one) => one.name)).size).toBe(many.length);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('every kind of journey', () => {
  test('occurs once in as many journeys as there are kinds', () => {
    expect(new Set(journeys(1, SCRIPTS.length).map((one) => one.script))).toEqual(new Set(SCRIPTS));
  });

  test.each(SCRIPTS)('%s: times increase and are in the past', (script) => {
    const { snapshots } = journey(script, 12);
    const times = snapshots.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(Date.parse('2025-09-01T00:00:00Z'));
  });

  test.each(SCRIPTS)('%s: an order webhook has every event so far', (script) => {
    const seen = new Map<string, string[]>();
    for (const { order } of journey(script, 13, { spelling: 'documented' }).known) {
      const events = order.events.map(bytes);
      const before = seen.get(order.id) ?? [];
      expect(events.slice(0, before.length)).toEqual(before);
      expect(bytes(order.last_event)).toBe(events.at(-1));
      seen.set(order.id, events);
    }
  });
});

test('a journey can begin or end at a given time', () => {
  const endAt = new Date('2026-02-28T23:59:59Z');
  const ended = journey('redraw_completed', 5, { endAt });
  const last = Date.parse(ended.snapshots.at(-1)?.at ?? '');
  expect(Math.abs(last - endAt.getTime())).toBeLessThanOrEqual(1000);
  const begun = journey('redraw_completed', 5, { startAt: endAt });
  expect(begun.snapshots[0]?.at).toBe('2026-02-28T23:59:59Z');
});

describe('redraws', () => {
  const known = (script: Parameters<typeof journey>[0]) =>
    journey(script, 21, { spelling: 'documented' }).known;
  const transactionOf = (one: Journey['known']) => one.at(-1)?.order.order_transaction;
  const lows = (one: Journey['known']) =>
    transactionOf(one)?.orders.map(({ origin, low_level_status }) => `${origin} ${low_level_status}`);

  test.each([
    ['redraw_completed', 'completed', ['initial redraw_available', 'redraw completed']],
    ['redraw_never_ordered', 'active', ['initial redraw_available']],
    ['redraw_never_announced', 'active', ['initial redraw_available', 'redraw requisition_created']],
    ['redraw_announced_first', 'completed', ['initial redraw_available', 'redraw completed']],
    ['redraw_stalled_without_requisition', 'active', ['initial redraw_available', 'redraw ordered']],
    [
      'redraw_stalled_after_appointment',
      'active',
      ['initial redraw_available', 'redraw appointment_scheduled'],
    ],
    ['redraw_cancelled_reported_cancelled', 'cancelled', ['initial redraw_available', 'redraw cancelled']],
    ['redraw_cancelled', 'completed', ['initial redraw_available', 'redraw cancelled']],
    ['redraw_initial_cancelled', 'cancelled', ['initial cancelled', 'redraw cancelled']],
    [
      'redraw_recreated',
      'completed',
      ['initial redraw_available', 'redraw sample_error', 'recreation completed'],
    ],
    [
      'redraw_ordered_twice',
      'completed',
      ['initial redraw_available', 'redraw cancelled', 'redraw completed'],
    ],
  ] as const)('%s ends %s', (script, status, orders) => {
    expect(transactionOf(known(script))?.status).toBe(status);
    expect(lows(known(script))).toEqual(orders);
  });

  test('a walk-in draw shows in the dates for the results, without an event', () => {
    const states = known('redraw_stalled_after_draw').filter(({ order }) => order.origin === 'redraw');
    const [before, after] = states.slice(-2);
    expect(before?.order.expected_result_by_date).toBeNull();
    expect(after?.order.expected_result_by_date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(after?.order.events).toEqual(before?.order.events);
  });

  test('without webhooks: the redraw order sends none, and only the initial order has its id', () => {
    const { snapshots } = journey('redraw_never_announced', 21, { spelling: 'documented' });
    const redrawId = transactionOf(known('redraw_never_announced'))?.orders[1]?.id;
    expect(snapshots.map(({ orderId }) => orderId)).not.toContain(redrawId);
    expect(bytes(snapshots.at(-1)?.payload)).toContain(redrawId);
  });
});

test('a test kit can change its user when it is registered', () => {
  const { known } = journey('testkit_registered_to_another_user', 3, { spelling: 'documented' });
  expect(new Set(known.map(({ order }) => order.user_id)).size).toBe(2);
});

test('a partial result can occur twice, or in the same second as the completion', () => {
  const events = (script: Parameters<typeof journey>[0]) =>
    journey(script, 3, { spelling: 'documented' }).known.at(-1)?.order.events ?? [];
  const partials = events('walk_in_partial_twice').filter(({ status }) => status.endsWith('partial_results'));
  expect(partials).toHaveLength(2);
  const [partial, completed] = events('walk_in_partial_and_completed_at_once').slice(-2);
  expect(partial?.created_at).toBe(completed?.created_at);
});

describe('canaries', () => {
  const marker = 'CANARY-3f9a';
  /** Fields that do not reveal who somebody is or how they are: ids, times, states, the test and its lab. */
  const IMPERSONAL = new Set([
    'event_type',
    'team_id',
    'user_id',
    'client_user_id',
    'resolved_user_id',
    'id',
    'order_id',
    'origin',
    'order_transaction',
    'order_transaction_id',
    'resolved_order_id',
    'events',
    'last_event',
    'status',
    'lab_test',
    'type',
    'has_missing_results',
    'interpretation',
    'billing_type',
    'source_markers',
    'name',
    'slug',
    'loinc',
    'loinc_slug',
    'inferred_failure_type',
    'created_at',
    'updated_at',
    'activate_by',
    'expected_result_by_date',
    'worst_case_result_by_date',
    'priority',
    'has_abn',
    'appointment_id',
    'inbound_courier',
    'outbound_courier',
    'iana_timezone',
    'event_status',
    'start_at',
    'end_at',
    'date',
    'provider',
    'provider_id',
    'can_reschedule',
    'source',
    'external_id',
    'is_reschedule',
    'date_reported',
    'date_collected',
    'needs_human_review',
    'is_reviewed',
    'units',
    'min_reference_range',
    'max_reference_range',
    'loinc_match_status',
    'is_above_max_range',
    'is_below_min_range',
    'decision_code',
    'resolution_action',
    'schema_version',
    'tags',
    'clia_number',
    'collection_window',
  ]);

  /** The fields without a canary that are not known to be impersonal. */
  function unmarked(value: unknown, path = ''): string[] {
    if (value === null || value === undefined) return [];
    if (typeof value !== 'object')
      return canaries(marker).some((canary) => String(value).includes(canary)) ? [] : [`${path}: ${value}`];
    return Object.entries(value).flatMap(([key, item]) =>
      !Array.isArray(value) && IMPERSONAL.has(key) ? [] : unmarked(item, `${path}.${key}`),
    );
  }

  test('are in every personal field of every payload, in webhooks and answers', () => {
    const all = journeys(5, SCRIPTS.length, { patient: { marker } });
    const payloads = all.flatMap(({ snapshots, known, knownAppointments }) => [
      ...snapshots.map(({ payload }) => payload),
      ...known.map(({ order }) => order),
      ...knownAppointments.map(({ appointment }) => appointment),
    ]);
    expect(new Set(payloads.flatMap((payload) => unmarked(payload)))).toEqual(new Set());
  });

  test('leave no realistic value behind, in appointments and shipments too', () => {
    const realistic = /@example\.com|\+1\d{10}|Gate code|Apt\.|photo ID|Okafor|San Francisco/;
    for (const { payload } of journeys(5, 60, { patient: { marker } }).flatMap((one) => one.snapshots)) {
      expect(bytes(payload).replaceAll(`${marker}@example.com`, '')).not.toMatch(realistic);
    }
  });

  test('are accepted by the SDK, which allows unknown values', () => {
    const { snapshots } = journey('walk_in_appointments', 1, { patient: { marker }, spelling: 'documented' });
    for (const { eventType, payload } of snapshots) {
      const schema = eventType.includes('order')
        ? sdk.ClientFacingOrderChanged
        : sdk.ClientFacingAppointmentChanged;
      const parsed = schema.parse(payload, { allowUnrecognizedEnumValues: true });
      expect(parsed).toMatchObject({ ok: true });
    }
  });
});

test('sample journeys are recent, have names, and include every modality and stalled redraws', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const samples = sampleJourneys(now);
  const newest = samples.map(({ snapshots }) => now.getTime() - Date.parse(snapshots.at(-1)?.at ?? ''));
  expect(Math.min(...newest)).toBeLessThan(86_400_000);
  expect(Math.min(...newest)).toBeGreaterThan(0);
  expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
  const methods = samples.flatMap(({ known }) => known.map(({ order }) => order.lab_test.method));
  expect(new Set(methods).size).toBe(4);
  expect(samples.filter(({ script }) => script.startsWith('redraw_stalled')).length).toBeGreaterThanOrEqual(
    4,
  );
});

test('the samples have a redraw stalled at each stage, overdue by the default clocks', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const stalls = sampleJourneys(now).flatMap(({ name, stall }) =>
    stall?.until === null ? [{ name, stall }] : [],
  );
  const overdue = stalls.filter(({ stall }) => Date.parse(naiveDue(stall)) < now.getTime() - 3_600_000);
  const isDated = (one: StageSpan) => one.stage === 'awaiting_result' && one.worstCaseResultBy !== null;
  const kinds = overdue.map(({ stall }) => stall.stage + (isDated(stall) ? ', dated' : ''));
  expect(kinds.sort()).toEqual([
    'awaiting_appointment',
    'awaiting_draw',
    'awaiting_order',
    'awaiting_requisition',
    'awaiting_result',
    'awaiting_result, dated',
  ]);
  expect(stalls.length).toBeGreaterThan(overdue.length);
});

test('the samples leave something to do for everybody, and span a month', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const samples = sampleJourneys(now);
  expect(samples.map(({ script }) => script)).toEqual(expect.arrayContaining(WAITING_SCRIPTS));
  const first = Math.min(...samples.map(({ startAt }) => Date.parse(startAt)));
  expect(now.getTime() - first).toBeGreaterThan(30 * 86_400_000);
  const last = samples.flatMap(({ snapshots }) => snapshots.slice(-1));
  const read = last.map(({ payload }) => readWebhook(bytes(payload), '2026-03-01T12:00:00.000000Z'));
  expect(read.filter(({ kind }) => kind === 'unintelligible')).toEqual([
    { kind: 'unintelligible', reason: expect.stringContaining('appointment.id') },
  ]);
  expect(read.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['critical_result', 'match_review']));
});
