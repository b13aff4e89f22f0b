/** Messages that people request by hand, and what they record about a patient. */
import { expect, test } from 'vitest';
import { acknowledge, withdraw } from '../../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import { person } from '../../../../test/callers.ts';
import {
  AVAILABLE_AT,
  initialAvailable,
  ORDERED,
  redrawAt,
  TRANSACTION,
} from '../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import { event, march, USER } from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { planSettingsOf } from '../../environment/messages.ts';
import { writeMessages } from '../../store/messages.ts';
import { messageSettingsOf, recordChoices } from '../../use-cases/record-choices.ts';
import { requestMessage } from '../../use-cases/request-message.ts';
import { Clinic } from './scene/clinic.ts';

const olivia = { by: 'olivia', caller: person('olivia') };
const noon = march(5, '17:00:00');

async function clinicWithRequest() {
  const clinic = new Clinic();
  await clinic.hears(initialAvailable(), march(5, '10:00:05'));
  const announced: string[] = [];
  const request = (at: string, template: 'redraw_available' | 'results_complete' = 'redraw_available') =>
    requestMessage(
      {
        table: clinic.tracker.memory,
        teamId: null,
        pause: async () => undefined,
        settings: planSettingsOf({
          PATIENT_MESSAGES: ['sms', 'email'],
          MESSAGE_REMINDERS: [],
          MESSAGES_OFF: [],
          MESSAGE_TOO_LATE: 86_400_000,
        }),
        announce: async ({ id }) => {
          announced.push(id);
        },
      },
      TRANSACTION,
      { template, channel: 'sms', why: 'lost her phone', ...olivia },
      at,
    );
  return { clinic, request, announced };
}

test('a manually requested message is sent even if Junction sends its own, and only once within an hour', async () => {
  const { clinic, request, announced } = await clinicWithRequest();
  clinic.junctionSendsSms = true;
  expect(await request(noon)).toMatchObject({ id: 'redraw_available.sms.1', state: 'planned', by: 'olivia' });
  expect(announced).toEqual(['redraw_available.sms.1']);
  await expect(request(noon)).rejects.toThrow('The same message is already planned.');
  clinic.settings = { ...clinic.settings, channels: ['sms'], reminders: [] };
  await clinic.look(noon);
  expect(clinic.taken.map(({ ref }) => ref)).toEqual([`${TRANSACTION}-redraw_available-sms-1`]);
  await expect(request(march(5, '17:59:00'))).rejects.toThrow(
    'The same message was sent within the last hour.',
  );
  expect((await request(march(5, '18:00:00'))).id).toBe('redraw_available.sms.2');
});

test('ten requests at once plan one message, whose time does not matter', async () => {
  const { clinic, request } = await clinicWithRequest();
  clinic.settings = { ...clinic.settings, channels: ['sms'], reminders: [] };
  const night = Array.from({ length: 10 }, (_, second) => march(5, `10:01:0${9 - second}`));
  const results = await Promise.allSettled(night.map((at) => request(at)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  // The rules do not plan what somebody has just requested.
  await clinic.look(march(5, '10:02:00'));
  await expect(request(march(5, '10:03:00'))).rejects.toThrow('The same message is already planned.');
  await clinic.run(march(5, '14:00:00'));
  expect(await clinic.markers()).toEqual(['redraw_available.sms.1 sent']);
});

test('a second message with the same text is held back at the moment of sending', async () => {
  const { clinic, request } = await clinicWithRequest();
  clinic.settings = { ...clinic.settings, channels: ['sms'], reminders: [] };
  await request(march(5, '10:01:00'));
  // As if a run that had read the messages before the request had planned it as well.
  const table = clinic.tracker.memory;
  const [requested] = await clinic.messages();
  if (!requested) throw new Error('nothing was planned');
  const next = { ...requested, id: 'redraw_available.sms', by: null, caller: null, why: null };
  await writeMessages(table, { messages: [{ next, read: null }] });
  await Promise.all([clinic.run(march(5, '14:00:00')), clinic.run(march(5, '14:00:00'))]);
  expect(clinic.taken).toHaveLength(1);
  expect((await clinic.markers()).sort()).toContainEqual(expect.stringMatching(/suppressed already_sent$/));
});

test('what somebody has sent by hand is not sent again when the rules may send messages again', async () => {
  const { clinic, request } = await clinicWithRequest();
  const { projection } = clinic.tracker;
  clinic.settings = { ...clinic.settings, channels: ['sms'], reminders: [] };
  await clinic.look(march(5, '10:01:00'));
  const taking = { ...olivia, note: 'I write to her', stopMessages: true };
  await acknowledge(projection, TRANSACTION, taking, new Date(march(5, '15:00:00')));
  await clinic.look(march(5, '15:00:01'));
  await request(noon);
  await clinic.look(noon);
  const release = { ...olivia, acknowledgedAt: null };
  await withdraw(projection, TRANSACTION, release, new Date(march(5, '20:00:00')));
  await clinic.look(march(5, '20:00:01'));
  expect((await clinic.markers()).sort()).toEqual([
    'redraw_available.sms suppressed acknowledged',
    'redraw_available.sms.1 sent',
  ]);
});

test('what is recorded about a patient is kept by channel, and recording it again changes nothing', async () => {
  const { clinic } = await clinicWithRequest();
  const context = { table: clinic.tracker.memory, pause: async () => undefined };
  const recorded = { ...olivia, at: noon };
  await recordChoices(context, USER, { consent: { sms: true }, opt_out: { email: true } }, recorded);
  const before = await messageSettingsOf(context, USER);
  expect(before).toMatchObject({ consent: { sms: { given: true } }, opt_out: { email: { by: 'olivia' } } });
  await recordChoices(context, USER, { consent: { sms: true } }, { ...recorded, at: march(7) });
  expect(await messageSettingsOf(context, USER)).toEqual(before);
  await clinic.look(noon);
  expect(await clinic.markers()).toContain('redraw_available.email suppressed opted_out');
  await recordChoices(context, USER, { opt_out: { email: false } }, recorded);
  expect((await messageSettingsOf(context, USER)).opt_out).toEqual({});
});

const { order_transaction } = initialAvailable();
const arrived = {
  events: [
    event(1, 'ordered', march(1)),
    event(3, 'redraw_available', AVAILABLE_AT),
    event(4, 'corrected', march(5, '12:00:00')),
  ],
  order_transaction: null,
  has_missing_results: false,
};
const over = { order_transaction: { ...(order_transaction as Json), status: 'completed' } };

test.each([
  ['everything has arrived after all', redrawAt([ORDERED]), arrived],
  ['Junction reports its transaction as over', null, over],
])('while a person has to decide because %s, every message is held', async (_, redraw, fields) => {
  const { clinic, request } = await clinicWithRequest();
  clinic.settings = { ...clinic.settings, hours: { from: 0, to: 1440 } };
  if (redraw) await clinic.hears(redraw, march(5, '10:20:00'));
  await request(march(5, '10:30:00'));
  clinic.isUp = false;
  await clinic.look(march(5, '10:31:00'));
  clinic.isUp = true;
  await clinic.hears(initialAvailable(fields), march(5, '12:00:05'));
  await clinic.run(noon);
  expect((await clinic.messages()).map(({ state }) => state)).toEqual(['suppressed', 'suppressed']);
  expect(clinic.taken).toEqual([]);
  for (const template of ['redraw_available', 'results_complete'] as const) {
    await expect(request(noon, template)).rejects.toThrow('does not apply');
  }
});
