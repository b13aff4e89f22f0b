/** After a restore of the table, nobody is written to again, and whoever said no is not written to at all. */
import { expect, test } from 'vitest';
import { person } from '../../../../test/callers.ts';
import {
  initialAvailable,
  ORDERED,
  REQUISITION,
  redrawAt,
} from '../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import { instant } from '../../../../test/core/use-cases/sweep/scene/tracker.ts';
import { march, USER } from '../../../../tools/verification/oracle/bodies.ts';
import { holdMessages, readRestoreMark, releaseMessages } from '../../store/restore-mark.ts';
import { messageSettingsOf, recordChoices } from '../../use-cases/record-choices.ts';
import { type AuditedChoice, restoreChoices } from '../../use-cases/restore-choices.ts';
import { Clinic } from './scene/clinic.ts';

const DAY = 86_400_000;

async function restoredClinic() {
  const clinic = new Clinic();
  clinic.settings = { ...clinic.settings, channels: ['sms'], reminders: [DAY], hours: { from: 0, to: 1440 } };
  await clinic.hears(initialAvailable(), march(5, '10:00:05'));
  await clinic.hears(redrawAt([ORDERED, REQUISITION]), march(5, '14:00:05'));
  const { memory } = clinic.tracker;
  await holdMessages(memory, instant(march(5, '15:00:00')));
  return { clinic, memory };
}

test('nothing that became due before the restore is sent, what becomes due later is', async () => {
  const { clinic, memory } = await restoredClinic();
  await clinic.look(march(5, '15:30:00'));
  expect(await clinic.markers()).toEqual([
    'reminder_1.sms planned',
    'requisition_ready.sms suppressed restored',
  ]);
  await releaseMessages(memory, instant(march(5, '16:00:00')));
  await clinic.run(march(6, '14:00:00'));
  expect(await clinic.markers()).toEqual([
    'reminder_1.sms sent',
    'requisition_ready.sms suppressed restored',
  ]);
  expect(clinic.taken).toHaveLength(1);
});

test('messages are off until the choices are back; what became due meanwhile is not sent either', async () => {
  const { clinic, memory } = await restoredClinic();
  await clinic.look(march(5, '15:30:00'));
  expect(await clinic.run(march(6, '14:00:00'))).toMatchObject({ sent: 0 });
  expect(await clinic.markers()).toContain('reminder_1.sms planned');
  await releaseMessages(memory, instant(march(6, '15:00:00')));
  await clinic.run(march(6, '15:01:00'));
  expect(await clinic.markers()).toContain('reminder_1.sms suppressed restored');
  expect(clinic.taken).toEqual([]);
});

test('repeating the rebuild of a restore does not switch messages off again, another restore does', async () => {
  const { memory } = await restoredClinic();
  await releaseMessages(memory, instant(march(5, '16:00:00')));
  await holdMessages(memory, instant(march(5, '15:00:00')));
  expect(await readRestoreMark(memory)).toMatchObject({
    held: false,
    not_before: instant(march(5, '16:00:00')),
  });
  await holdMessages(memory, instant(march(7)));
  expect(await readRestoreMark(memory)).toMatchObject({ held: true, not_before: instant(march(7)) });
});

const ANNA = '00000000-0000-4000-8000-00000000000a';
const olivia = person('olivia');
const nobody = { subject: null, client_id: null, name: null };
const entry = (day: number, fields: Partial<AuditedChoice>): AuditedChoice => ({
  time: instant(march(day)),
  outcome: 'success',
  request_id: `request-${day}`,
  user_id: USER,
  channel: 'sms',
  state: 'opted_out',
  ...nobody,
  ...fields,
});

test('the choices of patients come back from the audit trail, in their order, and can be restored again', async () => {
  const { memory } = await restoredClinic();
  const context = { table: memory, pause: async () => undefined };
  const recorded = { by: 'olivia', caller: olivia, at: instant(march(1)) };
  await recordChoices(context, USER, { opt_out: { email: true } }, recorded);
  const entries = [
    entry(4, { ...olivia, state: 'opt_out_ended', channel: 'email' }),
    // A reply, and one that a person withdrew again.
    entry(2, {}),
    entry(3, { ...olivia, user_id: ANNA, state: 'consent_withdrawn' }),
    entry(5, { ...olivia, user_id: ANNA, state: 'consent_given' }),
    // Began, and may have been made: only what stops messages counts.
    entry(6, { ...olivia, outcome: 'started', user_id: ANNA, state: 'opted_out' }),
    entry(7, { ...olivia, outcome: 'started', state: 'opt_out_ended' }),
    entry(8, { ...olivia, outcome: 'started', user_id: ANNA, channel: 'email' }),
    entry(8, { ...olivia, outcome: 'refused', user_id: ANNA, channel: 'email' }),
  ];
  for (const changes of [5, expect.any(Number)]) {
    expect(await restoreChoices(context, entries)).toEqual(changes);
    expect((await messageSettingsOf(context, USER)).opt_out).toEqual({
      sms: { by: null, at: instant(march(2)), caller: null, reason: 'restored' },
    });
    const anna = await messageSettingsOf(context, ANNA);
    expect(anna.consent).toMatchObject({ sms: { given: true, caller: olivia } });
    expect(anna.opt_out).toMatchObject({ sms: { caller: olivia } });
    expect(anna.opt_out.email).toBeUndefined();
  }
});
