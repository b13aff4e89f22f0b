import { retryOnConflict } from '../../../core/concurrency/retry.ts';
import type { Instant } from '../../../core/domain/instant.ts';
import type { OrderRecord } from '../../../core/domain/order/order-record.ts';
import { isWithheld } from '../../../core/domain/stored/incompleteness.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import type { Table } from '../../../core/store/table.ts';
import { readTransaction } from '../../../core/store/transactions/transactions.ts';
import type { Projection } from '../../../core/use-cases/recompute.ts';
import { isShown } from '../../../core/use-cases/team-visibility.ts';
import type { PatientMessage } from '../rules/message.ts';
import { type MessageChange, planMessages } from '../rules/message-plan.ts';
import type { PlanSettings } from '../rules/message-settings.ts';
import type { MessageFacts } from '../rules/wanted-messages.ts';
import { readMessages, writeMessages } from '../store/messages.ts';
import type { RestoreMark } from '../store/restore-mark.ts';
import { withoutSentElsewhere } from './sent-elsewhere.ts';

export interface PlanDependencies {
  readonly projection: Projection;
  readonly settings: PlanSettings;
  /** The only team whose patients get messages; null for every team. */
  readonly teamId: string | null;
  /** Since when the service watches; absent if nothing is history. */
  readonly watchingSince?: (() => Promise<Instant | null>) | undefined;
}

/** What a transaction has once its plan is up to date. */
export interface UpdatedPlan {
  /** As it was read; null if it is gone. */
  readonly transaction: StoredTransaction | null;
  /** All its messages, by their ids. */
  readonly messages: readonly PatientMessage[];
  /** How many messages were created. */
  readonly planned: number;
  /** How many were held back. */
  readonly held: number;
}

/**
 * Brings the planned messages of a transaction in line with what it wants now. Writes on condition that neither the transaction
 * nor a message has changed since it was read, so that an outdated run changes nothing. A transaction that lacks an order changes
 * no plan, because that order can refute it.
 */
export async function updatePlan(
  { projection, settings, teamId, watchingSince }: PlanDependencies,
  transactionId: string,
  { now, restored }: { readonly now: Instant; readonly restored: RestoreMark | null },
): Promise<UpdatedPlan> {
  const { table, pause } = projection;
  const since = (await watchingSince?.()) ?? null;
  let updated: UpdatedPlan | undefined;
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, transactionId);
    const messages = await readMessages(table, transactionId);
    updated = { transaction: stored, messages, planned: 0, held: 0 };
    if (stored && isWithheld(stored)) return 'written';
    const transaction = stored && isShown({ teamId }, stored.team_id) ? stored : null;
    const planned = planMessages({
      transactionId,
      facts: transaction && (await messageFactsOf(table, transaction)),
      messages,
      settings,
      notBefore: restored?.not_before ?? null,
      since,
      now,
    });
    if (planned.length === 0) return 'written';
    const changes = transaction ? await withoutSentElsewhere(table, transaction, planned, now) : planned;
    updated = {
      transaction: stored,
      messages: withChanges(messages, changes),
      planned: changes.filter(({ read }) => read === null).length,
      held: changes.filter(({ next }) => next.state === 'suppressed').length,
    };
    return writeMessages(table, { messages: changes, transaction: transaction ?? undefined });
  });
  if (!updated) throw new Error('the plan was not read');
  return updated;
}

function withChanges(
  messages: readonly PatientMessage[],
  changes: readonly MessageChange[],
): readonly PatientMessage[] {
  const byId = new Map([...messages, ...changes.map(({ next }) => next)].map((one) => [one.id, one]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** A transaction with its redraw order, whose appointments only the order itself has. */
export async function messageFactsOf(
  table: Table,
  transaction: StoredTransaction,
): Promise<MessageFacts & { readonly transaction: StoredTransaction; readonly order: OrderRecord | null }> {
  const { redraw } = transaction;
  return { transaction, order: redraw?.order_id ? await readOrder(table, redraw.order_id) : null };
}
