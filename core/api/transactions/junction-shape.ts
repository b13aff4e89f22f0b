import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { latest } from '../../domain/instant.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { at, id, text } from '../answer-fields.ts';
import { transactionStatus } from './answer.ts';

const junctionOrder = z.object({
  id,
  origin: text,
  parent_id: text,
  last_status: z.string(),
  last_status_created_at: at,
  created_at: at,
  updated_at: at,
});
DOCS: describe(junctionOrder, {
  id: 'JunctionOrderSummary',
  description: 'An order of a transaction, as Junction’s `OrderSummary`.',
  properties: {
    id: 'The ID of the order.',
    origin: 'Where it comes from.',
    parent_id: 'The order that it is a redraw of; null for an initial order.',
    last_status: 'Its low-level status.',
    last_status_created_at: 'When it came into that status.',
    created_at: 'When it was created.',
    updated_at: 'When it was last changed.',
  },
});

/** A transaction in Junction's own shape (GetOrderTransactionResponse), so that its official SDK reads it. */
export const junctionTransaction = z.object({
  id,
  team_id: z.string(),
  status: transactionStatus,
  orders: z.array(junctionOrder),
});
DOCS: describe(junctionTransaction, {
  id: 'JunctionTransaction',
  description: 'A transaction, as Junction’s `GetOrderTransactionResponse`.',
  properties: {
    id: 'The ID of the transaction.',
    team_id: 'Junction’s ID of the team.',
    orders: 'Its orders, in the order of their creation.',
  },
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
