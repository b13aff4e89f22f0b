import type { Transaction } from '../../api/answers.ts';
import { type Api, ApiProblem, Unreachable } from '../../api/api-client.ts';
import { takenSince, takenText } from '../../wording/taken.ts';
import { acknowledgementOf } from '../open-redraw.ts';

/** The API's limit (characters). */
export const MAX_NOTE_LENGTH = 1_000;

/** What a person enters with an acknowledgement. */
export interface AcknowledgementInput {
  readonly note: string | null;
  /** Whether the patient gets no more messages about the redraw while the acknowledgement lasts. */
  readonly stopMessages: boolean;
}

/** Somebody acknowledged or released it since the person saw it. The message says who and when. */
export class Taken extends Error {
  override readonly name = 'Taken';
}

const pathOf = ({ id }: Transaction) => `/v1/redraws/${encodeURIComponent(id)}/acknowledgement`;

/**
 * Acknowledges a redraw, or records a decision, in place of the acknowledgement that the person saw only.
 *
 * @throws Taken
 */
export function acknowledge(
  api: Pick<Api, 'json'>,
  by: string,
  transaction: Transaction,
  { note, stopMessages: stop_messages }: AcknowledgementInput,
): Promise<Transaction> {
  const body = { by, note, stop_messages, replaces: acknowledgementOf(transaction)?.at ?? null };
  return unlessTaken(api, transaction, () =>
    api.json<Transaction>(pathOf(transaction), { method: 'PUT', body }),
  );
}

/**
 * Takes back the acknowledgement that the person saw.
 *
 * @throws Taken
 */
export function release(api: Pick<Api, 'json'>, by: string, transaction: Transaction): Promise<Transaction> {
  const query = { by, acknowledged_at: acknowledgementOf(transaction)?.at };
  return unlessTaken(api, transaction, () =>
    api.json<Transaction>(pathOf(transaction), { method: 'DELETE', query }),
  );
}

async function unlessTaken<Answer>(
  api: Pick<Api, 'json'>,
  seen: Transaction,
  change: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await change();
  } catch (error) {
    const isConflict = error instanceof ApiProblem && error.status === 409;
    throw (isConflict && (await takenNow(api, seen))) || error;
  }
}

async function takenNow(api: Pick<Api, 'json'>, seen: Transaction): Promise<Taken | null> {
  try {
    const now = await api.json<Transaction>(`/v1/transactions/${encodeURIComponent(seen.id)}`);
    const taken = takenSince(acknowledgementOf(seen), now.decision ?? now.redraw);
    return taken && new Taken(takenText(taken, Date.now()));
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof Unreachable) return null;
    throw error;
  }
}
