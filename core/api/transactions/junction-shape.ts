import * as z from 'zod/mini';
import { latest } from '../../domain/instant.ts';
import { TRANSACTION_STATUSES } from '../../domain/members/truth-table.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';

const text = z.nullable(z.string());

/** A transaction in Junction's own shape (GetOrderTransactionResponse), so that its official SDK reads it. */
export const junctionTransaction = z.object({
  id: z.string(),
  team_id: z.string(),
  status: z.enum(TRANSACTION_STATUSES),
  orders: z.array(
    z.object({
      id: z.string(),
      origin: text,
      parent_id: text,
      last_status: z.string(),
      last_status_created_at: z.string(),
      created_at: z.string(),
      updated_at: z.string(),
    }),
  ),
});

/**
 * A transaction in Junction's own format. Fields that Junction always sends and that are not known here get the nearest
 * known value, because Junction's SDK refuses an answer without them.
 */
export function showInJunctionShape(stored: StoredTransaction, teamId: string | null) {
  const { id, team_id, status, orders, contributions, updated_at } = stored;
  return junctionTransaction.parse({
    id,
    team_id: team_id ?? teamId ?? '',
    status,
    orders: orders.map((order) => {
      const registeredAt = contributions[order.id]?.registered_at;
      const created_at =
        order.created_at ?? order.low_level_status_created_at ?? registeredAt ?? updated_at ?? '';
      const last_status_created_at = order.low_level_status_created_at ?? created_at;
      return {
        ...order,
        last_status: order.low_level_status ?? order.status ?? 'ordered',
        last_status_created_at,
        created_at,
        updated_at: latest([last_status_created_at, created_at]) ?? created_at,
      };
    }),
  });
}
