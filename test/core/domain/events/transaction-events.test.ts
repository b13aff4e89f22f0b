/** The event for each change of a transaction. */
import { describe, expect, test } from 'vitest';
import { domainEvents } from '../../../../core/domain/events/domain-events.ts';
import { eventsBetween, type RevisedTransaction } from '../../../../core/domain/events/transaction-events.ts';
import { progressKey } from '../../../../core/domain/redraw/redraw.ts';
import { UNMARKED } from '../../../../core/domain/transaction/acknowledgement.ts';
import { person } from '../../../callers.ts';
import { at, brings, event, orderId, STATUS_OF_CLASS, transactionFrom } from '../order-records.ts';

type Class = keyof typeof STATUS_OF_CLASS;

/** A transaction at one revision: the classes of its initial and its redraw order. */
function stands(
  initial: Class,
  redraw: Class | null = null,
  fields: Partial<RevisedTransaction> = {},
): RevisedTransaction {
  const of = (n: number, status: Class, origin: string) =>
    brings(n, { snapshot: { origin, created_at: at(n) }, events: [event(10 * n, STATUS_OF_CLASS[status])] });
  const transaction = transactionFrom(of(1, initial, 'initial'), redraw ? of(2, redraw, 'redraw') : {});
  return { ...transaction, contributions: {}, id: 'tx', revision: 7, marks: UNMARKED, ...fields };
}

function types(before: RevisedTransaction | null, after: RevisedTransaction): string[] {
  const events = eventsBetween(before, after);
  for (const { type, detail } of events) {
    const numbered = { ...detail, sequence: 0 };
    expect(numbered).toMatchObject(domainEvents[type].parse(numbered));
  }
  return events.map(({ type }) => type);
}

test('an event has an id made of its transaction, revision and kind, the same every time', () => {
  const ids = () => eventsBetween(stands('P'), stands('C')).map(({ detail }) => detail.id);
  expect(ids()).toEqual(['tx:7:transaction-completed']);
  expect(ids()).toEqual(ids());
});

test('without a change there is no event', () => {
  for (const same of [stands('P'), stands('R'), stands('R', 'P'), stands('C'), stands('X')]) {
    expect(types(same, { ...same, revision: 8 })).toEqual([]);
  }
  expect(types(null, stands('P'))).toEqual([]);
});

describe('status', () => {
  test.each([
    ['P', 'C', ['Transaction Completed']],
    ['P', 'X', ['Transaction Cancelled']],
    ['C', 'P', ['Transaction Reopened']],
    ['X', 'P', ['Transaction Reopened']],
    ['X', 'C', ['Transaction Completed']],
    ['C', 'X', ['Transaction Cancelled']],
  ] as const)('%s to %s: %j', (from, to, expected) => {
    expect(types(stands(from), stands(to))).toEqual(expected);
  });

  test('the first revision of a transaction that is over has the event of its end', () => {
    expect(types(null, stands('C'))).toEqual(['Transaction Completed']);
    expect(types(null, stands('X'))).toEqual(['Transaction Cancelled']);
  });

  test('completed with another outcome is an event, active with another outcome is not', () => {
    const incomplete = stands('C', null, { outcome: 'results_incomplete' });
    expect(types(stands('C'), incomplete)).toEqual(['Transaction Completed']);
    expect(types(stands('P'), stands('P', null, { outcome: 'redraw_expected' }))).toEqual([]);
    expect(types(stands('X'), stands('X', null, { outcome: 'failed' }))).toEqual([]);
  });

  test('a reopened transaction names its previous status', () => {
    const [reopened] = eventsBetween(stands('X'), stands('P'));
    expect(reopened?.detail).toMatchObject({
      from_status: 'cancelled',
      id: 'tx:7:transaction-reopened',
      revision: 7,
    });
  });
});

describe('redraw', () => {
  test('available, then linked to its order, once each', () => {
    expect(types(stands('P'), stands('R'))).toEqual(['Redraw Available']);
    expect(types(null, stands('R'))).toEqual(['Redraw Available']);
    expect(types(stands('R'), stands('R', 'P'))).toEqual(['Redraw Order Linked', 'Redraw Progressed']);
    const [linked] = eventsBetween(stands('R'), stands('R', 'P'));
    expect(linked?.detail).toMatchObject({ order_id: orderId(2), id: 'tx:7:redraw-order-linked' });
  });

  test('progress names both stages, and whether the redraw was stale', () => {
    const flagged = { ...stands('R') };
    const marks = { ...UNMARKED, progress: progressKey(flagged.redraw ?? fail()), stale_since: at(90) };
    const told = eventsBetween({ ...flagged, marks }, stands('R', 'P')).find(
      ({ type }) => type === 'Redraw Progressed',
    );
    expect(told?.detail).toMatchObject({ from_stage: 'awaiting_order', was_stale: true });
    const closed = eventsBetween(stands('R', 'P'), stands('R', 'C')).find(
      ({ type }) => type === 'Redraw Progressed',
    );
    expect(closed?.detail).toMatchObject({ to_stage: null, was_stale: false });
    expect(types(stands('R', 'P'), stands('P'))).toContain('Redraw Progressed');
    expect(types(stands('R', 'C'), stands('R', 'X'))).not.toContain('Redraw Progressed');
  });

  test('a flag and an acknowledgement each have one event per progress', () => {
    const open = stands('R');
    const progress = progressKey(open.redraw ?? fail());
    const acknowledgement = { by: 'me', note: null, at: at(95), caller: person('me'), stop_messages: false };
    const flagged = { ...open, marks: { ...UNMARKED, progress, stale_since: at(90) } };
    const taken = { ...open, marks: { progress, stale_since: at(90), acknowledgement } };
    expect(types(open, flagged)).toEqual(['Redraw Stale']);
    expect(types(flagged, flagged)).toEqual([]);
    expect(types(flagged, taken)).toEqual(['Redraw Acknowledged']);
    expect(types(taken, taken)).toEqual([]);
    expect(types(null, taken)).toEqual(expect.arrayContaining(['Redraw Stale', 'Redraw Acknowledged']));
    const again = {
      ...taken,
      marks: { ...taken.marks, acknowledgement: { ...acknowledgement, at: at(99) } },
    };
    expect(types(taken, again)).toEqual(['Redraw Acknowledged']);
    const others = [{ by: 'you' }, { note: 'called' }, { caller: person('you') }, { stop_messages: true }];
    for (const other of others) {
      const retaken = {
        ...taken,
        marks: { ...taken.marks, acknowledgement: { ...acknowledgement, ...other } },
      };
      expect(types(taken, retaken)).toEqual(['Redraw Acknowledged']);
    }
    const flaggedLater = { ...flagged, marks: { ...flagged.marks, stale_since: at(91) } };
    expect(types(flagged, flaggedLater)).toEqual(['Redraw Stale']);
    const later = { ...taken, marks: { ...taken.marks, progress: 'another' } };
    expect(types(taken, later)).toEqual(['Redraw Stale', 'Redraw Acknowledged']);
    expect(types(taken, open)).toEqual([]);
  });

  test('a withdrawn acknowledgement has one event with the person who withdrew it; one cleared by progress has none', () => {
    const open = stands('R');
    const progress = progressKey(open.redraw ?? fail());
    const acknowledgement = {
      by: 'me',
      note: 'CANARY-NOTE',
      at: at(95),
      caller: person('me'),
      stop_messages: false,
    };
    const withdrawal = { by: 'you', at: at(96), caller: person('you') };
    const taken = { ...open, marks: { progress, stale_since: at(90), acknowledgement } };
    const back = { ...open, marks: { progress, stale_since: at(90), acknowledgement: null, withdrawal } };
    const [told, ...more] = eventsBetween(taken, back);
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      type: 'Redraw Acknowledgement Withdrawn',
      detail: { id: 'tx:7:redraw-acknowledgement-withdrawn', acknowledgement: { by: 'me' }, withdrawal },
    });
    expect(JSON.stringify([...eventsBetween(open, taken), told])).not.toContain('CANARY');
    expect(types(back, { ...back, revision: 8 })).toEqual([]);
    expect(types(null, back)).toEqual(['Redraw Available', 'Redraw Stale']);
    const again = { ...back, marks: { ...back.marks, acknowledgement: { ...acknowledgement, at: at(97) } } };
    expect(types(back, again)).toEqual(['Redraw Acknowledged']);
    expect(types(again, back)).toEqual(['Redraw Acknowledgement Withdrawn']);
    expect(types(again, { ...stands('R', 'P'), revision: 8 })).toEqual([
      'Redraw Order Linked',
      'Redraw Progressed',
    ]);
    expect(types(again, open)).toEqual([]);
  });

  test('an event has the missing markers', () => {
    const missing_results = [{ name: 'Ferritin', slug: 'ferritin', failure_type: null, loinc: '2276-4' }];
    const { redraw, ...open } = stands('R');
    const [told] = eventsBetween(null, { ...open, redraw: redraw && { ...redraw, missing_results } });
    expect(told?.detail).toMatchObject({ redraw: { missing_results } });
  });

  test('an event shows a stale redraw', () => {
    const open = stands('R');
    const marks = { ...UNMARKED, progress: progressKey(open.redraw ?? fail()), stale_since: at(90) };
    const [stale] = eventsBetween(open, { ...open, marks });
    expect(stale?.detail).toMatchObject({
      stale_since: at(90),
      redraw: { state: 'stale', stale_since: at(90) },
    });
    const [fresh] = eventsBetween(null, open);
    expect(fresh?.detail).toMatchObject({ redraw: { state: 'expected', stale_since: null } });
    const [none] = eventsBetween(null, stands('C'));
    expect(none?.detail).toMatchObject({ redraw: null, transaction_id: 'tx', time: at(10) });
  });
});

describe('divergence', () => {
  const diverging = (said: string | null) => stands('P', null, { diverges: true, reported_status: said });

  test('opens and closes', () => {
    expect(types(stands('P'), diverging('completed'))).toEqual(['Divergence Opened']);
    expect(types(null, diverging('completed'))).toEqual(['Divergence Opened']);
    expect(types(diverging('completed'), diverging('completed'))).toEqual([]);
    expect(types(diverging('completed'), stands('P'))).toEqual(['Divergence Closed']);
    const [opened] = eventsBetween(stands('P'), diverging('on_hold'));
    expect(opened?.detail).toMatchObject({ reported_status: 'on_hold' });
    const [unsaid] = eventsBetween(stands('P'), diverging(null));
    expect(unsaid?.detail).toMatchObject({ reported_status: '' });
  });
});

describe('anomalies', () => {
  const anomaly = (code: string, n: number) => ({ code, order_id: orderId(n), first_seen_at: at(n) });
  const having = (...anomalies: ReturnType<typeof anomaly>[]) => stands('P', null, { anomalies });

  test('have one event per code and order', () => {
    const one = having(anomaly('second_redraw', 1));
    expect(types(stands('P'), one)).toEqual(['Transaction Anomaly']);
    expect(types(null, one)).toEqual(['Transaction Anomaly']);
    expect(types(one, one)).toEqual([]);
    expect(types(one, having(anomaly('second_redraw', 1), anomaly('second_redraw', 2)))).toEqual([
      'Transaction Anomaly',
    ]);
    expect(types(one, having(anomaly('second_redraw', 1), anomaly('future_event', 1)))).toEqual([
      'Transaction Anomaly',
    ]);
    expect(types(one, stands('P'))).toEqual([]);
    const [told] = eventsBetween(null, one);
    expect(told?.detail).toMatchObject({
      id: `tx:7:transaction-anomaly-second_redraw-${orderId(1)}`,
      anomaly: anomaly('second_redraw', 1),
    });
  });
});

function fail(): never {
  throw new Error('there is no redraw');
}
