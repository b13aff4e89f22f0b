import { parseInstant } from '../../domain/instant.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import type { HasScope } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import type { Paging } from '../../http/request-fields.ts';
import type { Answer } from '../../http/route.ts';
import {
  filterTransactions,
  listTransactions,
  type TransactionList,
} from '../../store/transactions/transaction-lists.ts';
import { isShown } from '../../use-cases/team-visibility.ts';
import { type PagedList, requestedPage } from '../paging.ts';
import type { QueryContext } from '../query-context.ts';
import { type Filter, matches, nameOf } from './filter.ts';
import { showTransactionList } from './representation.ts';

/** A page of transactions, and the cursor of the next one; null at the end. */
interface FilteredPage {
  readonly transactions: readonly StoredTransaction[];
  readonly next_cursor: string | null;
}

/**
 * A page of the transactions that match a filter. A cursor is valid for one list, one filter and one order: the name of a
 * list includes its filter.
 */
export async function pageOfFiltered(
  context: QueryContext,
  name: string,
  list: TransactionList,
  filter: Filter,
  paging: Paging,
): Promise<FilteredPage> {
  const filtered = nameOf(filter);
  // What is of another team is read too, and left out, so a page of one team of several is filled like that of a filter.
  const isOfOneTeam = context.teamId !== null && (context.teams?.length ?? 0) > 0;
  if (filtered === '' && !isOfOneTeam) return pageOf(context, name, list, paging);
  const { table, cursors, clock } = context;
  const now = parseInstant(clock().toISOString()) ?? '';
  const filteredName = `${filtered} of ${name}`;
  const wanted = (one: StoredTransaction) => isShown(context, one.team_id) && matches(filter, one, now);
  const { request, cursorAfter } = await requestedPage(cursors, pagedList(filteredName, list), paging);
  const { transactions, next } = await filterTransactions(
    table,
    list,
    { ...request, teamId: context.teamId },
    wanted,
  );
  return { transactions, next_cursor: await cursorAfter(next) };
}

/** Answers with a page of the transactions that match a filter. */
export async function answerFiltered(
  hasScope: HasScope,
  ...request: Parameters<typeof pageOfFiltered>
): Promise<Answer> {
  const { transactions, next_cursor } = await pageOfFiltered(...request);
  const [{ table }] = request;
  return json(200, showTransactionList(table, transactions, next_cursor, hasScope));
}

const pagedList = (name: string, { newestFirst }: TransactionList): PagedList => ({
  name,
  usual: newestFirst ? 'desc' : 'asc',
});

async function pageOf(
  context: QueryContext,
  name: string,
  list: TransactionList,
  paging: Paging,
): Promise<FilteredPage> {
  const { table, cursors } = context;
  const { request, cursorAfter } = await requestedPage(cursors, pagedList(name, list), paging);
  const page = await listTransactions(table, list, request);
  const transactions = page.transactions.filter(({ team_id }) => isShown(context, team_id));
  return { transactions, next_cursor: await cursorAfter(page.next) };
}
