import type { Instant } from '../instant.ts';

/** The result of an attempt to contact the patient. */
export const CONTACT_KINDS = ['called', 'voicemail', 'texted', 'booked', 'refused', 'unreachable'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Entries that people add manually. With `withdrawn`, somebody takes back one that they added by mistake. */
export const NOTE_KINDS = ['note', ...CONTACT_KINDS, 'withdrawn'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** The newest attempt to contact the patient. */
export interface Contact {
  readonly kind: ContactKind;
  readonly by: string;
  readonly at: Instant;
  /** How many attempts there were since the last progress, with this one. */
  readonly tries: number;
  /** The progress key at the time; null if nothing was open. The contact is irrelevant after further progress. */
  readonly progress: string | null;
}
