import type { Instant } from '../instant.ts';

/** What became of an attempt to contact the patient. */
export const CONTACT_KINDS = ['called', 'voicemail', 'texted', 'booked', 'refused', 'unreachable'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** What people append by hand. */
export const NOTE_KINDS = ['note', ...CONTACT_KINDS] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** The newest attempt to contact the patient. */
export interface Contact {
  readonly kind: ContactKind;
  readonly by: string;
  readonly at: Instant;
  /** What was followed up at the time, by its key; null for nothing. The contact says nothing about later progress. */
  readonly progress: string | null;
}

export function isContact(kind: NoteKind): kind is ContactKind {
  return kind !== 'note';
}
