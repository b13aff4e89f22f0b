import { retryOnConflict } from '../concurrency/retry.ts';
import { parseInstant } from '../domain/instant.ts';
import type { OrderRecord } from '../domain/order/order-record.ts';
import {
  type NamedTransaction,
  type RegistrationRequest,
  registrationVerdict,
} from '../domain/order/registration.ts';
import { ownershipOf } from '../domain/transaction/ownership.ts';
import type { StoredTransaction } from '../domain/transaction/revision.ts';
import { identitiesOf } from '../domain/transaction/transaction.ts';
import { Problem } from '../http/problem.ts';
import { readOrder } from '../store/orders.ts';
import { writeRegistration } from '../store/registration.ts';
import { readTransaction } from '../store/transactions.ts';
import type { Projection } from './recompute.ts';

/**
 * Notes that an order was placed, before any webhook tells of it or after. The same said again changes nothing. Gives
 * the order's record; null where it is another team's. Throws a Problem: 409 where it contradicts what is known.
 */
export async function register(
  { table, pause }: Projection,
  orderId: string,
  request: RegistrationRequest,
  now: Date,
  isOurs: (record: OrderRecord) => Promise<boolean> = async () => true,
): Promise<OrderRecord | null> {
  const at = parseInstant(now.toISOString()) ?? '';
  const outcome = await retryOnConflict(pause, async () => {
    const record = await readOrder(table, orderId);
    if (record && !(await isOurs(record))) return 'not_ours';
    const named = await readTransaction(table, request.transaction_id);
    const verdict = registrationVerdict(record, request, knownOf(named, orderId), at);
    if (verdict.kind === 'contradiction') throw new Problem(409, verdict.why);
    if (verdict.kind === 'known') return 'written';
    return writeRegistration(table, orderId, verdict.registered, record?.version ?? null);
  });
  return outcome === 'not_ours' ? null : readOrder(table, orderId);
}

/** Whose a transaction is by its other orders: what was registered of this one can be replaced. */
function knownOf(named: StoredTransaction | null, orderId: string): NamedTransaction {
  const { [orderId]: _, ...others } = named?.contributions ?? {};
  return identitiesOf(others, ownershipOf(others));
}
