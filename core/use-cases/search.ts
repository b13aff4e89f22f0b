import type { OrderRecord } from '../domain/order/order-record.ts';
import type { MatchedBy, MatchKind } from '../domain/search-match.ts';
import type { StoredTransaction } from '../domain/stored/stored-transaction.ts';
import { isUuid as isUuidText } from '../junction/fields.ts';
import { unlessDamaged } from '../store/damaged-items.ts';
import { ordersWithPrefix, transactionsWithPrefix } from '../store/id-search.ts';
import { readOrder } from '../store/orders/read-order.ts';
import { SEARCHABLE_LENGTH } from '../store/table-layout.ts';
import { creationKey } from '../store/transactions/index-keys.ts';
import {
  byClientUser,
  byStartOfClientUser,
  byStartOfUser,
  byUser,
  filterTransactions,
  type TransactionList,
} from '../store/transactions/transaction-lists.ts';
import { readTransaction } from '../store/transactions/transactions.ts';
import { displayedTransaction } from './displayed-transaction.ts';
import { isShown, type TeamContext } from './team-visibility.ts';

/** The largest number of transactions in a result. */
const MAX_MATCHES = 25;

/** A prefix of a UUID that is not a complete UUID. */
const START_OF_UUID =
  /^[0-9a-f]{8}(?:$|-[0-9a-f]{0,4}(?:$|-[0-9a-f]{0,4}(?:$|-[0-9a-f]{0,4}(?:$|-[0-9a-f]{0,11}$))))/;

/** The ellipsis that follows a shortened id on the page. */
const ELLIPSIS = /(?:…|\.\.\.)$/;

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
  /** Null if nothing matches. */
  readonly matched: MatchKind | null;
  /** Why ids that begin with the text were not searched; null if they were or did not need to be. */
  readonly hint: string | null;
}

type Matches = readonly [by: MatchedBy, transactions: readonly StoredTransaction[], more: boolean];

/**
 * Finds the transactions with this id, or with an order, user or client user of this id; if there are none, those with an id
 * that begins with it. UUIDs and client user ids are case-insensitive. A search by transaction or order id is consistent; the
 * others read indexes, which follow the table shortly after.
 */
export async function search(shown: TeamContext, asked: string): Promise<Found> {
  const whole = await wholeMatches(shown, asked);
  if (whole.matches.length > 0) return { ...whole, matched: 'whole', hint: null };
  const start = asked.replace(ELLIPSIS, '').trimEnd();
  if ([...start].length < SEARCHABLE_LENGTH) return { ...whole, matched: null, hint: TOO_SHORT };
  const found = await prefixMatches(shown, start);
  return { ...found, matched: found.matches.length > 0 ? 'start' : null, hint: null };
}

const TOO_SHORT = `No ID matches exactly. To find IDs that start with this text, enter at least ${SEARCHABLE_LENGTH} characters.`;

async function wholeMatches(shown: TeamContext, asked: string) {
  const isUuid = isUuidText(asked);
  const users = new Set([asked, isUuid ? asked.toLowerCase() : asked]);
  return joined(
    await Promise.all([
      ...(isUuid ? [ofOrder(shown, asked.toLowerCase()), ofId(shown, asked.toLowerCase())] : []),
      ...[...users].map((user) => ofList(shown, 'user_id', byUser(user))),
      ofList(shown, 'client_user_id', byClientUser(asked)),
    ]),
  );
}

async function prefixMatches(shown: TeamContext, start: string) {
  const lower = start.toLowerCase();
  const isUuid = START_OF_UUID.test(lower);
  const users = new Set([start, isUuid ? lower : start]);
  return joined(
    await Promise.all([
      ...(isUuid ? [prefixMatchesOfOrders(shown, lower), prefixMatchesOfIds(shown, lower)] : []),
      ...[...users].map((user) => ofList(shown, 'user_id', byStartOfUser(user))),
      ofList(shown, 'client_user_id', byStartOfClientUser(start)),
    ]),
  );
}

async function ofOrder(shown: TeamContext, id: string): Promise<Matches> {
  const record = await unlessDamaged(shown.table, () => readOrder(shown.table, id));
  return ofOrders(shown, { found: record ? [record] : [], more: false });
}

async function prefixMatchesOfOrders(shown: TeamContext, start: string): Promise<Matches> {
  return ofOrders(shown, await ordersWithPrefix(shown.table, start));
}

/** The transactions that show these orders. */
async function ofOrders(
  shown: TeamContext,
  { found, more }: { readonly found: readonly OrderRecord[]; readonly more: boolean },
): Promise<Matches> {
  const { table } = shown;
  const stored = await Promise.all(
    found.map((record) => unlessDamaged(table, () => displayedTransaction(table, record))),
  );
  return ['order_id', visible(shown, stored), more];
}

async function ofId(shown: TeamContext, id: string): Promise<Matches> {
  const stored = await unlessDamaged(shown.table, () => readTransaction(shown.table, id));
  return ['transaction_id', visible(shown, [stored]), false];
}

async function prefixMatchesOfIds(shown: TeamContext, start: string): Promise<Matches> {
  const { found, more } = await transactionsWithPrefix(shown.table, start);
  return ['transaction_id', visible(shown, found), more];
}

function visible(shown: TeamContext, found: readonly (StoredTransaction | null)[]): StoredTransaction[] {
  return found.filter((stored) => stored !== null).filter(({ team_id }) => isShown(shown, team_id));
}

async function ofList(shown: TeamContext, by: MatchedBy, list: TransactionList): Promise<Matches> {
  const wanted = ({ team_id }: StoredTransaction) => isShown(shown, team_id);
  const page = await filterTransactions(shown.table, list, { limit: MAX_MATCHES, after: null }, wanted);
  return [by, page.transactions, page.next !== null];
}

/** Each transaction once, with all ids that matched, newest first. */
function joined(found: readonly Matches[]): { matches: readonly Match[]; more: boolean } {
  const matches = new Map<string, Match>();
  for (const [by, transactions] of found) {
    for (const transaction of transactions) {
      const known = matches.get(transaction.id)?.by ?? [];
      matches.set(transaction.id, { transaction, by: known.includes(by) ? known : [...known, by] });
    }
  }
  const place = ({ transaction }: Match) => creationKey(transaction, transaction.id);
  const sorted = [...matches.values()].sort((a, b) => (place(a) < place(b) ? 1 : -1));
  return {
    matches: sorted.slice(0, MAX_MATCHES),
    more: sorted.length > MAX_MATCHES || found.some(([, , more]) => more),
  };
}
