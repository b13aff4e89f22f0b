import { latest } from '../domain/instant.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';
import { junctionTransaction } from './answers.ts';

/**
 * A transaction as Junction's own API shows one. Where Junction always says something and nothing is known here, what is
 * nearest stands in: Junction's SDK takes no answer with less.
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
