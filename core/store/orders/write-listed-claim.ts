import type { Claim } from '../../domain/order/membership.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import type { Table } from '../table.ts';
import { changeOrder, newerThan } from './change-order.ts';
import { encodeClaim } from './order-encoding.ts';
import { WAS_PROVISIONAL } from './order-item.ts';

/** Stores another order's listing of an order, known or not, if it is newer than the stored listing. */
export async function writeListedClaim(table: Table, orderId: string, claim: Claim): Promise<WriteOutcome> {
  const held = await changeOrder(
    table,
    orderId,
    {
      by: 'api',
      add: { claimed_by: new Set([claim.transaction_id]) },
      replace: { listed: encodeClaim(claim, null) },
      initialize: { [WAS_PROVISIONAL]: false },
    },
    newerThan('listed', encodeClaim(claim, null)),
  );
  return held === null ? 'applied' : 'duplicate';
}

/** Removes a listing of an order that Junction no longer has, unless another listing has replaced it. */
export async function retractListedClaim(table: Table, orderId: string, claim: Claim): Promise<void> {
  await changeOrder(
    table,
    orderId,
    { by: 'api', remove: ['listed'] },
    {
      condition: '#listed = :claim',
      names: { '#listed': 'listed' },
      values: { ':claim': encodeClaim(claim, null) },
    },
  );
}
