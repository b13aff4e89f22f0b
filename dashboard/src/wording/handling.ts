import type { Contact, Note } from '../api/answers.ts';

/** The results of contact attempts that a person can log. */
export const CONTACTS: readonly { readonly id: Contact['kind']; readonly text: string }[] = [
  { id: 'called', text: 'Spoke by phone' },
  { id: 'voicemail', text: 'Left a voicemail' },
  { id: 'texted', text: 'Sent a text' },
  { id: 'booked', text: 'Booked an appointment' },
  { id: 'refused', text: 'Patient refused' },
  { id: 'unreachable', text: 'Could not be reached' },
];

export function contactText(kind: Contact['kind']): string {
  return CONTACTS.find(({ id }) => id === kind)?.text ?? kind;
}

/** The title of an entry of the history. */
export function noteTitle({ kind, assignee }: Note): string {
  switch (kind) {
    case 'note':
      return 'Note';
    case 'acknowledged':
      return 'Acknowledged';
    case 'released':
      return 'Released';
    case 'assigned':
      return `Assigned to ${assignee}`;
    case 'follow_up_changed':
      return 'Follow-up changed';
    case 'unassigned':
      return 'Owner removed';
    case 'withdrawn':
      return 'Withdrawn';
    case 'discarded':
      return 'Discarded';
    case 'results_reviewed':
      return 'Results reviewed';
    case 'review_withdrawn':
      return 'Review of results undone';
    default:
      return contactText(kind);
  }
}

/** What people did, without the entries that only take another one back; those taken back say so. */
export function shownNotes(
  notes: readonly Note[],
): readonly { readonly note: Note; readonly title: string }[] {
  const withdrawn = new Set(notes.map(({ withdraws }) => withdraws));
  return notes
    .filter(({ kind }) => kind !== 'withdrawn')
    .map((note) => ({ note, title: noteTitle(note) + (withdrawn.has(note.id) ? ' (withdrawn)' : '') }));
}
