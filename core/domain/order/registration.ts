import type { Instant } from '../instant.ts';
import type { Registration } from './order-record.ts';
import { type ClientUser, clientUserId, namedTransaction, type OrderRecord, userId } from './order-record.ts';

/** What a customer says of an order when placing it. */
export interface Registering {
  readonly transactionId: string;
  readonly userId: string | null;
  readonly clientUserId: string | null;
}

/** What saying it again, or for the first time, comes to. */
export type RegistrationVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'contradiction'; readonly why: string }
  | {
      readonly kind: 'news';
      readonly registered: Registration;
      readonly transactionId: string;
      readonly clientUser: ClientUser | null;
    };

const UNREGISTERED = { user_id: null, client_user_id: null };

/** Holds a registration against what is known of the order (null: nothing). The first time of registering stays. */
export function registrationVerdict(
  record: OrderRecord | null,
  registering: Registering,
  now: Instant,
): RegistrationVerdict {
  const why = record && contradiction(record, registering);
  if (why) return { kind: 'contradiction', why };
  const { transactionId, userId: user_id, clientUserId: client_user_id } = registering;
  const before = record?.registered ?? { at: now, ...UNREGISTERED };
  const registered = {
    at: before.at,
    user_id: before.user_id ?? user_id,
    client_user_id: before.client_user_id ?? client_user_id,
  };
  const clientUser = client_user_id === null ? null : { user_id, client_user_id };
  const same =
    record?.registered &&
    record.transactionIds.includes(transactionId) &&
    (clientUser === null || isPaired(record, clientUser)) &&
    registered.user_id === before.user_id &&
    registered.client_user_id === before.client_user_id;
  return same ? { kind: 'known' } : { kind: 'news', registered, transactionId, clientUser };
}

/** What is said again as it was registered contradicts nothing, whatever Junction has said since of the user. */
function contradiction(record: OrderRecord, registering: Registering): string | null {
  const named = namedTransaction(record);
  if (named !== null && named !== registering.transactionId) {
    return 'The order is known to belong to another transaction.';
  }
  const { registered } = record;
  const user = registering.userId;
  if (isOther(user, userId(record)) && user !== registered?.user_id) {
    return 'The order is known to be of another user.';
  }
  const client = registering.clientUserId;
  if (isOther(client, clientUserId(record)) && client !== registered?.client_user_id) {
    return 'The order is known to be of a user with another client_user_id.';
  }
  return null;
}

function isOther(said: string | null, known: string | null): boolean {
  return said !== null && known !== null && said !== known;
}

function isPaired({ clientUsers }: OrderRecord, { user_id, client_user_id }: ClientUser): boolean {
  return clientUsers.some((pair) => pair.user_id === user_id && pair.client_user_id === client_user_id);
}
