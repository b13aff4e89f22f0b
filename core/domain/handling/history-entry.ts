import type { Caller } from '../caller.ts';
import type { Instant } from '../instant.ts';
import { NOTE_KINDS, type NoteKind } from './note.ts';

/** Everything in the history of a transaction: what people appended, and what they changed. */
export const HISTORY_KINDS = [
  ...NOTE_KINDS,
  'acknowledged',
  'released',
  'assigned',
  'follow_up_changed',
  'unassigned',
  'discarded',
  'results_reviewed',
  'review_withdrawn',
] as const;

/** An entry of the history of a transaction. It is appended and never changed. */
export interface HistoryEntry {
  readonly id: string;
  /** The transaction to which it was added. Its orders can have moved to another one since. */
  readonly transaction_id: string;
  readonly kind: (typeof HISTORY_KINDS)[number];
  /** What the person wrote, as it was typed; null for nothing. */
  readonly text: string | null;
  /** The owner since then; null for an entry that is not about the owner. */
  readonly assignee: string | null;
  readonly follow_up_at: Instant | null;
  /** The id of the entry that it withdraws; null for any other entry. */
  readonly withdraws: string | null;
  /** The key of what was followed up then; null if nothing was. The next progress ends a follow-up, and what a contact means. */
  readonly progress: string | null;
  /** The name that the caller gave. */
  readonly by: string;
  readonly at: Instant;
  /** Who made the request, by the token. */
  readonly caller: Caller;
  /** The team of the transaction when it was added. */
  readonly team_id: string | null;
}

/** The newest note or contact of a transaction, without its text. */
export type Noted = Pick<HistoryEntry, 'id' | 'by' | 'at' | 'caller'> & { readonly kind: NoteKind };
