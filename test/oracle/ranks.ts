/** Registers that the payload of the greatest rank wins: state-model.md, "Rank". */
import type { AppointmentPayload, OrderPayload, Rank } from './reading/facts.ts';
import { canonical } from './reading/spelling.ts';

export type Ranked = OrderPayload | AppointmentPayload;

/**
 * Puts contents of equal rank in the order of their digests, ascending. A digest is arbitrary, so any order is right;
 * but all registers of an order go by the same one. `tie` names the order and the rank.
 */
export type DigestOrder = (tie: string, contents: string[]) => string[];

/**
 * The payload of the greatest rank among the candidates.
 *
 * @param all every payload about the order: those of equal rank have one order of digests.
 * @param holds what the register holds. Where that is equal, the digest decides nothing.
 */
export function greatest<P extends Ranked>(
  candidates: P[],
  all: Ranked[],
  holds: (payload: P) => unknown,
  digestOrder: DigestOrder,
): P | undefined {
  const tied = candidates.filter((payload) =>
    candidates.every((other) => compareRanks(payload.rank, other.rank) >= 0),
  );
  const [first] = tied;
  if (!first || distinct(tied.map(holds)).length === 1) return first;
  const equals = all.filter(({ rank }) => compareRanks(rank, first.rank) === 0);
  const tie = `${first.orderId} ${first.rank.join(' ')}`;
  const ascending = digestOrder(tie, distinct(equals.map(contentOf)).sort());
  return tied.toSorted((a, b) => ascending.indexOf(contentOf(a)) - ascending.indexOf(contentOf(b))).at(-1);
}

function contentOf({ rank: _, ...content }: Ranked): string {
  return canonical(content);
}

function compareRanks(a: Rank, b: Rank): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    if (left !== right) return left > right ? 1 : -1;
  }
  return 0;
}

export function distinct<T>(values: T[]): T[] {
  return [...new Map(values.map((value) => [canonical(value), value])).values()];
}
