/** The facts that only the items of a table show. */
import { idIn } from '../../../core/store/table-layout.ts';
import type { Attributes } from '../memory-table/expressions.ts';
import type { Delivery, Fact, Registration } from '../oracle/reading/facts.ts';

/** An answer of Junction, and the rank that it has in the order's item if it was asked for. */
export interface Finding {
  readonly answer: Delivery;
  readonly rank: string;
}

/** Registrations, and answers. Nobody has to have asked at the right moment. */
export function factsIn(items: readonly Attributes[], found: readonly Finding[]): Fact[] {
  const registered = items.filter((item) => item.registered !== undefined);
  const held = new Set(items.flatMap(({ rank, answer }) => [rank, (answer as Attributes | undefined)?.rank]));
  const answers = found.flatMap(({ answer, rank }) => (held.has(rank) ? [answer] : []));
  return [...answers, ...registered.map(asRegistration)];
}

/** What an order's item holds of a registration: the accepted one that was the last. */
export function asRegistration({ pk, sk, registered }: Attributes): Registration {
  const { transaction_id, user_id, client_user_id, at } = registered as { [name: string]: string | null };
  return {
    orderId: idIn('ORDER', { pk, sk }),
    transactionId: transaction_id ?? '',
    userId: user_id ?? null,
    clientUserId: client_user_id ?? null,
    at: at ?? '',
  };
}
