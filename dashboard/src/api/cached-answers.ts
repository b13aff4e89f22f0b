import type { QueryClient } from '@tanstack/react-query';
import type { StalledOrder, Transaction } from './answers.ts';
import type { Redraws } from './queries.ts';

/**
 * Puts answers of the API into the cache. They are newer than the result of any query that is under way. A list stays as old as
 * it is: the answers say nothing about its other rows.
 */
export async function cacheAnswers(client: QueryClient, answered: readonly Transaction[]): Promise<void> {
  if (answered.length === 0) return;
  const byId = new Map(answered.map((transaction) => [transaction.id, transaction]));
  const answeredOf = <Row extends { readonly id: string }>(row: Row): Row | Transaction =>
    byId.get(row.id) ?? row;
  await client.cancelQueries();
  const redraws = client.getQueryState<Redraws>(['redraws']);
  if (redraws?.data) {
    const transactions = redraws.data.transactions.map(answeredOf);
    client.setQueryData(['redraws'], { ...redraws.data, transactions }, { updatedAt: redraws.dataUpdatedAt });
  }
  const decisions = client.getQueryState<readonly Transaction[]>(['decisions']);
  if (decisions?.data) {
    const updatedAt = decisions.dataUpdatedAt;
    client.setQueryData(['decisions'], decisions.data.map(answeredOf), { updatedAt });
  }
  const orders = client.getQueryState<readonly StalledOrder[]>(['stalled-orders']);
  if (orders?.data) {
    const updatedAt = orders.dataUpdatedAt;
    client.setQueryData(
      ['stalled-orders'],
      orders.data.map((one) => handledAs(one, byId)),
      { updatedAt },
    );
  }
  for (const [id, transaction] of byId) {
    client.setQueryData<Transaction>(['transaction', id], (known) => known && { ...known, ...transaction });
  }
}

/** A stalled order with the owner and the contact of its transaction. */
function handledAs(order: StalledOrder, answered: ReadonlyMap<string, Transaction>): StalledOrder {
  const transaction = answered.get(order.order_transaction_id ?? order.id);
  return transaction ? { ...order, assignment: transaction.assignment, contact: transaction.contact } : order;
}
