/** The withdrawal of an acknowledgement. */
import { describe, expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import { RequestRefused } from '../../../../core/domain/request-refused.ts';
import { acknowledge, withdraw } from '../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { acknowledged, DAY, DOCTOR, flagged, marksOf, NURSE } from '../sweep/scene/flagged-redraw.ts';
import {
  ORDERED,
  ORDERED_AT,
  REDRAW,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';

describe('a withdrawal', () => {
  const ACKNOWLEDGED_AT = march(6, '12:00:00');
  const withdrawn = (tracker: Tracker, acknowledgedAt: string | null = null, id = TRANSACTION) =>
    withdraw(tracker.projection, id, { ...DOCTOR, acknowledgedAt }, new Date(march(6, '13:00:00')));
  const withdrawals = ({ events }: Tracker) =>
    events.filter(({ type }) => type === 'Redraw Acknowledgement Withdrawn');
  const kindOf = (error: unknown) => (error instanceof RequestRefused ? error.kind : error);

  test('removes the acknowledgement, keeps the flag, and has an event with the person', async () => {
    const tracker = await flagged();
    await acknowledged(tracker);
    const { marks } = await withdrawn(tracker, ACKNOWLEDGED_AT);
    expect(marks).toMatchObject({ stale_since: later(ORDERED_AT, DAY), acknowledgement: null });
    expect(await marksOf(tracker)).toEqual(marks);
    expect(withdrawals(tracker).map(({ detail }) => detail)).toMatchObject([
      {
        acknowledgement: { by: NURSE.by, at: ACKNOWLEDGED_AT },
        withdrawal: { ...DOCTOR, at: march(6, '13:00:00') },
      },
    ]);
    await acknowledged(tracker);
    expect(await marksOf(tracker)).toMatchObject({ acknowledgement: { by: NURSE.by } });
    expect(tracker.told('Redraw Acknowledged')).toHaveLength(2);
  });

  test('changes nothing when repeated, or without an acknowledgement', async () => {
    const tracker = await flagged();
    const untouched = await tracker.transaction(TRANSACTION);
    expect(await withdrawn(tracker)).toEqual(untouched);
    await acknowledged(tracker);
    await withdrawn(tracker);
    const before = await tracker.transaction(TRANSACTION);
    expect(await withdrawn(tracker)).toEqual(before);
    expect(await withdrawn(tracker, ACKNOWLEDGED_AT)).toEqual(before);
    expect(await tracker.transaction(TRANSACTION)).toEqual(before);
    expect(withdrawals(tracker)).toHaveLength(1);
  });

  test('of another acknowledgement than the current one is refused', async () => {
    const tracker = await flagged();
    await acknowledged(tracker);
    await acknowledged(tracker, { ...NURSE, note: 'called again' }, march(6, '12:30:00'));
    const before = await tracker.transaction(TRANSACTION);
    expect(await withdrawn(tracker, ACKNOWLEDGED_AT).catch(kindOf)).toBe('conflict');
    expect(await tracker.transaction(TRANSACTION)).toEqual(before);
  });

  test('is refused without a transaction, for an emptied one, and without an open redraw', async () => {
    const tracker = new Tracker();
    expect(await withdrawn(tracker).catch(kindOf)).toBe('not_found');
    await tracker.deliver(redrawAt([ORDERED], { order_transaction: null }), march(5, '10:00:06'));
    await acknowledge(tracker.projection, REDRAW, NURSE, new Date(ACKNOWLEDGED_AT));
    await tracker.deliver(redrawAt([ORDERED], { updated_at: march(8) }), march(9));
    expect(await withdrawn(tracker, null, REDRAW).catch(kindOf)).toBe('not_found');
    expect(await marksOf(tracker)).toMatchObject({ acknowledgement: { by: NURSE.by } });
    await tracker.deliver(redrawAt([ORDERED, ['completed', march(10)]]), march(10));
    expect(await withdrawn(tracker).catch(kindOf)).toBe('conflict');
    expect(withdrawals(tracker)).toEqual([]);
  });

  test('remains when a provisional transaction is adopted, without another event', async () => {
    const tracker = new Tracker();
    await tracker.deliver(redrawAt([ORDERED], { order_transaction: null }), march(5, '10:00:06'));
    await acknowledge(tracker.projection, REDRAW, NURSE, new Date(ACKNOWLEDGED_AT));
    await withdrawn(tracker, null, REDRAW);
    await tracker.deliver(redrawAt([ORDERED], { updated_at: march(8) }), march(9));
    expect(await marksOf(tracker)).toMatchObject({ acknowledgement: null });
    expect(tracker.told('Redraw Acknowledgement Withdrawn')).toEqual([REDRAW]);
    expect(tracker.told('Redraw Acknowledged')).toEqual([REDRAW]);
  });

  test('is cleared by progress without an event', async () => {
    const tracker = await flagged();
    await acknowledged(tracker);
    await withdrawn(tracker);
    await tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(7));
    expect(await marksOf(tracker)).toEqual({ progress: null, stale_since: null, acknowledgement: null });
    expect(withdrawals(tracker)).toHaveLength(1);
  });
});
