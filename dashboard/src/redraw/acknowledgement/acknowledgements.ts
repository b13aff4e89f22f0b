import { ChangedMeanwhile, explainConflict } from '../../alerts/changed-meanwhile.ts';
import type { Redraw, Transaction } from '../../api/answers.ts';
import type { Api } from '../../api/api-client.ts';
import { takenSince, takenText } from '../../wording/taken.ts';
import { acknowledgementOf } from '../open-redraw.ts';

/** The API's limit (characters). */
export const MAX_NOTE_LENGTH = 1_000;

type Decided = NonNullable<Redraw['acknowledgement']>['decided'];

/** What a person enters with an acknowledgement. */
export interface AcknowledgementInput {
  readonly note: string | null;
  /** What was decided; null where nothing is to be decided, or where the note says it. */
  readonly decided: Decided;
  /** Whether the patient gets no more messages about the redraw while the acknowledgement lasts. */
  readonly stopMessages: boolean;
}

const pathOf = ({ id }: Transaction) => `/v1/redraws/${encodeURIComponent(id)}/acknowledgement`;

/**
 * Acknowledges a redraw, or records a decision, in place of the acknowledgement that the person saw only.
 *
 * @throws ChangedMeanwhile
 */
export function acknowledge(
  api: Pick<Api, 'json'>,
  by: string,
  transaction: Transaction,
  { note, decided, stopMessages: stop_messages }: AcknowledgementInput,
): Promise<Transaction> {
  const body = { by, note, decided, stop_messages, replaces: acknowledgementOf(transaction)?.at ?? null };
  return explainConflict(
    () => api.json<Transaction>(pathOf(transaction), { method: 'PUT', body }),
    () => takenNow(api, transaction),
  );
}

/**
 * Takes back the acknowledgement that the person saw.
 *
 * @throws ChangedMeanwhile
 */
export function release(api: Pick<Api, 'json'>, by: string, transaction: Transaction): Promise<Transaction> {
  const query = { by, acknowledged_at: acknowledgementOf(transaction)?.at };
  return explainConflict(
    () => api.json<Transaction>(pathOf(transaction), { method: 'DELETE', query }),
    () => takenNow(api, transaction),
  );
}

async function takenNow(api: Pick<Api, 'json'>, seen: Transaction): Promise<Error | null> {
  const now = await api.json<Transaction>(`/v1/transactions/${encodeURIComponent(seen.id)}`);
  const taken = takenSince(acknowledgementOf(seen), now.decision ?? now.redraw);
  return taken && new ChangedMeanwhile(now, takenText(taken, Date.now()));
}
