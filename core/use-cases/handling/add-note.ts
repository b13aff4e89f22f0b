import { createHash } from 'node:crypto';
import { isSameCaller } from '../../domain/caller.ts';
import type { HistoryEntry } from '../../domain/handling/history-entry.ts';
import { marksAfter } from '../../domain/handling/marks-after.ts';
import { NOTE_KINDS, type NoteKind } from '../../domain/handling/note.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import { type RepeatableRequest, readEntries, readRepeated } from '../../store/handling/notes.ts';
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

/** Only who added a note or a contact can withdraw it, and only once. */
class NotWithdrawn extends RequestRefused {
  override readonly name = 'NotWithdrawn';
  override readonly kind = 'conflict';

  constructor() {
    super('You have no such note or contact here that could be withdrawn. Nothing was changed.');
  }
}

export interface NoteRequest extends Actor {
  readonly kind: NoteKind;
  readonly text: string | null;
  /** The id of the entry to withdraw; null for any other note. */
  readonly withdraws: string | null;
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
    const { kind, text, withdraws } = request;
    const entry = historyEntry(stored, request, now, { kind, text, withdraws });
    result = entry;
    const set = withdraws
      ? await marksWithout(projection, withdraws, entry)
      : marksAfter([entry], stored.contact);
    return { set, entry, request: repeatable };
  });
  if (!result) throw new Error('the note was not added');
  return result;
}

/** As many entries of a history are looked through for the one to withdraw. */
const LATELY = 100;

/** @throws NotWithdrawn */
async function marksWithout({ table }: Projection, withdraws: string, entry: HistoryEntry) {
  const request = { limit: LATELY, after: null };
  const { entries } = await readEntries(table, [entry.transaction_id], request);
  const known = entries.find(({ id }) => id === withdraws);
  const isNote = known && known.kind !== 'withdrawn' && NOTE_KINDS.some((kind) => kind === known.kind);
  const isGone = entries.some((other) => other.withdraws === withdraws);
  if (!isNote || isGone || !isSameCaller(known.caller, entry.caller)) throw new NotWithdrawn();
  const { noted, contact = null } = marksAfter([entry, ...entries]);
  return { noted, contact };
}

function repeatableOf({
  key,
  caller,
  kind,
  text,
  withdraws,
  by,
}: NoteRequest): RepeatableRequest | undefined {
  if (key === null) return undefined;
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, text, by, ...(withdraws ? [withdraws] : [])]))
    .digest('base64url');
  return { caller, key, digest };
}
