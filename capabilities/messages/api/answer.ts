import * as z from 'zod/mini';
import { caller } from '../../../core/domain/caller-schema.ts';
import { CHANNELS } from '../../../core/domain/transaction/told.ts';
import { ofEachChannel } from '../rules/channels.ts';
import { MESSAGE_STATES } from '../rules/message.ts';

const text = z.nullable(z.string());

/** A message to a patient. Neither its text nor an address is stored. */
export const patientMessage = z.object({
  id: z.string(),
  template: z.string(),
  channel: z.enum(CHANNELS),
  state: z.enum(MESSAGE_STATES),
  /** Why it was held back, or a code of the provider. */
  reason: text,
  planned_at: z.string(),
  /** When it is to be sent; null unless it is planned. */
  due_at: text,
  sent_at: text,
  updated_at: z.string(),
  /** Who requested it by hand, and why; null for one that the rules planned. */
  by: text,
  caller: z.nullable(caller),
  why: text,
});

export const patientMessageList = z.object({ messages: z.array(patientMessage) });

/** Null if nobody has recorded it. */
const consent = z.nullable(z.object({ given: z.boolean(), by: z.string(), at: z.string(), caller }));

/** Null if the patient has not opted out. `by` is null if the provider reported it, with its code as the reason. */
const optOut = z.nullable(z.object({ by: text, at: z.string(), caller: z.nullable(caller), reason: text }));

/** What is recorded about the messages of a user, by channel. */
export const messageSettings = z.object({
  user_id: z.string(),
  consent: z.object(ofEachChannel(() => consent)),
  opt_out: z.object(ofEachChannel(() => optOut)),
});
