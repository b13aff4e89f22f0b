import type { Redraw, Transaction } from '../../api/answers.ts';
import { type Api, ApiProblem, Unreachable } from '../../api/api-client.ts';
import type { Caller } from './caller.ts';

export type Acknowledgement = NonNullable<Redraw['acknowledgement']>;

/** The API's limit (characters). */
export const MAX_NOTE_LENGTH = 1_000;

/** What a user enters with an acknowledgement. */
export interface GivenAcknowledgement {
  readonly note: string | null;
  /** Whether the patient gets no more messages about the redraw while the acknowledgement lasts. */
  readonly stopMessages: boolean;
}

/** The draft of a note about these redraws. */
export function acknowledgementDraft(of: readonly { readonly id: string }[]): string {
  return `acknowledge:${of
    .map(({ id }) => id)
    .sort()
    .join()}`;
}

/** A request to acknowledge or release redraws. */
export interface Change extends GivenAcknowledgement {
  readonly kind: 'acknowledge' | 'release';
  /** An acknowledgement of a redraw that has ended records a decision. */
  readonly what: 'redraw' | 'decision';
  readonly by: string;
  readonly caller: Caller;
  /** RFC 3339. The API sets the final time. */
  readonly asked_at: string;
  readonly of: readonly { readonly id: string; readonly seen: Acknowledgement | null }[];
}

/** The result per transaction. */
export interface Outcome {
  readonly done: readonly Transaction[];
  readonly refused: readonly Refusal[];
}

interface Refusal {
  readonly id: string;
  readonly error: Error;
  /** The acknowledgement that somebody else made in the meantime. */
  readonly current?: Acknowledgement;
}

/** Requests in flight. The API takes 50 requests per second from all clients together. */
const AT_ONCE = 4;

/** Applies the change to each redraw. A refusal doesn't stop the others. */
export async function applyChange(api: Pick<Api, 'json'>, change: Change): Promise<Outcome> {
  const done: Transaction[] = [];
  const refused: Refusal[] = [];
  const left = [...change.of];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      try {
        done.push(await applyToOne(api, change, next));
      } catch (error) {
        if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error;
        refused.push({ id: next.id, error, ...(await conflictingWith(api, next, error)) });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { done, refused };
}

/** The acknowledgement that a change conflicts with, as far as it can be read. */
async function conflictingWith(
  api: Pick<Api, 'json'>,
  { id, seen }: Change['of'][number],
  error: ApiProblem | Unreachable,
): Promise<Pick<Refusal, 'current'>> {
  if (!(error instanceof ApiProblem) || error.status !== 409) return {};
  try {
    const { redraw } = await api.json<Transaction>(`/v1/transactions/${encodeURIComponent(id)}`);
    const current = redraw?.acknowledgement;
    return current && current.at !== seen?.at ? { current } : {};
  } catch (unread) {
    if (unread instanceof ApiProblem || unread instanceof Unreachable) return {};
    throw unread;
  }
}

function applyToOne(
  api: Pick<Api, 'json'>,
  { kind, by, note, stopMessages: stop_messages }: Change,
  { id, seen }: Change['of'][number],
) {
  const path = `/v1/redraws/${encodeURIComponent(id)}/acknowledgement`;
  // Names the acknowledgement the user saw by its time, so that a newer one by someone else stays.
  if (kind === 'acknowledge') {
    const replaces = seen?.at ?? null;
    return api.json<Transaction>(path, { method: 'PUT', body: { by, note, stop_messages, replaces } });
  }
  return api.json<Transaction>(path, { method: 'DELETE', query: { by, acknowledged_at: seen?.at } });
}

/** The transaction with its pending acknowledgement. `pending` is by transaction ID; null means released. */
export function withPendingAcknowledgement<T extends Transaction>(
  transaction: T,
  asked: ReadonlyMap<string, Acknowledgement | null>,
): T {
  const acknowledgement = asked.get(transaction.id);
  if (acknowledgement === undefined || !transaction.redraw) return transaction;
  return { ...transaction, redraw: { ...transaction.redraw, acknowledgement } };
}

/** The acknowledgement that each pending change leaves, by transaction ID; null where it is released. */
export function pendingAcknowledgements(
  changes: readonly Change[],
): ReadonlyMap<string, Acknowledgement | null> {
  return new Map(
    changes.flatMap(({ kind, by, caller, note, stopMessages: stop_messages, asked_at: at, of }) => {
      const acknowledgement = kind === 'release' ? null : { by, note, at, caller, stop_messages };
      return of.map(({ id }) => [id, acknowledgement] as const);
    }),
  );
}
