import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { HISTORY_KINDS } from '../../domain/handling/history-entry.ts';

const text = z.nullable(z.string());

/** An entry of the history of a transaction: a note, a contact, or what somebody changed. */
export const note = z.object({
  id: z.string(),
  /** The transaction to which it was added. Its orders can have moved to this one since. */
  transaction_id: z.string(),
  kind: z.enum(HISTORY_KINDS),
  /** As the person typed it; null if there is none. */
  text,
  /** The owner since then; null for an entry that is not about the owner. */
  assignee: text,
  follow_up_at: text,
  /** The id of the entry that it withdraws; null for any other entry. */
  withdraws: text,
  by: z.string(),
  at: z.string(),
  caller,
});

export const noteList = z.object({ notes: z.array(note), next_cursor: text });
