import { describe, expect, test } from 'vitest';
import type { PatientMessage } from '../../../../dashboard/src/api/answers.ts';
import { entryTitle } from '../../../../dashboard/src/transaction/entry-title.ts';
import { timeline } from '../../../../dashboard/src/transaction/timeline.ts';
import { person } from '../../../callers.ts';
import { event, march, order, transaction } from '../sample-transaction.ts';
import { initial, lines, NOW, redraw } from '../timeline-lines.ts';

/** An appointment with no other fields. */
const unset = {
  status: null,
  event_status: 'scheduled',
  end_at: null,
  iana_timezone: null,
  provider: null,
  type: null,
  can_reschedule: null,
  updated_at: null,
};

describe('one timeline of all orders', () => {
  test('has the events of both orders by time, and now at the end', () => {
    expect(lines(transaction(), [redraw, initial])).toEqual([
      'first ordered',
      'first redraw_available',
      'second ordered',
      'second requisition_created',
      'now',
    ]);
  });

  test('has no now after everything is over, unless something is in the future', () => {
    const over = transaction({ status: 'completed' });
    expect(lines(over, [initial, redraw])).not.toContain('now');
    const start_at = march('03-21 15:00');
    const booked = order('second', {
      events: redraw.events,
      appointments: [{ ...unset, id: 'a', start_at }],
    });
    expect(lines(over, [initial, booked]).slice(-2)).toEqual(['now', 'second appointment']);
  });

  test("does not show the past as the future, even if the reader's clock is behind", () => {
    const acknowledgement = {
      by: 'olivia',
      note: null,
      at: march('03-20 12:01'),
      caller: person('olivia'),
      stop_messages: false,
      decided: null,
    };
    const rows = timeline(transaction({ redraw: { acknowledgement } }), [initial, redraw], NOW);
    expect(rows.slice(-2).map(({ entry }) => entry.kind)).toEqual(['acknowledged', 'now']);
    expect(rows.filter(({ ahead }) => ahead)).toEqual([]);
  });

  test('has the marks of the redraw in place', () => {
    const acknowledgement = {
      by: 'olivia',
      note: null,
      at: march('03-18 08:00'),
      caller: person('olivia'),
      stop_messages: false,
      decided: null,
    };
    const withdrawal = { by: 'clara', at: march('03-17 08:00'), caller: person('clara') };
    const story = transaction({
      redraw: {
        state: 'stale',
        available_at: march('03-07 08:59'),
        due_at: march('03-16 10:00'),
        stale_since: march('03-16 10:15'),
        acknowledgement,
        withdrawal,
      },
    });
    expect(lines(story, [redraw])).toEqual([
      'first created',
      'redraw_available',
      'second ordered',
      'second requisition_created',
      'due',
      'stale',
      'released',
      'acknowledged',
      'now',
    ]);
  });

  test('names an acknowledgement after the redraw ended a decision, and one before it not', () => {
    const acknowledgement = {
      by: 'olivia',
      note: 'x',
      at: march('03-18 08:00'),
      caller: person('olivia'),
      stop_messages: false,
      decided: null,
    };
    const withdrawal = { by: 'clara', at: march('03-17 08:00'), caller: person('clara') };
    const titles = (since: string) => {
      const decision = { cause: 'redraw_failed' as const, since };
      const story = transaction({ redraw: { state: 'failed', acknowledgement, withdrawal, decision } });
      return timeline(story, [], NOW).map(({ entry }) => entryTitle(entry, false));
    };
    expect(titles(march('03-16 00:00'))).toEqual(
      expect.arrayContaining(['Decision withdrawn', 'Decision recorded']),
    );
    expect(titles(march('03-18 00:00'))).toEqual(expect.arrayContaining(['Released', 'Decision recorded']));
  });

  test('has messages to the patient at the time they were sent, and planned ones at their planned time', () => {
    const message = {
      id: 'redraw_available.sms',
      template: 'redraw_available',
      channel: 'sms',
      state: 'delivered',
      reason: null,
      by: null,
      caller: null,
      why: null,
      due_at: null,
      planned_at: march('03-07 09:00'),
      sent_at: march('03-08 09:00'),
      updated_at: march('03-08 09:01'),
    } as PatientMessage;
    const messages: PatientMessage[] = [
      message,
      { ...message, id: 'reminder_1.sms', state: 'planned', sent_at: null, due_at: march('03-21 09:00') },
      {
        ...message,
        id: 'a.email',
        channel: 'email',
        state: 'suppressed',
        reason: 'no_consent',
        sent_at: null,
      },
    ];
    const rows = timeline(transaction(), [initial, redraw], NOW, { messages });
    expect(rows.slice(-5).map(({ entry, ahead }) => [entryTitle(entry, ahead), ahead])).toEqual([
      ['Patient notified by SMS', false],
      ['Email not sent', false],
      ['Requisition created', false],
      ['Now', false],
      ['SMS planned', true],
    ]);
  });

  test('shows what people did once: an acknowledgement in the history is the one that the redraw shows', () => {
    const by = { by: 'olivia', caller: person('olivia') };
    const acknowledgement = { ...by, note: 'mine', at: march('03-10'), stop_messages: false, decided: null };
    const note = {
      transaction_id: 'transaction',
      assignee: null,
      follow_up_at: null,
      withdraws: null,
      ...by,
    };
    const notes = [
      { ...note, id: 't:4', kind: 'unreachable', text: null, at: march('03-12') },
      { ...note, id: 't:3', kind: 'acknowledged', text: 'mine', at: march('03-10') },
      { ...note, id: 't:2', kind: 'acknowledged', text: 'replaced', at: march('03-09') },
      { ...note, id: 't:1', kind: 'assigned', text: null, assignee: 'kim', at: march('03-08') },
    ] as const;
    const rows = timeline(transaction({ redraw: { acknowledgement } }), [], NOW, { notes });
    const titles = rows.map(({ entry }) => [entryTitle(entry, false), entry.key]);
    expect(titles.filter(([, key]) => /note|acknowledged/.test(String(key)))).toEqual([
      ['Assigned to kim', 'note t:1'],
      ['Acknowledged', 'note t:2'],
      ['Acknowledged', 'acknowledged'],
      ['Could not be reached', 'note t:4'],
    ]);
  });

  test('shows once that a redraw became available: by its event, if that is known', () => {
    const story = transaction({ redraw: { available_at: march('03-07 09:00') } });
    expect(lines(story, [initial, redraw]).filter((text) => text.includes('redraw_available'))).toEqual([
      'first redraw_available',
    ]);
  });

  test('shows no due time for a redraw that is over', () => {
    const story = transaction({ redraw: { state: 'completed', due_at: march('03-25') } });
    expect(lines(story)).not.toContain('due');
  });

  test('has appointments without a start at their last change, otherwise at the start of their order', () => {
    const start_at = null;
    const requested = order('second', {
      created_at: march('03-07 09:30'),
      events: redraw.events,
      appointments: [
        { ...unset, id: 'a', start_at, event_status: 'pending', updated_at: march('03-10') },
        { ...unset, id: 'b', start_at, event_status: 'cancelled', updated_at: march('03-11') },
        { ...unset, id: 'c', start_at },
      ],
    });
    const rows = timeline(transaction(), [initial, requested], NOW);
    expect(rows.slice(2).map(({ entry, ahead }) => entryTitle(entry, ahead))).toEqual([
      'Ordered',
      'Appointment requested',
      'Requisition created',
      'Appointment requested',
      'Appointment',
      'Now',
    ]);
  });

  test('has appointments at their start; also registrations, critical results and match reviews', () => {
    const booked = order('second', {
      registered_at: march('03-08 07:00'),
      critical_results: [{ status: 'final', updated_at: march('03-19 07:00') }],
      match_reviews: [{ id: 'mr', resolution_action: 'accept', closed_at: march('03-19 06:00') }],
      appointments: [{ ...unset, id: 'a', start_at: march('03-21 15:00'), updated_at: march('03-10') }],
    });
    expect(lines(transaction(), [booked])).toEqual([
      'first created',
      'second registered',
      'second match_review',
      'second critical_result',
      'now',
      'second appointment',
    ]);
  });
});

describe('entries with the same time', () => {
  const at = '03-07 09:00';

  test('events of one order keep their order, and an older order comes first', () => {
    const first = order('first', { events: [event(9, at, 'partial_results'), event(2, at, 'completed')] });
    const second = order('second', { events: [event(1, at, 'ordered')] });
    expect(lines(transaction(), [second, first])).toEqual([
      'first partial_results',
      'first completed',
      'second ordered',
      'now',
    ]);
  });

  test('a registration precedes the event, a flag follows it', () => {
    const story = transaction({ redraw: { state: 'stale', stale_since: march(at) } });
    const first = order('first', { events: [event(1, at, 'ordered')], registered_at: march(at) });
    const told = lines(story, [first]);
    expect(told.filter((text) => /first|stale/.test(text))).toEqual([
      'first registered',
      'first ordered',
      'stale',
    ]);
  });

  test('microseconds count', () => {
    const early = { ...event(2, at, 'completed'), created_at: '2026-03-07T09:00:00.000001Z' };
    const late = { ...event(1, at, 'ordered'), created_at: '2026-03-07T09:00:00.000002Z' };
    const told = lines(transaction(), [
      order('first', { events: [late] }),
      order('second', { events: [early] }),
    ]);
    expect(told.slice(0, 2)).toEqual(['second completed', 'first ordered']);
  });
});

test('what is planned is ahead of now', () => {
  const story = transaction({ redraw: { due_at: march('03-22') } });
  const ahead = timeline(story, [initial, redraw], NOW).filter((row) => row.ahead);
  expect(ahead.map(({ entry }) => entry.kind)).toEqual(['due']);
});

test('one text that went out by both channels is one entry', () => {
  const message = (channel: 'sms' | 'email', minute: number, state = 'delivered') =>
    ({
      id: `${channel} ${minute}`,
      template: 'reminder_1',
      channel,
      state,
      reason: null,
      sent_at: march(`03-09 09:${String(minute).padStart(2, '0')}`),
      updated_at: march('03-09 10:00'),
    }) as PatientMessage;
  const messages = [
    message('sms', 0),
    message('email', 1),
    message('sms', 30),
    message('email', 31, 'bounced'),
  ];
  const rows = timeline(transaction({ status: 'completed' }), [], NOW, { messages });
  const titles = rows.flatMap(({ entry }) => (entry.kind === 'message' ? [entryTitle(entry, false)] : []));
  expect(titles).toEqual(['Patient notified by SMS and email', 'Patient notified by SMS', 'Email bounced']);
});

test('a refresh keeps every key, and all keys differ', () => {
  const keys = (now: number) =>
    timeline(transaction({ redraw: { due_at: march('03-22') } }), [initial, redraw], now).map(
      ({ entry }) => entry.key,
    );
  expect(keys(NOW + 15_000)).toEqual(keys(NOW));
  expect(new Set(keys(NOW)).size).toBe(keys(NOW).length);
});
