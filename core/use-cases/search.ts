import type { StoredTransaction } from '../domain/transaction/stored-transaction.ts';
import { uuid } from '../junction/fields.ts';
import { readOrder } from '../store/orders/orders.ts';
import { creationKey } from '../store/transactions/transaction-item.ts';
import {
  byClientUser,
  byUser,
  filterTransactions,
  type TransactionList,
} from '../store/transactions/transaction-lists.ts';
import { readTransaction } from '../store/transactions/transactions.ts';
import { showingTransaction } from './showing-transaction.ts';
import { isShown, type TeamContext } from './team-visibility.ts';

/** The largest number of transactions in a result. */
const MAX_MATCHES = 25;

export type MatchedBy = 'order_id' | 'transaction_id' | 'user_id' | 'client_user_id';

export interface Match {
  readonly transaction: StoredTransaction;
  /** The ids that matched. */
  readonly by: readonly MatchedBy[];
}

export interface Found {
  /** The newest first. */
  readonly matches: readonly Match[];
  /** Whether there are more matches. */
  readonly more: boolean;
}

type Matches = readonly [by: MatchedBy, transactions: readonly StoredTransaction[], more: boolean];

/**
 * Finds the transactions with this id, or with an order, user or client user of this id. UUIDs and client user ids match in
 * any case. A search by transaction or order id is consistent; the others read indexes, which follow the table shortly after.
 */
export async function search(shown: TeamContext, asked: string): Promise<Found> {
  const isUuid = uuid.safeParse(asked).success;
  const users = new Set([asked, isUuid ? asked.toLowerCase() : asked]);
  const found = await Promise.all([
    ...(isUuid ? [ofOrder(shown, asked.toLowerCase()), ofId(shown, asked.toLowerCase())] : []),
    ...[...users].map((user) => ofList(shown, 'user_id', byUser(user))),
    ofList(shown, 'client_user_id', byClientUser(asked)),
  ]);
  const matches = joined(found);
  return {
    matches: matches.slice(0, MAX_MATCHES),
    more: matches.length > MAX_MATCHES || found.some(([, , more]) => more),
  };
}

/** The transaction that shows an order. */
async function ofOrder(shown: TeamContext, id: string): Promise<Matches> {
  const record = await readOrder(shown.table, id);
  const stored = record && (await showingTransaction(shown.table, record));
  return ['order_id', stored && isShown(shown, stored.team_id) ? [stored] : [], false];
}

async function ofId(shown: TeamContext, id: string): Promise<Matches> {
  const stored = await readTransaction(shown.table, id);
  return ['transaction_id', stored && isShown(shown, stored.team_id) ? [stored] : [], false];
}

async function ofList(shown: TeamContext, by: MatchedBy, list: TransactionList): Promise<Matches> {
  const wanted = ({ team_id }: StoredTransaction) => isShown(shown, team_id);
  const page = await filterTransactions(shown.table, list, { limit: MAX_MATCHES, after: null }, wanted);
  return [by, page.transactions, page.next !== null];
}

/** Each transaction once, with all ids that matched, newest first. */
function joined(found: readonly Matches[]): Match[] {
  const matches = new Map<string, Match>();
  for (const [by, transactions] of found) {
    for (const transaction of transactions) {
      const known = matches.get(transaction.id)?.by ?? [];
      matches.set(transaction.id, { transaction, by: known.includes(by) ? known : [...known, by] });
    }
  }
  const place = ({ transaction }: Match) => creationKey(transaction, transaction.id);
  return [...matches.values()].sort((a, b) => (place(a) < place(b) ? 1 : -1));
}
