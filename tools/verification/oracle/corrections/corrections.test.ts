import { describe, expect, test } from 'vitest';
import {
  answered,
  appointment,
  delivered,
  enveloped,
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../bodies.ts';
import { expectedState, expectedStates } from '../oracle.ts';
import type { Fact } from '../reading/facts.ts';
import type { Json } from '../reading/spelling.ts';
import { type Circumstances, WITH_CORRECTIONS } from '../rules.ts';

const ordered = event(1, 'ordered', march(1));
const available = event(2, 'redraw_available', march(3));
const cancelled = event(3, 'cancelled', march(5));

/** Order 1 with these events, as a webhook received then. */
const heard = (events: Json[], receivedAt: string, fields: Json = {}) =>
  delivered(walkIn(1, events, fields), receivedAt);
/** The same as an answer. */
const asked = (events: Json[], askedAt: string, fields: Json = {}) =>
  answered(walkIn(1, events, fields), askedAt);

function judged(facts: Fact[], circumstances: Circumstances = {}) {
  const state = expectedState(facts, undefined, { rules: WITH_CORRECTIONS, ...circumstances });
  const correction = state.corrections.get(orderId(1));
  const [first] = state.transactions.values();
  return {
    status: state.orders.get(orderId(1))?.low_level_status,
    order: state.orders.get(orderId(1)),
    transaction: first,
    withdrawn: correction?.withdrawn.map(({ id }) => Number(id)),
    questions: correction?.questions.map(({ kind, since }) => `${kind} ${since.slice(8, 16)}`),
    anomalies: first?.anomalies.map(({ code, first_seen_at }) => `${code} ${first_seen_at?.slice(8, 16)}`),
  };
}

describe('an event that the newest answer lacks', () => {
  const before = heard([ordered, available, cancelled], march(5, '09:00:00'));

  test('is withdrawn if it was dated or received before, less five minutes', () => {
    expect(judged([before, asked([ordered, available], march(6))])).toMatchObject({
      status: 'redraw_available',
      withdrawn: [3],
      questions: [],
      anomalies: ['event_withdrawn 05T08:00'],
    });
    const ahead = event(9, 'cancelled', march(6, '08:50:00'));
    for (const [receivedAt, isWithdrawn] of [
      ['07:54:59', true],
      ['07:55:00', false],
    ] as const) {
      const forged = heard([ordered, available, ahead], march(6, receivedAt));
      const { withdrawn } = judged([forged, asked([ordered, available], march(6))]);
      expect(withdrawn).toEqual(isWithdrawn ? [9] : []);
    }
    for (const [datedAt, isWithdrawn] of [
      ['07:54:59', true],
      ['07:55:00', false],
    ] as const) {
      const late = heard([ordered, event(9, 'cancelled', march(6, datedAt))], march(6, '08:01:00'));
      const { withdrawn } = judged([late, asked([ordered], march(6))]);
      expect(withdrawn).toEqual(isWithdrawn ? [9] : []);
    }
  });

  test('counts again when a later answer has it, in any order, and an answer without events takes nothing back', () => {
    const facts = [
      before,
      asked([ordered, available], march(6)),
      asked([ordered, available, cancelled], march(7)),
    ];
    expect(judged(facts)).toMatchObject({
      status: 'cancelled',
      withdrawn: [],
      anomalies: ['moved_after_redraw_available 05T08:00'],
    });
    expect(judged(facts.toReversed())).toEqual(judged(facts));
    expect(judged([before, asked([], march(7))])).toMatchObject({ status: 'cancelled', withdrawn: [] });
    expect(judged([before, asked([ordered, available], march(6)), asked([], march(7))])).toMatchObject({
      status: 'redraw_available',
    });
  });

  test('leaves the lists of siblings, too', () => {
    const entries = [listed(1, 'cancelled', march(5))];
    const sibling = delivered(
      walkIn(2, [event(11, 'ordered', march(4))], {
        origin: 'redraw',
        order_transaction: transaction(1, 'active', entries),
      }),
      march(5, '09:00:00'),
    );
    const named = { order_transaction: transaction(1, 'active', [listed(1, 'redraw_available', march(3))]) };
    const { transaction: held } = judged([sibling, asked([ordered, available], march(6), named)]);
    expect(held).toMatchObject({ rule: 'R/P', orders: [{ low_level_status: 'redraw_available' }, {}] });
  });
});

describe('an order that only a forged list names', () => {
  test('goes when Junction answers with a list without it', () => {
    const stranger = listed(7, 'completed', march(5), { origin: 'redraw' });
    const forged = {
      order_transaction: transaction(1, 'active', [listed(1, 'ordered', march(1)), stranger]),
    };
    const right = { order_transaction: transaction(1, 'active', [listed(1, 'ordered', march(1))]) };
    const facts = [heard([ordered], march(5), forged), asked([ordered], march(6), right)];
    expect(judged(facts.slice(0, 1)).transaction?.orders).toHaveLength(2);
    expect(judged(facts).transaction?.orders).toHaveLength(1);
  });
});

describe('after the newest answer', () => {
  const answer = asked([ordered, available], march(6), { has_missing_results: true });

  test('an event dated and received then counts, with the fields of its payload', () => {
    const news = [ordered, available, event(4, 'completed', march(7))];
    const { status, order, questions } = judged([
      answer,
      heard(news, march(7), { has_missing_results: false }),
    ]);
    expect([status, order?.has_missing_results, questions]).toEqual(['completed', false, []]);
  });

  test('a payload with a subset of its events says nothing new, unless it was updated after the answer', () => {
    const late = (fields: Json) => judged([answer, heard([ordered], march(7), fields)]);
    expect(late({ has_missing_results: false })).toMatchObject({
      order: { has_missing_results: true },
      questions: [],
    });
    expect(late({ updated_at: march(6, '09:00:00') }).questions).toEqual(['taken_back 07T08:00']);
  });

  test.each<[string, Json[], Json]>([
    ['event_withdrawn', [ordered, available, cancelled], { has_missing_results: true }],
    ['other_content', [ordered, available], { has_missing_results: false }],
    ['other_content', [ordered, event(2, 'completed', march(3))], { has_missing_results: true }],
  ])(
    '%s decides nothing, is a question until the next answer, and counts unconfirmed after an hour',
    (kind, events, fields) => {
      const webhook = heard(events, march(7), fields);
      const rightNow = judged([answer]);
      const open = judged([answer, webhook]);
      expect(open).toMatchObject({ status: 'redraw_available', order: { has_missing_results: true } });
      expect(open.order).toEqual(rightNow.order);
      expect(open.questions).toEqual([`${kind} 07T08:00`]);
      expect(judged([answer, webhook], { sweptAt: march(7, '08:59:59') })).toEqual(open);
      const believed = judged([answer, webhook], { sweptAt: march(7, '09:00:00') });
      expect(believed.anomalies).toContain('unconfirmed 07T08:00');
      expect(believed.order).toEqual(judged([heard(events, march(7), fields)]).order);
      expect(judged([answer, webhook], { hasKey: false })).toEqual(believed);
      const confirmed = asked([ordered, available], march(7, '08:00:01'), { has_missing_results: true });
      expect(judged([answer, webhook, confirmed], { sweptAt: march(8) })).toMatchObject({
        order: rightNow.order ?? {},
        questions: [],
      });
    },
  );

  test('the same event in whole seconds is the same', () => {
    const precise = asked([ordered, event(2, 'redraw_available', '2026-03-03T08:00:00.123456Z')], march(6));
    const whole = heard([ordered, available], march(7));
    expect(judged([precise, whole])).toMatchObject({ questions: [], status: 'redraw_available' });
    expect(judged([precise, whole]).order?.events).toHaveLength(2);
  });
});

describe('webhooks that contradict each other', () => {
  test('of the same rank: either counts, and Junction is to be asked', () => {
    const one = heard([ordered], march(2), { expected_result_by_date: '2026-03-08' });
    const other = heard([ordered], march(3), { expected_result_by_date: '2026-03-09' });
    expect(judged([other, one]).questions).toEqual(['tie 03T08:00']);
    const dates = [...expectedStates([one, other], { rules: WITH_CORRECTIONS })].map(
      ({ orders }) => orders.get(orderId(1))?.expected_result_by_date,
    );
    expect(dates.sort()).toEqual(['2026-03-08', '2026-03-09']);
    expect(judged([one, other], { hasKey: false }).anomalies).toEqual(['unconfirmed 03T08:00']);
    expect(judged([one, other, asked([ordered], march(4))]).questions).toEqual([]);
  });

  test('a webhook that tells less but was updated later is a question, in any order of arrival', () => {
    const more = (at: string) => heard([ordered, available], at, { updated_at: march(3) });
    const less = (at: string, updated_at: string) => heard([ordered], at, { updated_at });
    expect(judged([more(march(4)), less(march(6), march(5))])).toMatchObject({
      status: 'redraw_available',
      questions: ['rewound 06T08:00'],
    });
    expect(judged([more(march(4)), less(march(6), march(2))]).questions).toEqual([]);
    expect(judged([more(march(7)), less(march(6), march(5))]).questions).toEqual(['rewound 07T08:00']);
    expect(judged([more(march(4)), less(march(6), march(5)), asked([ordered], march(7))]).questions).toEqual(
      [],
    );
  });

  test('an id is one event: the payload of the greater rank has its time and status', () => {
    const rewritten = heard([ordered, event(2, 'completed', march(3))], march(3));
    const now = heard([ordered, available], march(4), { updated_at: march(4) });
    expect(judged([now, rewritten])).toMatchObject({ status: 'redraw_available', questions: [] });
    expect(judged([now, rewritten]).order?.events).toHaveLength(2);
    const unnamed = { created_at: march(3), status: 'completed' };
    expect(
      judged([heard([ordered, { ...unnamed, id: null }, { ...unnamed, id: '' }], march(4))]),
    ).toMatchObject({
      status: 'completed',
      order: { events: [{}, { id: null }] },
    });
  });

  test('last_event goes before the position in the list, and is a question if it disagrees', () => {
    const same = event(4, 'partial_results', march(3));
    const facts = [heard([ordered, available, same], march(4), { last_event: available })];
    expect(judged(facts)).toMatchObject({ status: 'redraw_available', questions: ['last_event 04T08:00'] });
    expect(judged([...facts, asked([ordered, same], march(5))]).questions).toEqual([]);
  });
});

test('an event ahead of its time counts once a sweep ran after it', () => {
  const ahead = heard([ordered, event(4, 'completed', march(3))], march(2));
  expect(judged([ahead])).toMatchObject({ status: 'ordered', anomalies: ['future_event 03T08:00'] });
  expect(judged([ahead], { sweptAt: march(3, '07:59:59') }).status).toBe('ordered');
  expect(judged([ahead], { sweptAt: march(3) })).toMatchObject({ status: 'completed', anomalies: [] });
});

test('an appointment that was moved without a new event is a question, and an answer outranks what is not newer', () => {
  const visit = (start: string, at: string) =>
    delivered(
      enveloped(appointment(1, 1, { start_at: start }), { event_type: 'labtest.appointment.updated' }),
      at,
    );
  const facts = [heard([ordered], march(2)), visit(march(20), march(3)), visit(march(21), march(4))];
  expect(judged(facts).questions).toEqual(['appointment 04T08:00']);
  const answer = { ...visit(march(21), march(5)), askedAt: march(5) };
  expect(judged([...facts, answer])).toMatchObject({
    questions: [],
    order: { appointments: [{ start_at: march(21) }] },
  });
  expect(judged([...facts, answer, visit(march(20), march(6))])).toMatchObject({
    questions: ['appointment 06T08:00'],
    order: { appointments: [{ start_at: march(21) }] },
  });
});

test("the answer's transaction replaces the one of a payload with a withdrawn event", () => {
  const named = (n: number) => ({ order_transaction: transaction(n, 'active', []) });
  const forged = heard([ordered, cancelled], march(5), { ...named(9), user_id: 'a stranger' });
  expect(judged([forged, asked([ordered], march(6), named(1))]).transaction).toMatchObject({
    id: transactionId(1),
    rule: 'P/none',
  });
});

test('only an answer changes the user and the team that an earlier answer named', () => {
  const told = asked([ordered], march(2), { user_id: 'user', team_id: 'team' });
  const moved = heard([ordered, available], march(3, '09:00:00'), { user_id: 'other', team_id: 'team' });
  const facts = [told, moved];
  expect(judged(facts)).toMatchObject({
    status: 'redraw_available',
    order: { user_id: 'user', team_id: 'team' },
    questions: ['other_owner 03T09:00'],
  });
  expect(judged(facts, { sweptAt: march(3, '10:00:00') }).order).toMatchObject({ user_id: 'other' });
  const confirmed = asked([ordered, available], march(4), { user_id: 'other', team_id: 'team' });
  expect(judged([...facts, confirmed])).toMatchObject({ order: { user_id: 'other' }, questions: [] });
});
