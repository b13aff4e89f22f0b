import * as z from 'zod/mini';
import { at, by, text, time } from '../../../core/api/answer-fields.ts';
import { caller } from '../../../core/domain/caller-schema.ts';
import { describe } from '../../../core/domain/describe.ts';
import { CHANNELS } from '../../../core/domain/transaction/told.ts';
import { ofEachChannel } from '../rules/channels.ts';
import { MESSAGE_STATES } from '../rules/message.ts';

export const patientMessage = z.object({
  id: z.string(),
  template: z.string(),
  channel: z.enum(CHANNELS),
  state: z.enum(MESSAGE_STATES),
  reason: text,
  planned_at: at,
  due_at: time,
  sent_at: time,
  updated_at: at,
  by: text,
  caller: z.nullable(caller),
  why: text,
});
DOCS: describe(patientMessage, {
  id: 'PatientMessage',
  description: 'A message to a patient. Neither its text nor an address is stored.',
  properties: {
    id: 'The ID of the message.',
    template: 'The template of its text.',
    channel: 'How it is sent.',
    state:
      'What became of it. `suppressed`: a check prevented it. `unknown`: it may or may not have been sent; it is not sent again.',
    reason: 'Why it was held back, or a code of the provider.',
    planned_at: 'When it was planned.',
    due_at: 'When it is to be sent; null unless it is planned.',
    sent_at: 'When it was sent; null if it was not.',
    updated_at: 'When its state last changed.',
    by: 'Who requested it by hand; null for one that the rules planned.',
    caller: 'Who that is according to the token.',
    why: 'Why that person requested it.',
  },
});

export const patientMessageList = z.object({ messages: z.array(patientMessage) });
DOCS: describe(patientMessageList, {
  id: 'PatientMessageList',
  description: 'The messages about a transaction.',
  properties: { messages: 'The messages, oldest first.' },
});

const givenConsent = z.object({ given: z.boolean(), by, at, caller });
DOCS: describe(givenConsent, {
  id: 'MessageConsent',
  description: 'Whether the patient consents to a channel.',
  properties: {
    given: 'Whether the patient consents.',
    by: 'Who recorded it.',
    at: 'When it was recorded.',
  },
});
const consent = z.nullable(givenConsent);
DOCS: describe(consent, { description: 'Null if nobody has recorded it.' });

const chosenOptOut = z.object({ by: text, at, caller: z.nullable(caller), reason: text });
DOCS: describe(chosenOptOut, {
  id: 'MessageOptOut',
  description: 'The patient has opted out of a channel.',
  properties: {
    by: 'Who recorded it; null if the patient replied or the provider reported it.',
    at: 'When it was recorded.',
    caller: 'Who that is according to the token.',
    reason: '`reply`, or the code of the provider.',
  },
});
const optOut = z.nullable(chosenOptOut);
DOCS: describe(optOut, { description: 'Null if the patient has not opted out.' });

const consents = z.object(ofEachChannel(() => consent));
DOCS: describe(consents, { id: 'MessageConsents', description: 'The consent to each channel.' });
const optOuts = z.object(ofEachChannel(() => optOut));
DOCS: describe(optOuts, { id: 'MessageOptOuts', description: 'The opt-out of each channel.' });

export const messageSettings = z.object({ user_id: z.string(), consent: consents, opt_out: optOuts });
DOCS: describe(messageSettings, {
  id: 'MessageSettings',
  description: 'What is recorded about the messages of a user.',
  properties: { user_id: 'Junction’s ID of the user.' },
});
