import type { SearchAnswer, Transaction } from '../api/answers.ts';

type MatchedBy = SearchAnswer['matched'][number]['by'];

const WORDS: Readonly<Record<MatchedBy, string>> = {
  transaction_id: 'Transaction',
  order_id: 'Order',
  user_id: 'User',
  client_user_id: 'Client user ID',
};

/** Which of its IDs matched the search. */
export function foundBy({ matched }: SearchAnswer, { id }: Transaction): string {
  const ways = matched.filter(({ transaction_id }) => transaction_id === id).map(({ by }) => WORDS[by]);
  return ways.join(', ');
}

/** What the results have in common. */
export function matchesOf({ match_kind }: SearchAnswer, searched: string): string {
  return match_kind === 'start'
    ? `Transactions with an ID that starts with ${searched}`
    : `Transactions matching ${searched}`;
}

/** The transaction, if it is the only result. */
export function onlyResult({ transactions, more }: SearchAnswer): Transaction | null {
  const [first, ...others] = transactions;
  return first !== undefined && others.length === 0 && !more ? first : null;
}

/** The user of all results, if it is the same one. */
export function commonUser({ transactions }: SearchAnswer): string | null {
  const users = new Set(transactions.map(({ user_id }) => user_id));
  const [user] = users;
  return users.size === 1 ? (user ?? null) : null;
}
