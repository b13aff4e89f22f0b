import type { StalledOrder, Transaction } from '../api/answers.ts';
import { type Api, ApiProblem, Unreachable } from '../api/api-client.ts';
import { type Taken, takenSince } from '../wording/taken.ts';

/** An acknowledgement or a release was refused because of what somebody did in the meantime. */
export class OrderTaken extends Error {
  override readonly name = 'OrderTaken';
  readonly taken: Taken;

  constructor(taken: Taken) {
    super();
    this.taken = taken;
  }
}

/**
 * Makes a change of a stalled order. After a conflict, reads the order again to say with what.
 *
 * @param order as the user saw it
 * @throws OrderTaken
 */
export async function unlessTaken<Answer>(
  api: Pick<Api, 'json'>,
  order: Pick<StalledOrder, 'id' | 'order_transaction_id' | 'acknowledgement'>,
  change: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await change();
  } catch (error) {
    const taken = error instanceof ApiProblem && error.status === 409 ? await takenNow(api, order) : null;
    throw taken ? new OrderTaken(taken) : error;
  }
}

async function takenNow(
  api: Pick<Api, 'json'>,
  { id, order_transaction_id, acknowledgement }: Parameters<typeof unlessTaken>[1],
): Promise<Taken | null> {
  // An order without a transaction has a provisional one under its own ID.
  const path = `/v1/transactions/${encodeURIComponent(order_transaction_id ?? id)}`;
  try {
    const { open_order: current } = await api.json<Transaction>(path);
    return takenSince(acknowledgement, current?.order_id === id ? current : null);
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof Unreachable) return null;
    throw error;
  }
}
