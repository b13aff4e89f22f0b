/** What a reply to an SMS changes: the SMS, the transaction, and the patient whom it was for. */
import { expect, test } from 'vitest';
import { OutcomeUnknown } from '../../../../core/email/provider.ts';
import { person } from '../../../../test/callers.ts';
import {
  initialAvailable,
  ORDERED,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from '../../../../test/core/use-cases/sweep/scene/redraw-bodies.ts';
import { march, USER } from '../../../../tools/verification/oracle/bodies.ts';
import { messageSettingsOf, recordChoices } from '../../use-cases/record-choices.ts';
import { recordOutcome } from '../../use-cases/record-outcome.ts';
import { recordReply } from '../../use-cases/record-reply.ts';
import { Clinic, type Trouble } from './scene/clinic.ts';

const NOON = march(5, '17:00:00');
const named = { transaction_id: TRANSACTION, id: 'redraw_available.sms' };

async function clinicThatSent(...troubles: Trouble[]) {
  const clinic = new Clinic();
  clinic.settings = { ...clinic.settings, channels: ['sms'], reminders: [] };
  clinic.troubles.push(...troubles);
  await clinic.hears(initialAvailable(), march(5, '10:00:05'));
  await clinic.look(NOON);
  const { projection } = clinic.tracker;
  const optOut = async () => (await messageSettingsOf(projection, USER)).opt_out.sms;
  const reply = (kind: 'opt_out' | 'opt_in' | 'other', replyTo: string | null = 'provider-1') =>
    recordReply(clinic.outcomes, { kind, replyTo }, march(5, '18:00:00'));
  return { clinic, projection, optOut, reply };
}

test('STOP opts the patient out, and START takes it back; both can be repeated', async () => {
  const { clinic, optOut, reply } = await clinicThatSent();
  expect(await reply('other')).toEqual({ named, isNew: false });
  expect(await optOut()).toBeUndefined();
  expect(await reply('opt_out')).toEqual({ named, isNew: true });
  expect(await reply('opt_out')).toEqual({ named, isNew: false });
  expect(await optOut()).toMatchObject({ by: null, reason: 'reply' });
  expect((await clinic.tracker.transaction(TRANSACTION))?.told?.state).toBe('opted_out');
  await clinic.hears(redrawAt([ORDERED, REQUISITION]), march(5, '18:00:00'));
  await clinic.look(march(5, '18:00:00'));
  expect(await clinic.markers()).toEqual([
    'redraw_available.sms opted_out reply',
    'requisition_ready.sms suppressed opted_out',
  ]);
  expect(await reply('opt_in')).toEqual({ named, isNew: true });
  expect(await reply('opt_in')).toEqual({ named, isNew: false });
  expect(await optOut()).toBeUndefined();
  // Each is in the audit trail, the repeated ones too: the first may have got lost.
  const states = clinic.choices.map(({ user_id, channel, state }) => [user_id, channel, state].join(' '));
  const [out, ended] = [`${USER} sms opted_out`, `${USER} sms opt_out_ended`];
  expect(states).toEqual([out, out, ended, ended]);
});

test('START takes back no opt-out that a person recorded, also after a reply', async () => {
  const { projection, optOut, reply } = await clinicThatSent();
  await reply('opt_out');
  const recorded = { by: 'olivia', caller: person('olivia'), at: NOON };
  await recordChoices(projection, USER, { opt_out: { sms: true } }, recorded);
  expect(await reply('opt_in')).toEqual({ named, isNew: false });
  expect(await optOut()).toMatchObject({ by: 'olivia' });
});

test('a reply to an SMS whose answer was lost finds its patient after a report of the provider', async () => {
  const { clinic, optOut, reply } = await clinicThatSent({ lost: new OutcomeUnknown('TimeoutError') });
  expect(await reply('opt_out')).toBeNull();
  const report = { state: 'delivered', reason: null, optsOut: false, provider_id: 'provider-1' } as const;
  await recordOutcome(clinic.outcomes, named, report, NOON);
  await reply('opt_out');
  expect(await optOut()).toBeDefined();
});

test.each([null, 'sms-of-somebody-else'])('a reply to %s changes nothing', async (replyTo) => {
  const { optOut, reply } = await clinicThatSent();
  expect(await reply('opt_out', replyTo)).toBeNull();
  expect(await optOut()).toBeUndefined();
});
