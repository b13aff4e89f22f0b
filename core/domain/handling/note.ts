import type { Instant } from '../instant.ts';

/** The result of an attempt to contact the patient. */
export const CONTACT_KINDS = ['called', 'voicemail', 'texted', 'booked', 'refused', 'unreachable'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Entries that people add manually. */
export const NOTE_KINDS = ['note', ...CONTACT_KINDS] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** The newest attempt to contact the patient. */
export interface Contact {
  readonly kind: ContactKind;
  readonly by: string;
  readonly at: Instant;
  /** The progress key at the time; null if nothing was open. The contact is irrelevant after further progress. */
  readonly progress: string | null;
}
