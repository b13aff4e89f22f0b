/** Registers that the payload with the greatest rank wins: state-model.md, "Rank". */
import type { AppointmentPayload, OrderPayload, Rank } from './reading/facts.ts';
import { canonical } from './reading/spelling.ts';

export type Ranked = OrderPayload | AppointmentPayload;

/**
 * Chooses the content with the greatest digest among contents of equal rank. A digest is arbitrary, so each of them can
 * have it; but all registers of an order share the digests. `tie` names the order, the rank and the contents.
 */
export type DigestChoice = (tie: string, contents: string[]) => string | undefined;

/**
 * The payload with the greatest rank among the candidates.
 *
 * @param all every payload about the order. If a candidate wins among all payloads of equal rank, it wins here too.
 * @param holds the content of the register. If contents are equal, the digest decides nothing.
 */
export function greatest<P extends Ranked>(
  candidates: P[],
  all: Ranked[],
  holds: (payload: P) => unknown,
  choose: DigestChoice,
): P | undefined {
  const tied = candidates.filter((payload) =>
    candidates.every((other) => compareStanding(payload, other) >= 0),
  );
  const [first] = tied;
  if (!first || distinct(tied.map(holds)).length === 1) return first;
  const byContent = new Map(tied.map((payload) => [contentOf(payload), payload]));
  const equals = all.filter((other) => compareStanding(other, first) === 0);
  const everyContent = [...new Set(equals.map(contentOf))].sort();
  const contending = [...byContent.keys()].sort();
  const tie = (contents: string[]) => `${first.orderId} ${first.rank.join(' ')} ${contents.join()}`;
  const amongAll = choose(tie(everyContent), everyContent) ?? '';
  return byContent.get(amongAll) ?? byContent.get(choose(tie(contending), contending) ?? '');
}

/** The input of the digest. */
function contentOf(payload: Ranked): string {
  if (payload.kind === 'appointment') return canonical([payload.appointment, payload.transactionId]);
  const { snapshot, transactionId, clientUser, missingResults, digested } = payload;
  return canonical([snapshot, transactionId, clientUser, missingResults, digested]);
}

/** By tier, then by rank; ascending. */
export function compareStanding(a: Ranked, b: Ranked): number {
  return a.tier - b.tier || compareRanks(a.rank, b.rank);
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
