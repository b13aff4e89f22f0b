import { type Claim, homeOf, listedClaims } from '../../domain/order/membership.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import { readOrderItem } from '../../store/orders/order-item.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import { writeListedClaim } from '../../store/orders/write-listed-claim.ts';
import type { Table } from '../../store/table.ts';
import { orderKey } from '../../store/table-layout.ts';

/** An order that another one lists, and whose record lacked that claim. */
export interface UnclaimedOrder {
  readonly order_id: string;
  readonly transaction_id: string;
}

export interface Members {
  /** The records that belong to the transaction. */
  readonly records: readonly OrderRecord[];
  /** The records read on the way that belong to other transactions. */
  readonly strangers: readonly OrderRecord[];
  readonly unclaimed: readonly UnclaimedOrder[];
}

/**
 * Reads the records of a transaction's orders consistently: of the candidates, and of the orders that those list. If the
 * record of a listed order lacks the claim, it is written to that record, as a recompute would. With `dryRun`, missing claims
 * are only counted.
 */
export async function membersOf(
  table: Table,
  id: string,
  candidates: readonly string[],
  dryRun: boolean,
): Promise<Members> {
  const known = new Map<string, OrderRecord | null>();
  const unclaimed: UnclaimedOrder[] = [];
  const recordOf = async (orderId: string) => {
    const record = known.has(orderId) ? (known.get(orderId) ?? null) : await readOrder(table, orderId);
    known.set(orderId, record);
    return record;
  };
  const queue = [...candidates];
  const followed = new Set<string>();
  for (let orderId = queue.shift(); orderId !== undefined; orderId = queue.shift()) {
    const record = await recordOf(orderId);
    if (!record || homeOf(record) !== id || followed.has(orderId)) continue;
    followed.add(orderId);
    for (const [listed, claim] of listedClaims(record.id, record.listings)) {
      const held = await recordOf(listed);
      if (lacksClaim(held, claim)) {
        unclaimed.push({ order_id: listed, transaction_id: claim.transaction_id });
        known.set(listed, await withClaim(table, listed, held, claim, dryRun));
      }
      queue.push(listed);
    }
  }
  const records = [...known.values()].filter((record) => record !== null);
  return {
    records: records.filter((record) => homeOf(record) === id),
    strangers: records.filter((record) => homeOf(record) !== id),
    unclaimed,
  };
}

/** Whether a recompute would write the claim. An order with an own claim needs no listed one. */
function lacksClaim(held: OrderRecord | null, { rank }: Claim): boolean {
  if (held?.claims.own) return false;
  return (held?.claims.listed?.rank ?? '') < rank;
}

async function withClaim(
  table: Table,
  orderId: string,
  held: OrderRecord | null,
  claim: Claim,
  dryRun: boolean,
): Promise<OrderRecord | null> {
  if (!dryRun) {
    await writeListedClaim(table, orderId, claim);
    return readOrder(table, orderId);
  }
  const record = held ?? readOrderItem({ ...orderKey(orderId), version: 0 });
  return {
    ...record,
    claims: { ...record.claims, listed: claim },
    claimedBy: [...new Set([...record.claimedBy, claim.transaction_id])].sort(),
    version: record.version + 1,
  };
}
