/** Registers that the payload of the greatest rank wins: state-model.md, "Rank". */
import type { AppointmentPayload, OrderPayload, Rank } from './reading/facts.ts';
import { canonical } from './reading/spelling.ts';

export type Ranked = OrderPayload | AppointmentPayload;

/**
 * Tells which of these contents of equal rank has the greatest digest. A digest is arbitrary, so each of them may; but
 * all registers of an order go by the same digests. `tie` names the order, the rank and what contends.
 */
export type DigestChoice = (tie: string, contents: string[]) => string | undefined;

/**
 * The payload of the greatest rank among the candidates.
 *
 * @param all every payload about the order: where one that is a candidate wins among all of equal rank, it wins here too.
 * @param holds what the register holds. Where that is equal, the digest decides nothing.
 */
export function greatest<P extends Ranked>(
  candidates: P[],
  all: Ranked[],
  holds: (payload: P) => unknown,
  choose: DigestChoice,
): P | undefined {
  const tied = candidates.filter((payload) =>
    candidates.every((other) => compareRanks(payload.rank, other.rank) >= 0),
  );
  const [first] = tied;
  if (!first || distinct(tied.map(holds)).length === 1) return first;
  const byContent = new Map(tied.map((payload) => [contentOf(payload), payload]));
  const equals = all.filter(({ rank }) => compareRanks(rank, first.rank) === 0);
  const everyContent = [...new Set(equals.map(contentOf))].sort();
  const contending = [...byContent.keys()].sort();
  const tie = (contents: string[]) => `${first.orderId} ${first.rank.join(' ')} ${contents.join()}`;
  const amongAll = choose(tie(everyContent), everyContent) ?? '';
  const amongThese = choose(tie(contending), contending) ?? '';
  return byContent.get(amongAll) ?? byContent.get(amongThese);
}

/** What the digest is of. */
function contentOf(payload: Ranked): string {
  if (payload.kind === 'appointment') return canonical([payload.appointment, payload.transactionId]);
  const { snapshot, transactionId, clientUser, missingResults } = payload;
  return canonical([snapshot, transactionId, clientUser, missingResults]);
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
