/** What waits for a decision is listed, counted and reported until somebody records one. */
import { describe, expect, test } from 'vitest';
import { patientTask } from '../../../../capabilities/messages/rules/patient-task.ts';
import { showTransaction } from '../../../../core/api/transactions/representation.ts';
import { insightOf } from '../../../../core/domain/insights/insight.ts';
import { RequestRefused } from '../../../../core/domain/request-refused.ts';
import { readEntries } from '../../../../core/store/handling/notes.ts';
import {
  byDecision,
  byDueTime,
  listTransactions,
} from '../../../../core/store/transactions/transaction-lists.ts';
import { acknowledge, withdraw } from '../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { assign } from '../../../../core/use-cases/handling/assign.ts';
import { reviewMail } from '../../../../core/use-cases/review/review-mail.ts';
import { reviewRedraws } from '../../../../core/use-cases/review/review-redraws.ts';
import { event, march } from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { person } from '../../../callers.ts';
import {
  AVAILABLE_AT,
  INITIAL,
  initialAt,
  initialAvailable,
  ORDERED,
  REDRAW,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from './scene/redraw-bodies.ts';
import { Tracker } from './scene/tracker.ts';

type Ending = readonly [low: string, fields: Json, cause: string | null];

const ENDINGS: Ending[] = [
  ['cancelled', {}, 'redraw_cancelled'],
  ['sample_error', {}, 'redraw_failed'],
  ['completed', { has_missing_results: true }, 'results_incomplete'],
  ['completed', {}, null],
];

async function ended([low, fields]: Ending): Promise<Tracker> {
  const tracker = new Tracker();
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  await tracker.deliver(redrawAt([ORDERED, [low, march(7)]], fields), march(7));
  return tracker;
}

const page = { limit: 100, after: null };
async function listed(tracker: Tracker) {
  const decisions = await listTransactions(tracker.memory, byDecision(), page);
  const open = await listTransactions(tracker.memory, byDueTime('open'), page);
  const { needs_decision } = await reviewRedraws({ table: tracker.memory, teamId: null }, 'open', march(8));
  expect(needs_decision).toBe(decisions.transactions.length);
  return [decisions.transactions.length, open.transactions.length];
}
const decide = (tracker: Tracker, note: string | null, decided?: 'new_order') =>
  acknowledge(
    tracker.projection,
    TRANSACTION,
    { by: 'nurse', caller: person('nurse'), note, decided },
    new Date(march(8)),
  );

/** A test kit that was lost: Junction has no redraw of it. */
async function failed(): Promise<Tracker> {
  const tracker = new Tracker();
  await tracker.deliver(initialAt([ORDERED, ['lost', march(7)]]), march(7));
  return tracker;
}

describe('an order that failed without a redraw', () => {
  test('waits for a decision, can be followed up until then, and is closed by a note', async () => {
    const tracker = await failed();
    const { decision, next_step } = showTransaction(
      (await tracker.transaction(TRANSACTION)) ?? expect.fail(),
      () => true,
    );
    expect([decision?.reason, decision?.order_id]).toEqual(['order_failed', INITIAL]);
    expect(next_step).toMatchObject({
      situation: 'sample_failed',
      actions: ['record_decision', 'ask_lab', 'call_patient'],
    });
    expect(await listed(tracker)).toEqual([1, 0]);
    expect(tracker.told('Order Failed')).toEqual([TRANSACTION]);
    const owning = { by: 'lead', caller: person('lead'), assignee: 'kim', followUpAt: march(12) };
    await assign(tracker.projection, TRANSACTION, owning, new Date(march(8)));
    await expect(decide(tracker, null)).rejects.toThrow(RequestRefused);
    await decide(tracker, 'Another kit was ordered');
    expect(await listed(tracker)).toEqual([0, 0]);
    expect(tracker.told('Failed Order Acknowledged')).toEqual([TRANSACTION]);
    expect(tracker.told('Redraw Needs Decision')).toEqual([]);
  });

  test('is closed by a choice, which the event, the history and the insights have', async () => {
    const tracker = await failed();
    await decide(tracker, null, 'new_order');
    expect(await listed(tracker)).toEqual([0, 0]);
    const stored = (await tracker.transaction(TRANSACTION)) ?? expect.fail();
    expect(showTransaction(stored, () => true).decision?.acknowledgement?.decided).toBe('new_order');
    expect(insightOf({ ...stored, created_at: march(1), status: 'completed' })?.decided).toBe('new_order');
    const { entries } = await readEntries(tracker.memory, [TRANSACTION], { limit: 9, after: null });
    expect(entries.map(({ kind, text }) => [kind, text])).toEqual([['acknowledged', 'New order']]);
    const { detail } = tracker.events.at(-1) ?? {};
    expect(detail).toMatchObject({ acknowledgement: { decided: 'new_order' } });
  });

  test('cannot be decided where there is nothing to decide', async () => {
    const tracker = new Tracker();
    await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
    await expect(decide(tracker, null, 'new_order')).rejects.toThrow('needs no decision');
  });

  test('is in progress again if it goes on after all', async () => {
    const tracker = await failed();
    await tracker.deliver(initialAt([ORDERED, ['lost', march(7)], ['transit_customer', march(9)]]), march(9));
    expect(await listed(tracker)).toEqual([0, 0]);
    expect((await tracker.transaction(TRANSACTION))?.decision).toBeNull();
  });
});

describe('a redraw that ended', () => {
  test.each(ENDINGS)('as %s %o waits for a decision: %s', async (...ending) => {
    const [, , cause] = ending;
    const tracker = await ended(ending);
    const shown = await tracker.transaction(TRANSACTION);
    expect(shown?.decision ?? null).toEqual(
      cause && { reason: 'redraw_ended', cause, order_id: REDRAW, since: march(7) },
    );
    expect(await listed(tracker)).toEqual([cause ? 1 : 0, 0]);
    expect(tracker.told('Redraw Needs Decision')).toEqual(cause ? [TRANSACTION] : []);
  });

  test('is in the mail even if no redraw is open', async () => {
    const tracker = await ended(['cancelled', {}, null]);
    const review = await reviewRedraws({ table: tracker.memory, teamId: null }, 'open', march(8));
    const { Message } = reviewMail(review, {
      worklist: 'https://redraws.example.com/',
      runbook: 'runbook.md',
    });
    expect(Message).toMatch(/^No redraw is open, 1 needs a decision\.\n/);
  });

  test('is closed only by an acknowledgement with a note, and open again when that is withdrawn', async () => {
    const tracker = await ended(['cancelled', {}, null]);
    await expect(decide(tracker, null)).rejects.toThrow(RequestRefused);
    expect(await listed(tracker)).toEqual([1, 0]);
    await decide(tracker, 'A new order was placed');
    expect(await listed(tracker)).toEqual([0, 0]);
    expect(tracker.told('Redraw Acknowledged')).toEqual([TRANSACTION]);
    const withdrawal = { by: 'nurse', caller: person('nurse'), acknowledgedAt: null };
    await withdraw(tracker.projection, TRANSACTION, withdrawal, new Date(march(9)));
    expect(await listed(tracker)).toEqual([1, 0]);
  });

  test('and continues after all is an open redraw again; another incomplete end needs another decision', async () => {
    const tracker = await ended(['cancelled', {}, null]);
    await decide(tracker, 'A new order was placed');
    await tracker.deliver(redrawAt([ORDERED, ['cancelled', march(7)], ['ordered', march(9)]]), march(9));
    expect(await listed(tracker)).toEqual([0, 1]);
    await tracker.deliver(
      redrawAt([ORDERED, ['cancelled', march(7)], ['ordered', march(9)], ['cancelled', march(10)]]),
      march(10),
    );
    expect(await listed(tracker)).toEqual([1, 0]);
    expect(tracker.told('Redraw Needs Decision')).toHaveLength(2);
  });
});

describe('a redraw that may no longer be needed', () => {
  const corrected = (fields: Json = { has_missing_results: false }) =>
    initialAvailable({
      events: [
        event(1, 'ordered', march(1)),
        event(3, 'redraw_available', AVAILABLE_AT),
        event(4, 'corrected', march(7)),
      ],
      order_transaction: null,
      ...fields,
    });
  const decision = { reason: 'redraw_not_needed', cause: 'redraw_not_needed' };

  test('because everything has arrived after all, is decided once and then followed up as before', async () => {
    const tracker = new Tracker();
    await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
    await tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(5, '14:00:00'));
    await tracker.deliver(corrected({ has_missing_results: null }), march(6));
    expect(await listed(tracker)).toEqual([0, 1]);
    await tracker.deliver(corrected(), march(7));
    const shown = await tracker.transaction(TRANSACTION);
    expect(shown?.decision).toEqual({ ...decision, order_id: REDRAW, since: march(7) });
    expect(shown && patientTask(shown)).toBeNull();
    expect(await listed(tracker)).toEqual([1, 0]);
    // Nothing is overdue while nobody knows whether the patient has to go.
    expect(await tracker.sweep(march(30))).toMatchObject({ due: 0, flagged: 0 });
    await expect(decide(tracker, null)).rejects.toThrow(RequestRefused);
    const decided = await decide(tracker, 'The clinician wants a new sample');
    expect(patientTask(decided)).toBe('visit');
    expect(await listed(tracker)).toEqual([0, 1]);
    expect(await tracker.sweep(march(30))).toMatchObject({ due: 1, flagged: 1 });
    await tracker.deliver(
      redrawAt([ORDERED, REQUISITION, ['partial_results', march(30, '09:00:00')]]),
      march(30, '09:00:00'),
    );
    expect((await tracker.transaction(TRANSACTION))?.marks).toMatchObject({
      stale_since: null,
      acknowledgement: { note: 'The clinician wants a new sample' },
    });
    expect(tracker.told('Redraw Needs Decision')).toHaveLength(1);
    expect(tracker.told('Redraw Acknowledged')).toHaveLength(1);
  });

  test.each(['completed', 'cancelled'])(
    'because Junction reports its transaction as %s without a redraw order',
    async (status) => {
      const tracker = new Tracker();
      const { order_transaction } = initialAvailable();
      await tracker.deliver(
        initialAvailable({ order_transaction: { ...(order_transaction as Json), status } }),
        march(6),
      );
      const shown = await tracker.transaction(TRANSACTION);
      expect(shown).toMatchObject({ status, decision: { ...decision, order_id: null, since: AVAILABLE_AT } });
      expect(await listed(tracker)).toEqual([1, 0]);
      await decide(tracker, 'A new order was placed');
      expect(await listed(tracker)).toEqual([0, 0]);
    },
  );

  test.each(['completed', 'cancelled'])(
    'because Junction reports its transaction as %s while its order is open, until it is active again',
    async (status) => {
      const tracker = new Tracker();
      const reported = (word: string, at: string) => {
        const body = redrawAt([ORDERED, REQUISITION], { updated_at: at });
        return { ...body, order_transaction: { ...(body.order_transaction as Json), status: word } };
      };
      await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
      await tracker.deliver(reported(status, march(5, '14:00:00')), march(5, '14:00:00'));
      const shown = await tracker.transaction(TRANSACTION);
      expect(shown).toMatchObject({ status: 'active', diverges: true });
      expect(shown?.decision).toEqual({ ...decision, order_id: REDRAW, since: AVAILABLE_AT });
      expect(shown && patientTask(shown)).toBeNull();
      expect(await listed(tracker)).toEqual([1, 0]);
      await tracker.deliver(reported('active', march(6)), march(6));
      expect(await listed(tracker)).toEqual([0, 1]);
    },
  );
});
