/** What sets, clears and keeps flags and acknowledgements. */
import { describe, expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import { RequestRefused } from '../../../../core/domain/request-refused.ts';
import { acknowledge } from '../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { march, orderId } from '../../../../tools/verification/oracle/bodies.ts';
import { person } from '../../../callers.ts';
import { acknowledged, DAY, DOCTOR, flagged, marksOf, NURSE } from './scene/flagged-redraw.ts';
import {
  booking,
  initialAvailable,
  ORDERED,
  ORDERED_AT,
  REDRAW,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from './scene/redraw-bodies.ts';
import { Tracker } from './scene/tracker.ts';

describe('progress', () => {
  const steps = [
    ['a requisition', redrawAt([ORDERED, REQUISITION])],
    ['an appointment', booking(1, march(9), march(6, '13:00:00'))],
    ['a later activation', redrawAt([ORDERED], { activate_by: '2026-04-01', updated_at: march(6) })],
    ['the result', redrawAt([ORDERED, ['completed', march(7)]])],
    ['its cancellation', redrawAt([ORDERED, ['cancelled', march(7)]])],
  ] as const;

  test.each(steps)('clears flag and acknowledgement: %s', async (_, body) => {
    const tracker = await flagged();
    await acknowledged(tracker);
    await tracker.deliver(body, march(7, '13:00:00'));
    expect(await marksOf(tracker)).toEqual({ progress: null, stale_since: null, acknowledgement: null });
    const progressed = tracker.events.find(({ type }) => type === 'Redraw Progressed');
    expect(tracker.events.filter(({ type }) => type === 'Redraw Progressed').at(-1)?.detail).toMatchObject({
      was_stale: true,
    });
    expect(progressed).toBeDefined();
  });

  test('starts the clock again, and the next stall is flagged again', async () => {
    const tracker = await flagged();
    await tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(7));
    expect(await tracker.sweep(march(12, '13:59:59'))).toMatchObject({ flagged: 0 });
    expect(await tracker.sweep(march(12, '14:00:00'))).toMatchObject({ flagged: 1 });
    expect(tracker.told('Redraw Stale')).toEqual([TRANSACTION, TRANSACTION]);
  });

  test('does not include a repeated webhook, a second partial result or a new updated_at', async () => {
    const tracker = new Tracker();
    const partial = redrawAt([ORDERED, ['partial_results', march(6)]]);
    await tracker.deliver(initialAvailable(), march(6));
    await tracker.deliver(partial, march(6));
    expect(await tracker.sweep(march(20))).toMatchObject({ flagged: 1 });
    await acknowledged(tracker);
    const before = await marksOf(tracker);
    await tracker.deliver(partial, march(21));
    await tracker.deliver(
      redrawAt([ORDERED, ['partial_results', march(6)], ['partial_results', march(21)]]),
      march(21),
    );
    await tracker.deliver(initialAvailable({ updated_at: march(22) }), march(22));
    expect(await marksOf(tracker)).toEqual(before);
    expect(await tracker.sweep(march(25))).toMatchObject({ flagged: 0 });
  });
});

describe('an acknowledgement', () => {
  test('has the person, the time and the note, and one event, without the note', async () => {
    const tracker = await flagged();
    const shown = await acknowledged(tracker);
    const expected = { ...NURSE, at: march(6, '12:00:00'), stop_messages: false };
    expect(shown.marks).toMatchObject({ stale_since: later(ORDERED_AT, DAY), acknowledgement: expected });
    expect((await marksOf(tracker))?.acknowledgement).toEqual(expected);
    const [told, ...more] = tracker.events.filter(({ type }) => type === 'Redraw Acknowledged');
    const { note: _, ...published } = expected;
    expect([told?.detail, more]).toMatchObject([{ acknowledgement: published }, []]);
    expect(JSON.stringify(told)).not.toContain(NURSE.note);
  });

  test('changes nothing when repeated, not even the time', async () => {
    const tracker = await flagged();
    await acknowledged(tracker);
    const before = await tracker.transaction(TRANSACTION);
    const again = await acknowledged(tracker, { ...NURSE }, march(8));
    expect(again.marks).toEqual(before?.marks);
    expect(await tracker.transaction(TRANSACTION)).toEqual(before);
  });

  test('by another person, or with another note, replaces it', async () => {
    const tracker = await flagged();
    await acknowledged(tracker);
    await acknowledged(tracker, { ...NURSE, note: 'called again' }, march(8));
    expect((await marksOf(tracker))?.acknowledgement).toMatchObject({ note: 'called again', at: march(8) });
    expect(tracker.told('Redraw Acknowledged')).toHaveLength(2);
  });

  test('that stops messages replaces one that does not, and the event says so', async () => {
    const tracker = await flagged();
    await acknowledged(tracker);
    await acknowledged(tracker, { ...NURSE, stopMessages: true }, march(8));
    expect((await marksOf(tracker))?.acknowledgement).toMatchObject({ stop_messages: true, at: march(8) });
    const events = tracker.events.filter(({ type }) => type === 'Redraw Acknowledged');
    expect(events.map(({ detail }) => detail)).toMatchObject([
      { acknowledgement: { stop_messages: false } },
      { acknowledgement: { stop_messages: true } },
    ]);
  });

  test('by another caller under the same name and with the same note replaces it', async () => {
    const tracker = await flagged();
    await acknowledged(tracker);
    await acknowledged(tracker, { ...NURSE, caller: person('impostor') }, march(8));
    expect((await marksOf(tracker))?.acknowledgement).toMatchObject({
      by: NURSE.by,
      at: march(8),
      caller: { subject: 'sub-of-impostor' },
    });
    expect(tracker.told('Redraw Acknowledged')).toHaveLength(2);
  });

  describe('that states what it replaces', () => {
    const at = march(6, '12:00:00');
    const doctor = (tracker: Tracker, replaces?: string | null) =>
      acknowledge(
        tracker.projection,
        TRANSACTION,
        { ...DOCTOR, note: null, replaces },
        new Date(march(8)),
      ).catch((error) => (error instanceof RequestRefused ? `${error.kind}: ${error.message}` : error));

    test.each([
      ['none, and there is none', null, false],
      ['the current one', at, true],
      ['any', undefined, true],
    ])('%s: is accepted', async (_, replaces, stood) => {
      const tracker = await flagged();
      if (stood) await acknowledged(tracker, NURSE, at);
      await doctor(tracker, replaces);
      expect((await marksOf(tracker))?.acknowledgement).toMatchObject({ by: 'doctor', at: march(8) });
    });

    test.each([
      ['none, but there is one', null],
      ['one that was replaced', march(6, '11:00:00')],
    ])('%s: is refused, and nothing changes', async (_, replaces) => {
      const tracker = await flagged();
      await acknowledged(tracker, NURSE, at);
      const before = await tracker.transaction(TRANSACTION);
      expect(await doctor(tracker, replaces)).toBe(
        `conflict: ${NURSE.by} acknowledged it at ${at}. Nothing was changed.`,
      );
      expect(await tracker.transaction(TRANSACTION)).toEqual(before);
    });

    test('one that progress has cleared: is refused', async () => {
      const tracker = await flagged();
      await acknowledged(tracker, NURSE, at);
      await tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(7));
      expect(await doctor(tracker, at)).toBe(
        'conflict: The acknowledgement no longer exists. Nothing was changed.',
      );
      expect((await marksOf(tracker))?.acknowledgement).toBeNull();
    });

    test('none, repeated because the answer was lost: is accepted and changes nothing', async () => {
      const tracker = await flagged();
      await doctor(tracker, null);
      const before = await tracker.transaction(TRANSACTION);
      expect(await doctor(tracker, null)).toMatchObject({ marks: before?.marks });
      expect(await tracker.transaction(TRANSACTION)).toEqual(before);
    });
  });

  test('before the redraw is due does not prevent the flag, and stays', async () => {
    const tracker = new Tracker();
    await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
    await acknowledged(tracker, NURSE, march(5, '10:30:00'));
    expect(await tracker.sweep(march(5, '11:00:00'))).toMatchObject({ flagged: 1 });
    expect(await marksOf(tracker)).toMatchObject({
      stale_since: march(5, '11:00:00'),
      acknowledgement: { by: NURSE.by },
    });
  });

  test('is refused without a transaction and without an open redraw', async () => {
    const tracker = new Tracker();
    const kindOf = (error: unknown) => (error instanceof RequestRefused ? error.kind : error);
    expect(await acknowledged(tracker).catch(kindOf)).toBe('not_found');
    await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
    await tracker.deliver(redrawAt([ORDERED, ['completed', march(7)]]), march(7, '08:00:01'));
    const before = await tracker.transaction(TRANSACTION);
    expect(await acknowledged(tracker).catch(kindOf)).toBe('conflict');
    expect(await tracker.transaction(TRANSACTION)).toEqual(before);
  });
});

describe('the adoption of a provisional transaction', () => {
  const alone = { order_transaction: null };

  async function provisional(): Promise<Tracker> {
    const tracker = new Tracker();
    await tracker.deliver(redrawAt([ORDERED], alone), march(5, '10:00:06'));
    expect(await tracker.sweep(later(ORDERED_AT, DAY))).toMatchObject({ flagged: 1 });
    await acknowledge(tracker.projection, REDRAW, NURSE, new Date(march(7)));
    return tracker;
  }

  test.each([
    ['named by its own next payload', [redrawAt([ORDERED], { updated_at: march(8) })]],
    ['named by the initial order, then by itself', [initialAvailable(), redrawAt([ORDERED])]],
  ])('keeps flag and acknowledgement: %s', async (_, bodies) => {
    const tracker = await provisional();
    const before = (await tracker.transaction(REDRAW))?.marks;
    for (const body of bodies) await tracker.deliver(body, march(9));
    expect(tracker.transactions().map(({ id }) => id)).toEqual([TRANSACTION]);
    expect(before?.acknowledgement).toMatchObject({ by: NURSE.by });
    expect(await marksOf(tracker)).toEqual(before);
    expect(await tracker.sweep(march(20))).toMatchObject({ flagged: 0 });
  });

  test('clears both if the redraw also progresses', async () => {
    const tracker = await provisional();
    await tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(9));
    expect(await marksOf(tracker)).toMatchObject({ stale_since: null, acknowledgement: null });
  });

  test('moves an acknowledgement along, and a later one under the old id is refused (404)', async () => {
    const tracker = await provisional();
    // The order has named its transaction, and the stream lags behind.
    await tracker.receive(redrawAt([ORDERED], { updated_at: march(8) }), march(9));
    const doctor = { ...DOCTOR, note: null };
    await acknowledge(tracker.projection, REDRAW, doctor, new Date(march(9)));
    await tracker.project();
    const late = acknowledge(tracker.projection, REDRAW, NURSE, new Date(march(9)));
    expect(await late.catch((error: unknown) => (error as RequestRefused).kind)).toBe('not_found');
    expect((await marksOf(tracker))?.acknowledgement).toMatchObject({ by: doctor.by });
  });

  test('is not disturbed by a sweep', async () => {
    const tracker = new Tracker();
    await tracker.deliver(redrawAt([ORDERED], alone), march(5, '10:00:06'));
    await tracker.receive(redrawAt([ORDERED], { updated_at: march(8) }), march(9));
    await tracker.sweepOnly(march(9));
    await tracker.project();
    expect(tracker.transactions().map(({ id }) => id)).toEqual([TRANSACTION]);
    await tracker.sweep(march(9, '09:00:00'));
    expect(await marksOf(tracker)).toMatchObject({ stale_since: expect.any(String) });
    expect(await tracker.transaction(orderId(2))).toBeNull();
    expect(tracker.told('Redraw Stale')).toEqual([TRANSACTION]);
  });
});
