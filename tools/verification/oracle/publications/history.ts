/**
 * Whether a publication is news. It is history if everything behind it is dated before the service watched, whoever delivered it and
 * when. docs/adopting.md says so, and this is read from it.
 */
import type { Fact } from '../reading/facts.ts';
import { readDelivery } from '../reading/payload.ts';
import type { ExpectedTransaction } from '../transaction/transaction-truth.ts';
import type { Publication } from './publication.ts';

type Right = ExpectedTransaction;

/** When the news of a type happened, in a transaction as it is right. */
const HAPPENED: Record<string, (right: Right, said: Publication['detail']) => string | null> = {
  'Redraw Available': ({ redraw }) => redraw?.available_at ?? null,
  'Redraw Order Linked': (right, { order_id }) =>
    right.orders.find(({ id }) => id === order_id)?.created_at ?? right.updated_at,
  'Redraw Needs Decision': decisionTime,
  'Order Failed': decisionTime,
  'Transaction Completed': ({ updated_at }) => updated_at,
  'Transaction Cancelled': ({ updated_at }) => updated_at,
  'Transaction Reopened': ({ updated_at }) => updated_at,
};

/** Junction's word about a whole transaction, on which this reason can rest, has no time. */
const WITHOUT_TIME = 'redraw_not_needed';

function decisionTime({ decision, updated_at }: Right): string | null {
  return decision?.since ?? updated_at;
}

function isDated({ type, detail }: Publication): boolean {
  const { reason } = (detail.decision ?? {}) as { reason?: string };
  return type in HAPPENED && reason !== WITHOUT_TIME;
}

/** Whether a publication of what is right says truly if it is history. */
export function isMarkedRight(publication: Publication, right: Right, since: string): boolean {
  if (!isDated(publication)) return true;
  const at = HAPPENED[publication.type]?.(right, publication.detail) ?? null;
  return publication.detail.historical === (at !== null && at < since);
}

/** Whether a publication cannot be news: what was received has times, and all of them are before `since`. */
export function mustBeHistory(publication: Publication, facts: readonly Fact[], since: string): boolean {
  const times = timesOf(facts);
  return isDated(publication) && times.length > 0 && times.every((time) => time < since);
}

export const timesOf = (facts: readonly Fact[]) =>
  facts.flatMap((fact) => ('body' in fact ? timesIn(fact) : []));

/** What a payload itself is dated by, and the orders that it lists. */
function timesIn(fact: Extract<Fact, { body: string }>): string[] {
  const payload = readDelivery(fact);
  if (payload.kind !== 'order') return [];
  const listed = payload.entries.flatMap(({ at, createdAt }) => [at, createdAt]);
  const own = [...payload.counted, ...payload.future].map(({ at }) => at);
  return [...own, payload.snapshot.createdAt, ...listed].filter(
    (time): time is string => typeof time === 'string',
  );
}

/** The time in the middle of what facts are dated by: some of it is history, and some is news. */
export function middleOf(facts: readonly Fact[]): string {
  const different = [...new Set(timesOf(facts))].sort();
  return different[Math.floor(different.length / 2)] ?? '';
}
