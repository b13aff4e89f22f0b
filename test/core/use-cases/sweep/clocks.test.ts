/** The due time of an open redraw at every stage, to the microsecond, and sweeps that flag at exactly that time. */

import { describe, expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { CLOCKS } from '../../../clocks.ts';

import {
  AVAILABLE_AT,
  initialAvailable,
  ORDERED,
  ORDERED_AT,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from './scene/redraw-bodies.ts';
import { booked, drawnWith, REQUESTED_AT, STAGES, START } from './scene/stage-cases.ts';
import { Tracker } from './scene/tracker.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** Before anything is due, and after everything in the webhooks. */
const RECEIVED_AT = march(15);

async function tracking(webhooks: readonly Json[], tracker = new Tracker()): Promise<Tracker> {
  await tracker.deliver(initialAvailable(), RECEIVED_AT);
  for (const body of webhooks) await tracker.deliver(body, RECEIVED_AT);
  return tracker;
}

describe.each(STAGES)('$what', ({ webhooks, stage, dueAt }) => {
  test('has its stage and due time', async () => {
    const tracker = await tracking(webhooks);
    expect((await tracker.transaction(TRANSACTION))?.redraw).toMatchObject({ stage, due_at: dueAt });
  });

  test('has them in any order of arrival', async () => {
    const tracker = new Tracker();
    for (const body of webhooks.toReversed()) await tracker.deliver(body, RECEIVED_AT);
    await tracker.deliver(initialAvailable(), RECEIVED_AT);
    expect((await tracker.transaction(TRANSACTION))?.redraw).toMatchObject({ stage, due_at: dueAt });
  });

  test.each([
    ['a millisecond before', later(dueAt, -1), 0],
    ['a microsecond before', microsecondsLater(dueAt, -1), 0],
    ['exactly then', dueAt, 1],
    ['a microsecond after', microsecondsLater(dueAt, 1), 1],
    ['a millisecond after', later(dueAt, 1), 1],
  ])('is flagged by a sweep: %s', async (_, now, flagged) => {
    const tracker = await tracking(webhooks);
    expect(await tracker.sweep(now)).toMatchObject({ due: flagged, flagged, healed: 0, skipped: 0 });
    expect((await tracker.transaction(TRANSACTION))?.marks.stale_since).toBe(flagged ? now : null);
    const again = await tracker.sweep(later(dueAt, 2));
    expect(again.flagged).toBe(1 - flagged);
    expect(tracker.told('Redraw Stale')).toEqual([TRANSACTION]);
  });
});

function microsecondsLater(at: string, count: number): string {
  const micros = Date.parse(`${at.slice(0, 23)}Z`) * 1_000 + Number(at.slice(23, 26)) + count;
  const milliseconds = Math.floor(micros / 1_000);
  const rest = String(micros - milliseconds * 1_000).padStart(3, '0');
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}

describe('without an open redraw nothing is due', () => {
  test.each([
    ['completed', [redrawAt([ORDERED, ['completed', march(9)]])]],
    ['cancelled', [redrawAt([ORDERED, ['cancelled', march(9)]])]],
    ['failed', [redrawAt([ORDERED, ['sample_error', march(9)]])]],
  ])('%s', async (state, webhooks) => {
    const tracker = await tracking(webhooks);
    const { redraw } = (await tracker.transaction(TRANSACTION)) ?? {};
    expect(redraw).toMatchObject({ state, stage: null, since: null, due_at: null });
    expect(await tracker.sweep('2027-01-01T00:00:00Z')).toMatchObject({ due: 0, flagged: 0 });
  });
});

describe('the clocks', () => {
  const clocks = {
    ...CLOCKS,
    noOrder: 1,
    noRequisition: 20 * SECOND,
    noAppointment: 3 * HOUR,
    afterAppointment: 4 * HOUR,
    afterResultDate: 5 * HOUR,
    noResultDate: 6 * HOUR,
  };
  const set = (webhooks: readonly Json[]) => tracking(webhooks, new Tracker({ clocks }));

  test.each([
    [[], later(AVAILABLE_AT, 1)],
    [[redrawAt([ORDERED])], later(ORDERED_AT, 20 * SECOND)],
    [[redrawAt([ORDERED, REQUISITION])], later(REQUESTED_AT, 3 * HOUR)],
    [booked, later(START, 4 * HOUR)],
    [[drawnWith({ worst_case_result_by_date: '2026-03-14' })], later(march(15, '07:00:00'), 5 * HOUR)],
    [[redrawAt([ORDERED, ['partial_results', march(9)]])], later(march(9), 6 * HOUR)],
  ])('can be set one by one (%#)', async (webhooks, dueAt) => {
    expect((await (await set(webhooks)).transaction(TRANSACTION))?.redraw?.due_at).toBe(dueAt);
  });

  test('end days in the configured zone', async () => {
    const tracker = new Tracker({ clocks: { ...clocks, labTimeZone: 'Pacific/Honolulu' } });
    await tracking([drawnWith({ worst_case_result_by_date: '2026-03-14' })], tracker);
    const dueAt = later(march(15, '10:00:00'), 5 * HOUR);
    expect((await tracker.transaction(TRANSACTION))?.redraw?.due_at).toBe(dueAt);
  });
});
