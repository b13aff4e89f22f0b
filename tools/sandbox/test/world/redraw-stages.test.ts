import { describe, expect, test } from 'vitest';
import { naiveDue } from '../../../../test/core/use-cases/sweep/scene/naive-clocks.ts';
import { SCRIPTS, type Script } from '../../journeys/catalogue.ts';
import { journey, journeys } from '../../journeys/journeys.ts';
import { junction } from '../../junction/junction.ts';
import { planDeliveries } from '../../webhooks/delivery-plan.ts';
import type { StageSpan } from '../../world/redraw-stages.ts';

const DAY = 86_400_000;
const seeds = [1, 2, 3, 4, 5, 6];
const redraws = SCRIPTS.filter((script) => script.startsWith('redraw'));
const ms = (time: string | null | undefined): number => Date.parse(time ?? '');

const dueAt = (span: StageSpan): number => ms(naiveDue(span));

describe('every redraw', () => {
  test.each(redraws)('%s: its stages follow one another', (script) => {
    for (const seed of seeds) {
      const { stages } = journey(script, seed);
      expect(stages.length).toBeGreaterThan(0);
      stages.forEach((span, index) => {
        const next = stages[index + 1];
        if (!next) return;
        expect(ms(span.until)).toBeGreaterThan(ms(span.entered));
        expect(ms(next.entered)).toBeGreaterThanOrEqual(ms(span.until));
      });
    }
  });

  test('other journeys have no stages', () => {
    for (const script of SCRIPTS.filter((one) => !redraws.includes(one))) {
      expect(journey(script, 1)).toMatchObject({ stages: [], stall: null });
    }
  });

  test('a finished redraw is in no stage, and an open one is', () => {
    for (const script of redraws) {
      const { known, stages } = journey(script, 3);
      const status = known.at(-1)?.order.order_transaction?.status;
      expect(stages.at(-1)?.until === null, script).toBe(status === 'active');
    }
  });
});

describe('a redraw that stalls', () => {
  const forGood: [Script, StageSpan['stage']][] = [
    ['redraw_never_ordered', 'awaiting_order'],
    ['redraw_stalled_without_requisition', 'awaiting_requisition'],
    ['redraw_stalled_without_appointment', 'awaiting_appointment'],
    ['redraw_stalled_after_appointment', 'awaiting_draw'],
    ['redraw_stalled_after_draw', 'awaiting_result'],
    ['redraw_stalled_after_partial_results', 'awaiting_result'],
    ['redraw_never_announced', 'awaiting_appointment'],
    ['redraw_activated_later', 'awaiting_requisition'],
  ];
  const forATime: [Script, StageSpan['stage']][] = [
    ['redraw_ordered_late', 'awaiting_order'],
    ['redraw_requisition_late', 'awaiting_requisition'],
    ['redraw_booked_late', 'awaiting_appointment'],
    ['redraw_drawn_late', 'awaiting_draw'],
    ['redraw_rebooked_late', 'awaiting_draw'],
    ['redraw_result_late', 'awaiting_result'],
  ];

  test.each(forGood)('%s: %s, permanently', (script, stage) => {
    for (const seed of seeds) expect(journey(script, seed).stall).toMatchObject({ stage, until: null });
  });

  test.each(forATime)(
    '%s: %s, longer than the default clocks allow, and then progresses',
    (script, stage) => {
      for (const seed of seeds) {
        const { stall, stages, known } = journey(script, seed);
        if (!stall) throw new Error('the journey has no stall');
        expect(stall.stage).toBe(stage);
        expect(ms(stall.until)).toBeGreaterThan(dueAt(stall));
        const others = stages.filter((span) => span !== stall);
        for (const span of others) expect(ms(span.until)).toBeLessThan(dueAt(span));
        expect(known.at(-1)?.order.order_transaction?.status).toBe('completed');
      }
    },
  );

  test.each(seeds)(
    'the API shows it unchanged from the beginning of its stall to the end (seed %i)',
    (seed) => {
      for (const [script] of [...forGood, ...forATime]) {
        const told = journey(script, seed, { spelling: 'documented' });
        const { stall } = told;
        if (!stall) throw new Error('the journey has no stall');
        const world = junction([told]);
        const seen = (time: number) => {
          world.setClock(new Date(time));
          const orders = world.transaction(stall.transactionId)?.orders ?? [];
          return JSON.stringify([orders, orders.map(({ id }) => world.order(id)?.expected_result_by_date)]);
        };
        const end = stall.until === null ? ms(stall.entered) + 90 * DAY : ms(stall.until);
        // A booking has a webhook of its own before it is a status of the order.
        const begin = stall.stage === 'awaiting_draw' ? ms(stall.entered) + DAY : ms(stall.entered) + 1;
        expect(seen(begin), script).toBe(seen(end - 1));
      }
    },
  );

  test('since: the time from which the clock of its stage counts', () => {
    const at = (script: Script, find: (low: string, origin: string) => boolean) => {
      const { known, stall } = journey(script, 4);
      const state = known.find(({ facts, order }) => find(facts.low, order.origin ?? ''));
      return [stall?.since, state?.at];
    };
    const [available, one] = at('redraw_never_ordered', (low) => low === 'redraw_available');
    expect(available).toBe(one);
    const [ordered, two] = at('redraw_requisition_late', (_, origin) => origin === 'redraw');
    expect(ordered).toBe(two);
    const isRequested = (low: string, origin: string) => origin === 'redraw' && low === 'requisition_created';
    const [requested, three] = at('redraw_booked_late', isRequested);
    expect(requested).toBe(three);
    const booked = journey('redraw_stalled_after_appointment', 4);
    expect(booked.stall?.since).toBe(booked.knownAppointments.at(-1)?.appointment.start_at);
    const drawn = journey('redraw_stalled_after_draw', 4);
    expect(drawn.stall?.since).toBe(drawn.known.at(-1)?.at);
    expect(drawn.stall?.worstCaseResultBy).toBe(drawn.known.at(-1)?.order.worst_case_result_by_date);
  });

  test('one to be activated later stalls from that day', () => {
    const { stall, known } = journey('redraw_activated_later', 4);
    const day = known.find(({ order }) => order.origin === 'redraw')?.order.activate_by;
    expect(stall?.since).toBe(`${day}T00:00:00Z`);
    expect(ms(stall?.since)).toBeGreaterThan(ms(stall?.entered) + 15 * DAY);
    const later = journey('redraw_activated_later_then_completed', 4);
    expect(later.stall).toBeNull();
    for (const span of later.stages) expect(ms(span.until)).toBeLessThan(dueAt(span));
  });
});

test('lost webhooks are never sent, and the API has all their facts', () => {
  const some = journeys(5, 40, { scripts: redraws, spelling: 'documented' });
  const plan = planDeliveries(some, { seed: 5, lose: 0.5 });
  expect(plan.length).toBeLessThan(some.flatMap(({ snapshots }) => snapshots).length);
  const told = new Set(plan.map(({ body }) => body));
  const lost = some.filter(({ snapshots }) => !told.has(JSON.stringify(snapshots.at(-1)?.payload)));
  expect(lost.length).toBeGreaterThan(5);
  const world = junction(some);
  for (const { known } of lost) {
    const last = known.at(-1);
    expect(world.order(last?.facts.orderId ?? '')).toEqual(last?.order);
  }
});
