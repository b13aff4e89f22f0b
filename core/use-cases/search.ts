import type { StoredTransaction } from '../domain/transaction/revision.ts';
import { uuid } from '../junction/fields.ts';
import { readOrder } from '../store/orders.ts';
import { creationKey } from '../store/transaction-item.ts';
import { byClientUser, byUser, siftTransactions, type TransactionList } from '../store/transaction-lists.ts';
import { readTransaction } from '../store/transactions.ts';
import { showingTransaction } from './showing-transaction.ts';
import { isShown, type TeamContext } from './team-visibility.ts';

/** How many transactions a search gives at most. */
const MAX_MATCHES = 25;

export type MatchedBy = 'order_id' | 'transaction_id' | 'user_id' | 'client_user_id';

export interface Match {
  readonly transaction: StoredTransaction;
  /** What of it was asked for. */
  readonly by: readonly MatchedBy[];
}

export interface Found {
  /** The newest first. */
  readonly matches: readonly Match[];
  /** Whether others match that are not among them. */
  readonly more: boolean;
}

type Matches = readonly [by: MatchedBy, transactions: readonly StoredTransaction[], more: boolean];

/**
 * The transactions that have this id, or an order, a user or a client user of this id. UUIDs and client user ids match
 * in any case. What was written a moment ago is found by the id of a transaction or an order at once, by the others as
 * soon as the indexes have it.
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
  const page = await siftTransactions(shown.table, list, { limit: MAX_MATCHES, after: null }, wanted);
  return [by, page.transactions, page.next !== null];
}

/** Each transaction once, with all it was found by, the newest first. */
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
