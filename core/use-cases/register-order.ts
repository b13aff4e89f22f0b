import { retryOnConflict } from '../concurrency/retry.ts';
import { parseInstant } from '../domain/instant.ts';
import { ownershipOf } from '../domain/members/ownership.ts';
import type { OrderRecord } from '../domain/order/order-record.ts';
import {
  type NamedTransaction,
  type RegistrationRequest,
  registrationVerdict,
} from '../domain/order/registration.ts';
import { RequestRefused } from '../domain/request-refused.ts';
import type { StoredTransaction } from '../domain/stored/stored-transaction.ts';
import { identitiesOf } from '../domain/transaction/transaction.ts';
import { readOrder } from '../store/orders/read-order.ts';
import { writeRegistration } from '../store/orders/registration.ts';
import { readTransaction } from '../store/transactions/transactions.ts';
import type { Projection } from './recompute.ts';

/** A registration contradicts what is known of the order or of the transaction. */
export class RegistrationConflict extends RequestRefused {
  override readonly name = 'RegistrationConflict';
  override readonly kind = 'conflict';
  readonly orderId: string;

  constructor(orderId: string, why: string) {
    super(why);
    this.orderId = orderId;
  }
}

/**
 * Registers a placed order, before its first webhook or after. Repeating a registration changes nothing.
 *
 * @returns the order's record; null if it belongs to another team
 * @throws RegistrationConflict
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
    if (verdict.kind === 'contradiction') throw new RegistrationConflict(orderId, verdict.why);
    if (verdict.kind === 'known') return 'written';
    return writeRegistration(table, orderId, verdict.registered, record?.version ?? null);
  });
  return outcome === 'not_ours' ? null : readOrder(table, orderId);
}

/** The user and team of a transaction by its other orders, because a registration of this one can be replaced. */
function knownOf(named: StoredTransaction | null, orderId: string): NamedTransaction {
  const { [orderId]: _, ...others } = named?.contributions ?? {};
  return identitiesOf(others, ownershipOf(others));
}
