import { createHash } from 'node:crypto';
import type { HistoryEntry } from '../../domain/handling/history-entry.ts';
import { marksAfter } from '../../domain/handling/marks-after.ts';
import type { NoteKind } from '../../domain/handling/note.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import { type RepeatableRequest, readRepeated } from '../../store/handling/notes.ts';
import type { Projection } from '../recompute.ts';
import { type Actor, changeTransaction, historyEntry } from './change-transaction.ts';

/** The idempotency key was used with another note. */
class IdempotencyKeyReused extends RequestRefused {
  override readonly name = 'IdempotencyKeyReused';
  override readonly kind = 'not_a_repeat';

  constructor() {
    super('This Idempotency-Key was used for another note of this transaction. Nothing was added.');
  }
}

export interface NoteRequest extends Actor {
  readonly kind: NoteKind;
  readonly text: string | null;
  /** The caller's idempotency key; null if the request may not be repeated. */
  readonly key: string | null;
}

/**
 * Appends a note or a contact to the history of a transaction. The same key appends it once.
 *
 * @throws TransactionNotFound
 * @throws IdempotencyKeyReused
 */
export async function addNote(
  projection: Projection,
  id: string,
  request: NoteRequest,
  now: Date,
): Promise<HistoryEntry> {
  const repeatable = repeatableOf(request);
  let result: HistoryEntry | undefined;
  await changeTransaction(projection, id, async (stored) => {
    const known = repeatable && (await readRepeated(projection.table, id, repeatable));
    if (known && known.digest !== repeatable.digest) throw new IdempotencyKeyReused();
    if (known) {
      result = known.entry;
      return null;
    }
    const { kind, text } = request;
    const entry = historyEntry(stored, request, now, { kind, text });
    result = entry;
    return { set: marksAfter([entry]), entry, request: repeatable };
  });
  if (!result) throw new Error('the note was not added');
  return result;
}

function repeatableOf({ key, caller, kind, text, by }: NoteRequest): RepeatableRequest | undefined {
  if (key === null) return undefined;
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, text, by]))
    .digest('base64url');
  return { caller, key, digest };
}
