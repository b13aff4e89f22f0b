import type { Claim } from '../../domain/order/membership.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import type { Table } from '../table.ts';
import { both, changeOrder, namesFirstHome, newerThan, type OrderChange } from './change-order.ts';
import { encodeListedClaim } from './order-encoding.ts';
import { WAS_PROVISIONAL } from './order-item.ts';
import { FIRST_HOME, firstHomeOf, textAt } from './order-registers.ts';

const LISTED = 'listed';

/** Stores another order's listing of an order, known or not, if it is newer than the stored listing. */
export async function writeListedClaim(table: Table, orderId: string, claim: Claim): Promise<WriteOutcome> {
  const { transaction_id: home } = claim;
  const listed = encodeListedClaim(claim);
  const change = (initialize: object, add: OrderChange['add'] = {}): OrderChange => ({
    by: 'api',
    add,
    replace: { [LISTED]: listed },
    initialize: { [WAS_PROVISIONAL]: false, ...initialize },
  });
  const newer = newerThan(LISTED, listed);
  const ordinary = change({ [FIRST_HOME]: home });
  let held = await changeOrder(table, orderId, ordinary, both(newer, namesFirstHome(home)));
  if (held && firstHomeOf(held) !== home && textAt(held, LISTED) < listed) {
    held = await changeOrder(table, orderId, change({}, { claimed_by: new Set([home]) }), newer);
  }
  return held === null ? 'applied' : 'duplicate';
}

/** Removes a listing of an order that Junction no longer has, unless another listing has replaced it. */
export async function retractListedClaim(table: Table, orderId: string, claim: Claim): Promise<void> {
  await changeOrder(
    table,
    orderId,
    { by: 'api', remove: [LISTED] },
    {
      condition: '#listed = :claim',
      names: { '#listed': LISTED },
      values: { ':claim': encodeListedClaim(claim) },
    },
  );
}
