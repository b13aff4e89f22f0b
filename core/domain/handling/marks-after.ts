import type { Assignment } from './assignment.ts';
import type { HistoryEntry, Noted } from './history-entry.ts';
import { CONTACT_KINDS, type Contact, NOTE_KINDS } from './note.ts';

/** What people's notes, contacts and assignments leave on a transaction. */
interface HandlingMarks {
  readonly assignment?: Assignment;
  readonly noted?: Noted;
  readonly contact?: Contact;
}

type Kind = HistoryEntry['kind'];

/**
 * The marks after these entries of a history, the newest first.
 *
 * @param earlier the contact before them, if they are not the whole history
 */
export function marksAfter(entries: readonly HistoryEntry[], earlier?: Contact | null): HandlingMarks {
  const owned = newest(entries, ['assigned', 'follow_up_changed', 'unassigned']);
  const noted = newest(entries, NOTE_KINDS);
  const withdrawn = new Set(entries.map(({ withdraws }) => withdraws));
  const contacts = entries.filter(({ id }) => !withdrawn.has(id));
  const contacted = newest(contacts, CONTACT_KINDS);
  return {
    ...(owned && { assignment: assignmentIn(owned) }),
    ...(noted && { noted: notedIn(noted) }),
    ...(contacted && { contact: contactIn(contacted, contacts, earlier) }),
  };
}

type EntryOf<Of extends Kind> = HistoryEntry & { readonly kind: Of };

function newest<Of extends Kind>(entries: readonly HistoryEntry[], kinds: readonly Of[]) {
  return entries.find((entry): entry is EntryOf<Of> => (kinds as readonly Kind[]).includes(entry.kind));
}

function assignmentIn({ assignee, follow_up_at, progress, by, at, caller }: HistoryEntry): Assignment {
  const follow_up = follow_up_at === null || progress === null ? null : { at: follow_up_at, progress };
  return { assignee, follow_up, by, at, caller };
}

function notedIn({ id, kind, by, at, caller }: EntryOf<Noted['kind']>): Noted {
  return { id, kind, by, at, caller };
}

function contactIn(
  { kind, by, at, progress }: EntryOf<Contact['kind']>,
  entries: readonly HistoryEntry[],
  earlier: Contact | null | undefined,
): Contact {
  const isTry = (entry: HistoryEntry) =>
    (CONTACT_KINDS as readonly Kind[]).includes(entry.kind) && entry.progress === progress;
  const before = earlier?.progress === progress ? earlier.tries : 0;
  return { kind, by, at, progress, tries: before + entries.filter(isTry).length };
}
