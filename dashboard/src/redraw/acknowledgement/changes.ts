import type { Redraw, RedrawResults, Transaction } from '../../api/answers.ts';
import { type Api, ApiProblem, Unreachable } from '../../api/api-client.ts';
import type { Caller } from '../../wording/caller.ts';
import { type Taken, takenSince } from '../../wording/taken.ts';

export type Acknowledgement = NonNullable<Redraw['acknowledgement']>;

/** The API's limit (characters). */
export const MAX_NOTE_LENGTH = 1_000;

/** What a user enters with an acknowledgement. */
export interface AcknowledgementInput {
  readonly note: string | null;
  /** Whether the patient gets no more messages about the redraw while the acknowledgement lasts. */
  readonly stopMessages: boolean;
}

const DRAFT = 'acknowledge:';

/**
 * The key of the draft of a note about these redraws. For several, it is one that was kept for more of them, if there is none for
 * exactly these: the others may have moved on since.
 */
export function acknowledgementDraft(
  of: readonly { readonly id: string }[],
  kept: readonly string[] = [],
): string {
  const ids = of.map(({ id }) => id).sort();
  const own = `${DRAFT}${ids.join()}`;
  if (ids.length < 2 || kept.includes(own)) return own;
  return kept.find((key) => key.startsWith(DRAFT) && isAmong(ids, key.slice(DRAFT.length))) ?? own;
}

function isAmong(ids: readonly string[], list: string): boolean {
  const all = new Set(list.split(','));
  return ids.every((id) => all.has(id));
}

/** A request to acknowledge or release redraws. */
export interface Change extends AcknowledgementInput {
  readonly kind: 'acknowledge' | 'release';
  /** Where there is something to decide, an acknowledgement records the decision. */
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
  /** What somebody did in the meantime. */
  readonly taken?: Taken;
}

/** The API changes at most this many redraws in one request. */
const MAX_REDRAWS = 50;

/** Applies the change to each redraw. A refusal doesn't stop the others. */
export async function applyChange(api: Pick<Api, 'json'>, change: Change): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < change.of.length; from += MAX_REDRAWS)
    outcomes.push(await applyTo(api, change, change.of.slice(from, from + MAX_REDRAWS)));
  return {
    done: outcomes.flatMap(({ done }) => done),
    refused: outcomes.flatMap(({ refused }) => refused),
  };
}

async function applyTo(api: Pick<Api, 'json'>, change: Change, of: Change['of']): Promise<Outcome> {
  const { path, body } = requestOf(change, of);
  try {
    const { results } = await api.json<RedrawResults>(path, { method: 'POST', body });
    return {
      done: results.flatMap(({ transaction, problem }) => (transaction && !problem ? [transaction] : [])),
      refused: results.flatMap((result, at) => refusalIn(result, of[at]?.seen ?? null) ?? []),
    };
  } catch (error) {
    return { done: [], refused: of.map(({ id }) => ({ id, error: expected(error) })) };
  }
}

/** Names the acknowledgement the user saw by its time, so that a newer one by someone else stays. */
function requestOf({ kind, by, note, stopMessages: stop_messages }: Change, of: Change['of']) {
  return kind === 'acknowledge'
    ? {
        path: '/v1/redraws/acknowledgements',
        body: {
          by,
          note,
          stop_messages,
          redraws: of.map(({ id, seen }) => ({ transaction_id: id, replaces: seen?.at ?? null })),
        },
      }
    : {
        path: '/v1/redraws/withdrawals',
        body: {
          by,
          redraws: of.map(({ id, seen }) => ({
            transaction_id: id,
            ...(seen && { acknowledged_at: seen.at }),
          })),
        },
      };
}

function refusalIn(
  { transaction_id: id, status, transaction, problem }: RedrawResults['results'][number],
  seen: Acknowledgement | null,
): Refusal | null {
  if (problem === null) return null;
  return { id, error: new ApiProblem(status, problem.detail), ...takenIn(transaction, seen) };
}

function takenIn(transaction: Transaction | null, seen: Acknowledgement | null): Pick<Refusal, 'taken'> {
  const taken = takenSince(seen, transaction?.decision ?? transaction?.redraw ?? null);
  return taken ? { taken } : {};
}

/** @throws any error that is not a refusal */
function expected(error: unknown): ApiProblem | Unreachable {
  if (error instanceof ApiProblem || error instanceof Unreachable) return error;
  throw error;
}

/** The transaction with its pending acknowledgement. `pending` is by transaction ID; null means released. */
export function withPendingAcknowledgement<T extends Transaction>(
  transaction: T,
  asked: ReadonlyMap<string, Acknowledgement | null>,
): T {
  const acknowledgement = asked.get(transaction.id);
  if (acknowledgement === undefined) return transaction;
  const { redraw, decision } = transaction;
  return {
    ...transaction,
    redraw: redraw && { ...redraw, acknowledgement },
    decision: decision && { ...decision, acknowledgement },
  };
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
