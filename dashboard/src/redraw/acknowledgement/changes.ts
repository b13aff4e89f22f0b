import type { Redraw, Transaction } from '../../api/answers.ts';
import { type Api, ApiProblem, Unreachable } from '../../api/api-client.ts';

export type Acknowledgement = NonNullable<Redraw['acknowledgement']>;

/** As the API takes it (characters). */
export const MAX_NOTE_LENGTH = 1_000;

/** What is asked of the API: that somebody takes care of these redraws, or that what was said so is taken back. */
export interface Change {
  readonly kind: 'acknowledge' | 'release';
  readonly by: string;
  readonly note: string | null;
  /** RFC 3339; the API sets the time that counts. */
  readonly asked_at: string;
  readonly of: readonly { readonly id: string; readonly standing: Acknowledgement | null }[];
}

/** What came of it, transaction by transaction. */
export interface Outcome {
  readonly done: readonly Transaction[];
  readonly refused: readonly { readonly id: string; readonly error: Error }[];
}

/** So many are asked for at once; the API takes 50 requests a second from everybody together. */
const AT_ONCE = 4;

/** Asks for each. What is refused keeps nothing else from being asked. */
export async function applyChange(api: Pick<Api, 'json'>, change: Change): Promise<Outcome> {
  const done: Transaction[] = [];
  const refused: { id: string; error: Error }[] = [];
  const left = [...change.of];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      try {
        done.push(await applyToOne(api, change, next));
      } catch (error) {
        if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error;
        refused.push({ id: next.id, error });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { done, refused };
}

function applyToOne(
  api: Pick<Api, 'json'>,
  { kind, by, note }: Change,
  { id, standing }: Change['of'][number],
) {
  const path = `/v1/redraws/${encodeURIComponent(id)}/acknowledgement`;
  // What stood when it was begun is named by its time, so that what somebody else has said since stays.
  if (kind === 'acknowledge') {
    const replaces = standing?.at ?? null;
    return api.json<Transaction>(path, { method: 'PUT', body: { by, note, replaces } });
  }
  return api.json<Transaction>(path, { method: 'DELETE', query: { by, acknowledged_at: standing?.at } });
}

/** A transaction as it stands once the changes under way are granted; `asked` by its id, null for none. */
export function withPendingAcknowledgement<T extends Transaction>(
  transaction: T,
  asked: ReadonlyMap<string, Acknowledgement | null>,
): T {
  const acknowledgement = asked.get(transaction.id);
  if (acknowledgement === undefined || !transaction.redraw) return transaction;
  return { ...transaction, redraw: { ...transaction.redraw, acknowledgement } };
}

/** The acknowledgements that changes under way will leave, by transaction; null where none will stand. */
export function pendingAcknowledgements(
  changes: readonly Change[],
): ReadonlyMap<string, Acknowledgement | null> {
  return new Map(
    changes.flatMap(({ kind, by, note, asked_at: at, of }) =>
      of.map(({ id }) => [id, kind === 'release' ? null : { by, note, at }] as const),
    ),
  );
}
