import type { StoredTransaction } from '../../domain/transaction/stored-transaction.ts';
import { json } from '../../http/problem.ts';
import type { Paging } from '../../http/request-fields.ts';
import type { Answer } from '../../http/route.ts';
import {
  filterTransactions,
  listTransactions,
  type TransactionList,
} from '../../store/transactions/transaction-lists.ts';
import { isShown } from '../../use-cases/team-visibility.ts';
import { nextCursor, pageRequest } from '../paging.ts';
import type { QueryContext } from '../query-context.ts';
import { type Filter, matches, nameOf } from './filter.ts';
import { showTransactionList } from './representation.ts';

/**
 * Answers with a page of the transactions that match a filter. A cursor is valid for one list and one filter, because the
 * name of a list includes its filter.
 */
export async function answerFiltered(
  context: QueryContext,
  name: string,
  list: TransactionList,
  filter: Filter,
  paging: Paging,
): Promise<Answer> {
  const filtered = nameOf(filter);
  if (filtered === '') return answerTransactions(context, name, list, paging);
  const { table, cursors } = context;
  const filteredName = `${filtered} of ${name}`;
  const wanted = (one: StoredTransaction) => isShown(context, one.team_id) && matches(filter, one);
  const page = await filterTransactions(
    table,
    list,
    await pageRequest(cursors, filteredName, paging),
    wanted,
  );
  return json(
    200,
    showTransactionList(page.transactions, await nextCursor(cursors, filteredName, page.next)),
  );
}

/** Answers with a page of transactions. */
async function answerTransactions(
  context: QueryContext,
  name: string,
  list: TransactionList,
  paging: Paging,
): Promise<Answer> {
  const { table, cursors } = context;
  const page = await listTransactions(table, list, await pageRequest(cursors, name, paging));
  const shown = page.transactions.filter(({ team_id }) => isShown(context, team_id));
  return json(200, showTransactionList(shown, await nextCursor(cursors, name, page.next)));
}
