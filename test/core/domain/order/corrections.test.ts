import { describe, expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import { correctedFacts } from '../../../../core/domain/order/corrections.ts';
import type { OrderEvent } from '../../../../core/domain/order/order-event.ts';
import {
  type AnswerRegister,
  LAG,
  type OrderRegisters,
  type PayloadRegister,
} from '../../../../core/domain/order/registers.ts';
import { at, event, sibling, snapshot } from '../order-records.ts';

const [ordered, requisition, redraw, completed] = [
  event(1, 'received.walk_in_test.ordered', 0),
  event(100, 'received.walk_in_test.requisition_created', 1),
  event(200, 'collecting_sample.walk_in_test.redraw_available', 2),
  event(300, 'completed.walk_in_test.completed', 3),
] as const;
/** Long after every event above. */
const ASKED = at(10_000);
const AFTER = at(10_010);

const webhook = (events: readonly OrderEvent[], parts: Partial<PayloadRegister> = {}): PayloadRegister => ({
  rank: `rank of ${events.length}`,
  receivedAt: AFTER,
  events,
  snapshot: snapshot({ updated_at: at(1) }),
  rivalAt: null,
  ...parts,
});

const answer = (events: readonly OrderEvent[], parts: Partial<AnswerRegister> = {}): AnswerRegister => ({
  rank: 'a',
  askedAt: ASKED,
  events,
  snapshot: snapshot({ updated_at: at(1) }),
  transactionId: null,
  clientUser: null,
  ...parts,
});

function corrected(parts: Partial<OrderRegisters>) {
  const stated = [...(parts.payload?.events ?? []), ...(parts.answer?.events ?? [])];
  return correctedFacts({
    events: stated,
    futureEvents: [],
    siblings: [],
    listings: [],
    receipts: new Map(),
    payload: null,
    answer: null,
    transactionIds: [],
    clientUsers: [],
    missingResults: [],
    appointmentClaims: [],
    trustedUntil: null,
    elapsedAt: null,
    ...parts,
  });
}

const lows = (events: readonly OrderEvent[]) => events.map(({ status }) => status.split('.').at(-1));

describe('an answer is the complete list of the events', () => {
  test('it withdraws what was dated before the request, and no more', () => {
    const held = [ordered, requisition, completed];
    const { events, withdrawnEvents } = corrected({ events: held, answer: answer([ordered, requisition]) });
    expect([lows(events), lows(withdrawnEvents)]).toEqual([
      ['ordered', 'requisition_created'],
      ['completed'],
    ]);
    const lagging = answer([ordered, requisition], { askedAt: later(completed.created_at, LAG) });
    expect(lows(corrected({ events: held, answer: lagging }).events).at(-1)).toBe('completed');
    const decided = { ...lagging, askedAt: later(completed.created_at, LAG + 1) };
    expect(lows(corrected({ events: held, answer: decided }).events).at(-1)).toBe('requisition_created');
  });

  test('it withdraws an event ahead of its time by its receipt', () => {
    const ahead = event(12_000, 'completed.walk_in_test.completed');
    const withReceipt = (second: number, askedAt = ASKED) =>
      corrected({
        events: [ordered, ahead],
        receipts: new Map([[ahead.id, at(second)]]),
        answer: answer([ordered], { askedAt }),
      }).events.length;
    expect(withReceipt(9_000)).toBe(1);
    // The lag does not explain a time far ahead of the receipt, even just before the request.
    expect(withReceipt(9_999)).toBe(1);
    expect(withReceipt(10_001)).toBe(2);
    // A clock that is a little ahead is no reason to distrust it.
    expect(withReceipt(11_800, at(11_900))).toBe(2);
  });

  test('without events it withdraws nothing', () => {
    expect(corrected({ events: [ordered, completed], answer: answer([]) }).events).toHaveLength(2);
  });

  test('a later event counts by itself, and its payload states the other fields', () => {
    const news = event(9_900, 'completed.walk_in_test.completed', 3);
    const payload = webhook([ordered, news], { snapshot: snapshot({ has_missing_results: true }) });
    const { events, snapshot: shown, unansweredSince } = corrected({ payload, answer: answer([ordered]) });
    expect(lows(events)).toEqual(['ordered', 'completed']);
    expect(shown?.has_missing_results).toBe(true);
    expect(unansweredSince).toBe(AFTER);
  });

  test('otherwise the answer states them, and its word for an event counts', () => {
    const rewritten = { ...redraw, id: completed.id, status: redraw.status };
    const payload = webhook([ordered, completed], { snapshot: snapshot({ has_missing_results: true }) });
    const told = corrected({ payload, answer: answer([ordered, rewritten]) });
    expect(lows(told.events)).toEqual(['ordered', 'redraw_available']);
    expect(told.snapshot?.has_missing_results).toBe(null);
  });

  test('it refutes a newer status of another order that it would have', () => {
    const report = { status: 'active', orders: { [sibling(2).order_id]: at(50) } };
    const about = (second: number) => sibling(2, { status: 'completed', status_at: at(second) });
    const facts = [about(40), about(60), about(9_990)];
    const told = corrected({
      siblings: facts,
      answer: answer([ordered], { snapshot: snapshot({ report }) }),
    });
    expect(told.siblings).toEqual([facts[0], facts[2]]);
  });
});

describe("an event's id is its identity", () => {
  test('the newest payload decides what is said of it', () => {
    const precise = { ...ordered, created_at: ordered.created_at.replace('000000Z', '250000Z') };
    const payload = webhook([precise, requisition]);
    expect(corrected({ events: [ordered, precise, requisition], payload }).events).toEqual([
      precise,
      requisition,
    ]);
    const rewritten = { ...completed, status: redraw.status };
    const both = [completed, rewritten];
    expect(lows(corrected({ events: both, payload: webhook([rewritten]) }).events)).toEqual([
      'redraw_available',
    ]);
    expect(lows(corrected({ events: both, payload: webhook([completed]) }).events)).toEqual(['completed']);
  });

  test('without one it is its time and status, also against an answer that has ids', () => {
    const anonymous = { ...requisition, id: '' };
    const told = corrected({
      events: [ordered, anonymous, requisition],
      answer: answer([ordered, requisition]),
    });
    expect(told.withdrawnEvents).toEqual([]);
  });
});

describe('a contradiction is a question to Junction', () => {
  const questions = (payload: PayloadRegister, asked: AnswerRegister | null = null) =>
    corrected({ payload, answer: asked }).questionAt;
  const asked = answer([ordered, requisition]);

  test('a webhook after the answer with an event that the answer took back', () => {
    expect(questions(webhook([ordered, requisition, completed]), asked)).toBe(AFTER);
    expect(questions(webhook([ordered, requisition, completed], { receivedAt: at(9_000) }), asked)).toBe(
      null,
    );
  });

  test('the same events with other content', () => {
    expect(questions(webhook([ordered, requisition]), asked)).toBe(null);
    const dated = snapshot({ expected_result_by_date: '2026-03-09' });
    expect(questions(webhook([ordered, requisition], { snapshot: dated }), asked)).toBe(AFTER);
    expect(questions(webhook([ordered, { ...requisition, status: redraw.status }]), asked)).toBe(AFTER);
  });

  test('a part of the events is late, unless Junction changed the order after the request', () => {
    expect(questions(webhook([ordered]), asked)).toBe(null);
    expect(questions(webhook([ordered], { snapshot: snapshot({ updated_at: AFTER }) }), asked)).toBe(AFTER);
  });

  test('a rival as new, and a last_event that is not the newest, until an answer', () => {
    expect(questions(webhook([ordered], { rivalAt: at(9) }))).toBe(at(9));
    const differing = webhook([ordered], { snapshot: snapshot({ last_event_differs: true }) });
    expect(questions(differing)).toBe(AFTER);
    expect(questions(differing, answer([ordered]))).toBe(null);
  });

  test('what was asked in vain counts without confirmation, until an answer comes', () => {
    const payload = webhook([ordered, requisition, completed]);
    const vain = { payload, trustedUntil: AFTER };
    const told = corrected({ ...vain, answer: asked });
    expect([lows(told.events).at(-1), told.isUnconfirmed, told.questionAt]).toEqual([
      'completed',
      true,
      AFTER,
    ]);
    const answered = corrected({ ...vain, answer: answer([ordered, requisition], { askedAt: at(10_400) }) });
    expect([lows(answered.events).at(-1), answered.isUnconfirmed]).toEqual(['requisition_created', false]);
  });
});

test('a future event counts once its time has come, unless an answer took it back', () => {
  const future = event(50_000, 'completed.walk_in_test.completed');
  const parts = { events: [ordered], futureEvents: [future], receipts: new Map([[future.id, at(10)]]) };
  expect(corrected(parts)).toMatchObject({ events: [ordered], futureEvents: [future] });
  expect(corrected({ ...parts, elapsedAt: at(50_000) })).toMatchObject({
    events: [ordered, future],
    futureEvents: [],
  });
  const refuted = corrected({ ...parts, elapsedAt: at(50_000), answer: answer([ordered]) });
  expect([refuted.events, refuted.withdrawnEvents]).toEqual([[ordered], [future]]);
  const confirmed = corrected({ ...parts, answer: answer([ordered, future]) });
  expect(confirmed.futureEvents).toEqual([future]);
});

test("Junction's answer decides which transaction the order belongs to, unless a newer webhook names one", () => {
  const transactionIds = [{ rank: 'rank of 2', value: 'forged' }];
  const told = answer([ordered], { transactionId: 'true' });
  const claimed = (events: readonly OrderEvent[]) =>
    corrected({ payload: webhook(events), transactionIds, answer: told }).ownClaim?.transaction_id;
  expect(claimed([ordered, completed])).toBe('true');
  expect(claimed([ordered, event(9_990, completed.status, 1)])).toBe('forged');
  expect(corrected({ transactionIds, answer: answer([ordered]) }).ownClaim?.transaction_id).toBe('forged');
});

describe("a webhook does not change the user and the team that Junction's answer names", () => {
  const named = (user_id: string | null, team_id: string | null) => snapshot({ user_id, team_id });
  const told = answer([ordered], {
    snapshot: named('user', 'team'),
    clientUser: { user_id: 'user', client_user_id: 'ours' },
  });
  const registered = event(9_990, completed.status, 1);
  const owners = (payload: PayloadRegister, parts: Partial<OrderRegisters> = {}) => {
    const { snapshot, clientUser, questionAt } = corrected({ payload, answer: told, ...parts });
    return [snapshot?.user_id, snapshot?.team_id, clientUser?.client_user_id ?? null, questionAt];
  };

  test('although its newer event counts, and the difference is a question', () => {
    const payload = webhook([ordered, registered], { snapshot: named('other', 'other team') });
    const clientUsers = [{ rank: payload.rank, value: { user_id: 'other', client_user_id: 'theirs' } }];
    expect(owners(payload, { clientUsers })).toEqual(['user', 'team', 'ours', AFTER]);
    expect(lows(corrected({ payload, answer: told }).events)).toEqual(['ordered', 'completed']);
    const trusted = owners(payload, { clientUsers, trustedUntil: AFTER });
    expect(trusted).toEqual(['other', 'other team', 'theirs', AFTER]);
  });

  test('without a difference nothing is asked, and a late webhook asks nothing either', () => {
    const same = webhook([ordered, registered], { snapshot: named('user', null) });
    expect(owners(same)).toEqual(['user', 'team', 'ours', null]);
    const late = webhook([], { snapshot: named('other', null) });
    expect(owners(late)).toEqual(['user', 'team', 'ours', null]);
  });

  test('an answer that names nobody leaves the word to the webhook', () => {
    const payload = webhook([ordered, registered], { snapshot: named('other', 'other team') });
    const silent = answer([ordered], { snapshot: named(null, null) });
    expect(owners(payload, { answer: silent })).toEqual(['other', 'other team', null, null]);
  });
});
