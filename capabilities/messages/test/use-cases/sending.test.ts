/** When a message is sent, when it waits, and why it is suppressed. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { OutcomeUnknown, Refused, Throttled } from '../../../../core/email/provider.ts';
import { JunctionUnavailable } from '../../../../core/junction/unavailable.ts';
import {
  AVAILABLE_AT,
  booking,
  initialAvailable,
  ORDERED,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from '../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import type { MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import { listed, march, transaction, transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { recordOutcome } from '../../use-cases/record-outcome.ts';
import { Clinic } from './scene/clinic.ts';

/** 10:00 in New York on the day on which the redraw became available at 5:00. */
const MORNING = march(5, '15:00:00');
const NIGHT = march(5, '10:00:05');

/** A clinic that sends SMS without reminders, and heard of the redraw in the night. */
async function clinic(prepare: (clinic: Clinic) => void = () => undefined): Promise<Clinic> {
  const made = new Clinic();
  made.settings = { ...made.settings, channels: ['sms'], reminders: [] };
  prepare(made);
  await made.hears(initialAvailable(), NIGHT);
  return made;
}

test("a message waits for the patient's morning, is sent once, and the transaction shows it", async () => {
  const made = await clinic();
  await made.look(NIGHT);
  expect(made.taken).toEqual([]);
  expect((await made.messages())[0]).toMatchObject({ state: 'planned', due_at: march(5, '14:00:00') });
  expect(await made.run(march(5, '13:59:00'))).toMatchObject({ sent: 0 });
  await made.run(march(5, '14:00:00'));
  await Promise.all([made.look(MORNING), made.run(MORNING), made.look(MORNING)]);
  expect(made.taken).toEqual([
    {
      to: '+12125550142',
      ref: `${TRANSACTION}-redraw_available-sms`,
      text: 'redraw_available for Ada at Quest Diagnostics',
      at: march(5, '14:00:00'),
    },
  ]);
  expect(await made.markers()).toEqual(['redraw_available.sms sent']);
  const told = { channel: 'sms', template: 'redraw_available', state: 'sent', at: march(5, '14:00:00') };
  const checks = [{ at: told.at, origin: 'message', caller: null, changes: [] }];
  expect(await made.tracker.transaction(TRANSACTION)).toMatchObject({ told, checks, checked_at: told.at });
  expect(await made.run(march(6))).toMatchObject({ planned: 0, sent: 0, held: 0 });
});

test('a run reads the messages again only after something may have changed them', async () => {
  const made = await clinic();
  let queries = 0;
  made.through = (memory) => {
    const send = (command: object) => {
      if (command instanceof QueryCommand) queries += 1;
      return memory.client.send(command as never);
    };
    return { name: memory.name, client: { send } as never };
  };
  const queriesOf = async (at: string) => {
    queries = 0;
    await made.look(at);
    return queries;
  };
  expect(await queriesOf(NIGHT)).toBe(4);
  expect(await queriesOf(march(5, '13:59:00'))).toBe(1);
  expect(await queriesOf(march(5, '14:00:00'))).toBe(4);
  expect(made.taken).toHaveLength(1);
});

test.each<[reason: string, prepare: (clinic: Clinic) => void]>([
  ['junction_sends', (made) => Object.assign(made, { junctionSendsSms: true })],
  ['no_address', (made) => Object.assign(made, { patient: { patient_details: { phone_number: '555' } } })],
  ['no_consent', (made) => Object.assign(made, { settings: { ...made.settings, consent: 'recorded' } })],
])('a message is suppressed permanently: %s', async (reason, prepare) => {
  const made = await clinic(prepare);
  await made.look(MORNING);
  expect(await made.markers()).toEqual([`redraw_available.sms suppressed ${reason}`]);
  expect(await made.run(march(6))).toMatchObject({ sent: 0 });
  expect(made.taken).toEqual([]);
});

test("what only Junction knows at the moment of sending counts: the order's progress stops the message", async () => {
  const made = await clinic();
  await made.look(NIGHT);
  made.knows(redrawAt([ORDERED, REQUISITION], { expected_result_by_date: '2026-03-09' }));
  await made.run(MORNING);
  expect(await made.markers()).toEqual(['redraw_available.sms suppressed progressed']);
  expect(made.taken).toEqual([]);
});

test('without an answer from Junction nothing is sent, and after a day the message is suppressed', async () => {
  const made = await clinic((one) => Object.assign(one, { isUp: false }));
  for (let hour = 15; hour < 24; hour += 1) await made.run(march(5, `${hour}:00:00`));
  await made.look(MORNING);
  expect(await made.markers()).toEqual(['redraw_available.sms planned']);
  expect(new Set(made.notSent)).toEqual(new Set(['redraw_available.sms planned junction_unavailable']));
  await made.run(march(6, '10:00:00'));
  await made.run(march(6, '11:00:00'));
  expect(await made.markers()).toEqual(['redraw_available.sms suppressed not_confirmed']);
});

describe('whether Junction sends SMS itself', () => {
  const silent = new JunctionUnavailable('503', 'failed');
  const both = (made: Clinic) => {
    made.settings = { ...made.settings, channels: ['sms', 'email'], dailyCap: 5 };
  };

  test('is unknown without its answer: the SMS waits, the email does not', async () => {
    const made = await clinic((one) => {
      both(one);
      one.junctionSendsSms = silent;
    });
    await made.look(MORNING);
    expect(made.taken.map(({ ref }) => ref)).toEqual([`${TRANSACTION}-redraw_available-email`]);
    made.junctionSendsSms = false;
    await made.run(march(5, '15:05:00'));
    expect(made.taken).toHaveLength(2);
  });

  test.each<[string, Partial<Clinic>]>([
    ['it has no such setting', { junctionSendsSms: null }],
    [
      'it does not offer the setting',
      {
        junctionSendsSms: silent,
        routeFailures: {
          communication_settings: {
            runs: 9,
            since: march(4),
            reason: '503',
            not_offered_until: march(6),
          },
        },
      },
    ],
  ])('it does not where %s', async (_, known) => {
    const made = await clinic((one) => Object.assign(one, known));
    await made.look(MORNING);
    expect(made.taken).toHaveLength(1);
  });
});

test('what is beyond the cap of a day goes the next morning', async () => {
  const made = await clinic((one) => {
    one.settings = { ...one.settings, channels: ['sms', 'email'], dailyCap: 1, tooLate: 172_800_000 };
  });
  await made.look(MORNING);
  await made.run(march(6, '13:59:00'));
  expect(made.taken).toHaveLength(1);
  await made.run(march(6, '14:00:00'));
  expect(await made.markers()).toEqual(['redraw_available.email sent', 'redraw_available.sms sent']);
});

test.each<[state: string, trouble: () => Clinic['troubles'][number]]>([
  ['failed INVALID', () => new Refused('INVALID')],
  ['opted_out OPTED_OUT', () => new Refused('OPTED_OUT', true)],
  ['unknown TimeoutError', () => new OutcomeUnknown('TimeoutError')],
])('a provider that does not take the message ends it: %s', async (state, trouble) => {
  const made = await clinic();
  made.troubles.push(trouble());
  await made.look(MORNING);
  await made.run(march(5, '16:00:00'));
  expect(await made.markers()).toEqual([`redraw_available.sms ${state}`]);
  expect(made.notSent).toEqual([`redraw_available.sms ${state}`]);
  expect(made.taken).toEqual([]);
});

test('a provider that is limiting its requests gets the message later, and the cap does not count it twice', async () => {
  const made = await clinic((one) => {
    one.settings = { ...one.settings, dailyCap: 1 };
  });
  made.troubles.push(new Throttled('ThrottlingException'));
  await made.look(MORNING);
  expect(await made.run(march(5, '15:04:00'))).toMatchObject({ sent: 0 });
  expect(await made.run(march(5, '15:05:00'))).toMatchObject({ sent: 1 });
  expect(made.notSent).toEqual(['redraw_available.sms planned throttled']);
});

test('an answer that was lost leaves the outcome unknown until the provider reports it', async () => {
  const made = await clinic();
  made.troubles.push({ lost: new OutcomeUnknown('TimeoutError') });
  await made.look(MORNING);
  expect(await made.markers()).toEqual(['redraw_available.sms unknown TimeoutError']);
  const named = { transaction_id: TRANSACTION, id: 'redraw_available.sms' };
  const delivered = { state: 'delivered', reason: null, optsOut: false } as const;
  expect(await recordOutcome(made.outcomes, named, delivered, march(5, '15:01:00'))).toBe(true);
  // Reports are repeated and out of order.
  expect(await recordOutcome(made.outcomes, named, { ...delivered, state: 'sent' }, march(6))).toBe(false);
  expect(await recordOutcome(made.outcomes, named, delivered, march(6))).toBe(false);
  expect(await made.markers()).toEqual(['redraw_available.sms delivered']);
  expect((await made.tracker.transaction(TRANSACTION))?.told?.state).toBe('delivered');
});

test('each step of the redraw has its message, and a later one replaces an earlier one that was not sent', async () => {
  const made = await clinic((one) => {
    one.settings = { ...one.settings, reminders: [86_400_000] };
  });
  const step = async (order: Json, at: string) => {
    await made.hears(order, at);
    await made.look(at);
  };
  await made.look(NIGHT);
  await step(redrawAt([ORDERED, REQUISITION]), march(5, '15:00:00'));
  expect(await made.markers()).toEqual([
    'redraw_available.sms suppressed progressed',
    'reminder_1.sms planned',
    'requisition_ready.sms sent',
  ]);
  await made.run(march(6, '15:30:00'));
  expect((await made.markers())[1]).toBe('reminder_1.sms sent');
  await made.tracker.deliver(booking(1, march(9, '16:00:00'), march(7)), march(7));
  await made.look(march(7, '15:00:00'));
  expect(await made.markers()).toContain('appointment_missed.sms planned');
  expect(await made.run(march(10, '15:59:00'))).toMatchObject({ sent: 0 });
  await made.run(march(10, '16:00:00'));
  expect(made.taken.map(({ text }) => text.split(' ')[0])).toEqual([
    'requisition_ready',
    'reminder_1',
    'appointment_missed',
  ]);
});

test('of two reminders delayed by a night or an outage, only the later one is sent', async () => {
  const hours = (count: number) => count * 3_600_000;
  const made = await clinic((one) => {
    one.settings = { ...one.settings, reminders: [hours(14), hours(22)] };
  });
  await made.hears(redrawAt([ORDERED, REQUISITION]), march(5, '14:00:05'));
  await made.look(MORNING);
  // 23:00 and 7:00 in New York.
  await made.run(march(6, '04:00:00'));
  await made.run(march(6, '12:05:00'));
  await made.run(march(6, '14:00:00'));
  expect(await made.markers()).toEqual([
    'reminder_1.sms suppressed superseded',
    'reminder_2.sms sent',
    'requisition_ready.sms sent',
  ]);
  // Both are for the next time that the patient has to act, too.
  const cancelled = redrawAt([ORDERED, REQUISITION, ['appointment_cancelled', march(6, '14:30:00')]]);
  await made.hears(cancelled, march(6, '15:00:00'));
  await made.look(march(6, '15:00:00'));
  expect(await made.markers()).toContain('reminder_1.sms planned');
});

test('a patient is not notified again when the orders move to another transaction', async () => {
  const made = await clinic();
  await made.look(MORNING);
  const entry = listed(1, 'redraw_available', AVAILABLE_AT, { created_at: march(1) });
  const corrected = {
    updated_at: march(5, '16:00:00'),
    order_transaction: transaction(2, 'active', [entry]),
  };
  await made.hears(initialAvailable(corrected), march(5, '16:00:01'));
  await made.look(march(5, '16:00:02'));
  await made.look(march(5, '16:00:02'), transactionId(2));
  const moved = (await made.messages(transactionId(2))).map(({ id, reason }) => [id, reason]);
  expect(moved).toEqual([['redraw_available.sms', 'sent_elsewhere']]);
  expect((await made.tracker.transaction(transactionId(2)))?.told?.template).toBe('redraw_available');
  await made.run(march(6, '16:00:00'));
  expect(made.taken.map(({ ref }) => ref)).toEqual([`${TRANSACTION}-redraw_available-sms`]);
});

test('a webhook that arrives just before the marker moves stops the message', async () => {
  const made = await clinic();
  let arrived = false;
  made.through = (memory) => {
    const send = async (command: { input: unknown }) => {
      if (!arrived && JSON.stringify(command.input).includes('"state":"sending"')) {
        arrived = true;
        await made.hears(redrawAt([ORDERED, REQUISITION]), MORNING);
      }
      return memory.client.send(command as never);
    };
    return { name: memory.name, client: { send } as unknown as MemoryTable['client'] };
  };
  await made.look(MORNING);
  expect(arrived).toBe(true);
  expect(made.taken).toEqual([]);
  await made.look(MORNING);
  expect(made.taken.map(({ ref }) => ref)).toEqual([`${TRANSACTION}-requisition_ready-sms`]);
});

test('a report about the first message does not keep the second one waiting', async () => {
  const made = await clinic((one) => {
    one.settings = { ...one.settings, channels: ['sms', 'email'] };
  });
  const email = { transaction_id: TRANSACTION, id: 'redraw_available.email' };
  const delivered = { state: 'delivered', reason: null, optsOut: false } as const;
  made.onStep = async () => {
    if (made.taken.length > 0) await recordOutcome(made.outcomes, email, delivered, MORNING);
  };
  expect(await made.look(MORNING)).toMatchObject({ sent: 2, left: 0 });
});
