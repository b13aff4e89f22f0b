import type { Contact, ContactKind } from '../handling/note.ts';
import { type FollowedUp, followUpOf } from '../transaction/follow-up.ts';
import { type Reach, reachOf, type Told } from '../transaction/told.ts';

/** After these the patient has been informed, even if they declined. */
const SPOKEN: readonly ContactKind[] = ['called', 'booked', 'refused'];

interface Reached extends FollowedUp {
  readonly told?: Told | undefined;
  readonly contact?: Contact | null | undefined;
}

/**
 * Whether the patient was notified, by the latest message or personal contact. A contact counts until the next progress. A
 * voicemail or a text from a person does not count, because it may not have been received.
 */
export function patientReach({ told, contact, ...transaction }: Reached): Reach {
  const byMessage = reachOf(told);
  if (!contact || contact.progress !== (followUpOf(transaction)?.key ?? null)) return byMessage;
  if (told && told.at > contact.at) return byMessage;
  if (contact.kind === 'unreachable') return 'could_not_be_reached';
  return SPOKEN.includes(contact.kind) ? 'told' : byMessage;
}
