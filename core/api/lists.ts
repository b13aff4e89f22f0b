import { json, Problem } from '../http/problem.ts';
import type { Paging } from '../http/requests.ts';
import type { Answer } from '../http/route.ts';
import type { PageRequest } from '../store/index-pages.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';
import { listTransactions, siftTransactions, type TransactionList } from '../store/transaction-lists.ts';
import { isShown } from '../use-cases/team-visibility.ts';
import type { Answering } from './answering.ts';
import type { Cursors } from './cursors.ts';
import { type Filter, letsThrough, nameOf } from './filter.ts';
import { showTransactionList } from './representations.ts';

/** The page a caller asks for of the list of this name. Throws a Problem 400 for a cursor of another. */
export async function pageOf(
  cursors: Cursors,
  name: string,
  { limit = '25', cursor }: Paging,
): Promise<PageRequest> {
  const after = cursor === undefined ? null : await cursors.open(name, cursor);
  if (cursor !== undefined && after === null) {
    throw new Problem(400, 'The parameter cursor is not one that this list gave out.');
  }
  return { limit: Number(limit), after };
}

/** The cursor of the page that starts after a place; null at the end. */
export async function cursorAt(cursors: Cursors, name: string, place: string | null): Promise<string | null> {
  return place === null ? null : cursors.seal(name, place);
}

/**
 * Answers with a page of those transactions of a list that a filter lets through. A cursor belongs to both; that of an
 * unfiltered list to `name` alone, which no filter begins like.
 */
export async function answerFiltered(
  answering: Answering,
  name: string,
  list: TransactionList,
  filter: Filter,
  paging: Paging,
): Promise<Answer> {
  const filtered = nameOf(filter);
  if (filtered === '') return answerTransactions(answering, name, list, paging);
  const { projection, cursors } = answering;
  const sealed = `${filtered} of ${name}`;
  const wanted = (one: StoredTransaction) => isShown(answering, one.team_id) && letsThrough(filter, one);
  const page = await siftTransactions(projection.table, list, await pageOf(cursors, sealed, paging), wanted);
  return json(200, showTransactionList(page.transactions, await cursorAt(cursors, sealed, page.next)));
}

/** Answers with a page of transactions. */
export async function answerTransactions(
  answering: Answering,
  name: string,
  list: TransactionList,
  paging: Paging,
): Promise<Answer> {
  const { projection, cursors } = answering;
  const page = await listTransactions(projection.table, list, await pageOf(cursors, name, paging));
  const ours = page.transactions.filter(({ team_id }) => isShown(answering, team_id));
  return json(200, showTransactionList(ours, await cursorAt(cursors, name, page.next)));
}
