import type { Channel } from '../../../core/domain/transaction/told.ts';
import type { Accepted } from '../../../core/email/provider.ts';
import type { Contact } from '../../../core/junction/contact.ts';
import { emailAddress, phoneNumber } from '../providers/addresses.ts';
import type { PatientMessage } from '../rules/message.ts';
import type { MessageFields } from '../templates/fields.ts';

/** What Junction says about a patient and its own messages. */
export interface ContactAnswer {
  readonly contact: Contact;
  /** Whether Junction sends its own SMS about the order; null if it does not say now. */
  readonly junctionSendsSms: boolean | null;
}

interface ChannelFacts {
  /** The patient's address; null if Junction has no usable one. */
  readonly addressOf: (contact: Contact) => string | null;
  /** Whether Junction writes through the channel too; null if it does not say now. */
  readonly junctionSends: (answer: ContactAnswer) => boolean | null;
}

/** What differs between the channels before a message is sent. */
export const channelFacts: Readonly<Record<Channel, ChannelFacts>> = {
  sms: {
    addressOf: ({ phone }) => phoneNumber(phone),
    junctionSends: ({ junctionSendsSms }) => junctionSendsSms,
  },
  email: {
    addressOf: ({ email }) => emailAddress(email),
    junctionSends: () => false,
  },
};

/**
 * Passes a message on, at most once. `ref` is returned in the provider's events.
 *
 * @throws Refused, Throttled or OutcomeUnknown
 */
export type Send = (addressed: { readonly to: string; readonly ref: string }) => Promise<Accepted>;

/** Renders a message for its channel. What it returns sends it. */
export type Prepare = (message: PatientMessage, fields: MessageFields) => Send;
/** Null for a channel that is off. */
export type Preparers = Readonly<Record<Channel, Prepare | null>>;
