import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { describe } from '../../domain/describe.ts';
import { HISTORY_KINDS } from '../../domain/handling/history-entry.ts';
import { at, by, id, nextCursor, text, time } from '../answer-fields.ts';

export const note = z.object({
  id: z.string(),
  transaction_id: id,
  kind: z.enum(HISTORY_KINDS),
  text,
  assignee: text,
  follow_up_at: time,
  withdraws: text,
  by,
  at,
  caller,
});
DOCS: describe(note, {
  id: 'Note',
  description: 'An entry of the history of a transaction: a note, a contact, or what somebody changed.',
  properties: {
    id: 'The ID of the entry.',
    transaction_id: 'The transaction to which it was added. Its orders can have moved to another one since.',
    kind: 'What it is about.',
    text: 'As the person typed it; null if there is none.',
    assignee: 'The owner since then; null for an entry that is not about the owner.',
    follow_up_at: 'The follow-up since then; null if there is none.',
    withdraws: 'The ID of the entry that it withdraws; null for any other entry.',
    by: 'Who added it.',
    at: 'When it was added.',
  },
});

export const noteList = z.object({ notes: z.array(note), next_cursor: nextCursor });
DOCS: describe(noteList, {
  id: 'NoteList',
  description: 'A page of the history of a transaction.',
  properties: { notes: 'The entries of this page.' },
});
