import { type Instant, latest } from '../instant.ts';
import { reportedTransaction } from './membership.ts';
import { clientUserId, type OrderRecord, type Registration, userId } from './order-record.ts';

/** What a customer states about an order when placing it. */
export type RegistrationRequest = Omit<Registration, 'at'>;

/** What is known of the transaction that a registration names; null if unknown. */
export interface NamedTransaction {
  readonly user_id: string | null;
  readonly team_id: string | null;
}

export type RegistrationVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'contradiction'; readonly why: string }
  | { readonly kind: 'news'; readonly registered: Registration };

/** How many transactions can claim one order over time. Each of them is read whenever the order changes. */
const MAX_TRANSACTIONS = 50;

/**
 * Compares a registration with what is known of the order (null if nothing) and of the transaction that it names. A later
 * registration replaces an earlier one. See docs/state-model.md, Registration.
 */
export function registrationVerdict(
  record: OrderRecord | null,
  request: RegistrationRequest,
  named: NamedTransaction,
  now: Instant,
): RegistrationVerdict {
  const before = record?.registered ?? null;
  if (before && isSame(before, request)) return { kind: 'known' };
  const why = contradictionOf(record, request) ?? ownerConflictOf(named, record, request);
  if (why) return { kind: 'contradiction', why };
  // A later registration must not get an earlier time because of clock skew.
  const at = latest([now, before?.at]) ?? now;
  return { kind: 'news', registered: { ...request, at } };
}

function isSame(before: RegistrationRequest, request: RegistrationRequest): boolean {
  return (
    before.transaction_id === request.transaction_id &&
    before.user_id === request.user_id &&
    before.client_user_id === request.client_user_id
  );
}

function contradictionOf(record: OrderRecord | null, request: RegistrationRequest): string | null {
  if (!record) return null;
  const { transaction_id, user_id, client_user_id } = request;
  if (isOther(transaction_id, reportedTransaction(record))) {
    return 'Junction reports that the order belongs to a different transaction.';
  }
  // An earlier registration is replaced, so it contradicts nothing.
  const reported = { ...record, registered: null };
  if (isOther(user_id, userId(reported)))
    return 'Junction reports that the order belongs to a different user.';
  if (isOther(client_user_id, clientUserId(reported))) {
    return 'Junction reports a different client_user_id for the user of the order.';
  }
  const { claimedBy } = record;
  if (claimedBy.length >= MAX_TRANSACTIONS && !claimedBy.includes(transaction_id)) {
    return `The order has already been registered in ${MAX_TRANSACTIONS} transactions.`;
  }
  return null;
}

function ownerConflictOf(
  named: NamedTransaction,
  record: OrderRecord | null,
  request: RegistrationRequest,
): string | null {
  const user = record?.snapshot?.user_id ?? request.user_id;
  if (isOther(user, named.user_id)) return 'The transaction belongs to a different user.';
  const team = record?.snapshot?.team_id ?? null;
  return isOther(team, named.team_id) ? 'The transaction belongs to a different team.' : null;
}

function isOther(stated: string | null, known: string | null): boolean {
  return stated !== null && known !== null && stated !== known;
}
