import { isSetApart } from '../domain/members/ownership.ts';
import { claimedTransaction } from '../domain/order/membership.ts';
import type { OrderRecord } from '../domain/order/order-record.ts';
import { RequestRefused } from '../domain/request-refused.ts';
import type { StoredTransaction } from '../domain/stored/stored-transaction.ts';
import type { Team } from '../domain/team.ts';
import { readOrder } from '../store/orders/read-order.ts';
import type { Table } from '../store/table.ts';
import { readTransaction } from '../store/transactions/transactions.ts';

/** There is no such transaction, or it belongs to another team. */
export class TransactionNotFound extends RequestRefused {
  override readonly name = 'TransactionNotFound';
  override readonly kind = 'not_found';
  readonly transactionId: string;

  constructor(transactionId: string) {
    super('There is no transaction with this ID.');
    this.transactionId = transactionId;
  }
}

/** There is no such order, or it belongs to another team. */
export class OrderNotFound extends RequestRefused {
  override readonly name = 'OrderNotFound';
  override readonly kind = 'not_found';
  readonly orderId: string;

  constructor(orderId: string) {
    super('There is no order with this ID.');
    this.orderId = orderId;
  }
}

/** The team whose data a deployment shows. */
export interface TeamContext {
  readonly table: Table;
  /** The only team whose data is shown; null to show every team's. */
  readonly teamId: string | null;
  /** The teams of a deployment of several. Each is counted for itself. */
  readonly teams?: readonly Team[];
}

/** Whether data of a team may be shown. For a deployment of one team, other teams' data does not exist. */
export function isShown({ teamId }: Pick<TeamContext, 'teamId'>, team: string | null): boolean {
  return teamId === null || team === null || team === teamId;
}

/**
 * Reads a transaction to show.
 *
 * @throws TransactionNotFound
 */
export async function findTransaction(shown: TeamContext, id: string): Promise<StoredTransaction> {
  const stored = await readTransaction(shown.table, id);
  if (!stored || !isShown(shown, stored.team_id)) throw new TransactionNotFound(id);
  return stored;
}

/**
 * Reads an order to show.
 *
 * @throws OrderNotFound
 */
export async function findOrder(shown: TeamContext, id: string): Promise<OrderRecord> {
  const record = await readOrder(shown.table, id);
  if (!record || !(await isOrderShown(shown, record))) throw new OrderNotFound(id);
  return record;
}

/** Whether an order may be shown. Before its first payload, the order has the team of its transaction. */
export async function isOrderShown(shown: TeamContext, record: OrderRecord): Promise<boolean> {
  if (record.snapshot) return isShown(shown, record.snapshot.team_id);
  const transactionId = claimedTransaction(record);
  return transactionId === null || isTransactionShown(shown, transactionId);
}

/** The transaction that shows an order: its own id if it is set apart, null if it is unclaimed or was discarded. */
export async function displayedTransactionId(
  { table }: Pick<TeamContext, 'table'>,
  record: OrderRecord,
): Promise<string | null> {
  if (record.discarded) return null;
  const claimed = claimedTransaction(record);
  const home = claimed === null ? null : await readTransaction(table, claimed);
  return home && isSetApart(home.contributions, record.id) ? record.id : claimed;
}

/** Whether a transaction may be shown, also if it does not exist yet. */
export async function isTransactionShown(shown: TeamContext, id: string): Promise<boolean> {
  if (shown.teamId === null) return true;
  const stored = await readTransaction(shown.table, id);
  return isShown(shown, stored?.team_id ?? null);
}
