import { type Instant, latest } from '../instant.ts';
import { greatest } from '../sort-keys.ts';
import type { Contributions, TransactionOrder } from './transaction-orders.ts';

/**
 * Junction's own status of a transaction, as the payloads of its orders report it, and whether it covers the transaction: it
 * knows every fact stored here, and every order that it lists is held here.
 */
export interface ReportedStatus {
  readonly status: string;
  readonly covers: boolean;
  /** The time of the newest fact that it covers. */
  readonly asOf: Instant | null;
  /** The order whose payload reported it. */
  readonly reportedBy: string;
  /** The orders with facts that it does not cover. */
  readonly unaware: readonly string[];
  /** The orders that it lists and that are not held here. */
  readonly missing: readonly string[];
}

/** The report that counts among those of all orders; null if none has a status. */
export function reportedStatus(
  contributions: Contributions,
  orders: readonly TransactionOrder[],
): ReportedStatus | null {
  const held = new Set(orders.map(({ id }) => id));
  const reports = Object.entries(contributions).flatMap(([reportedBy, { report }]) => {
    if (!report || report.status === null) return [];
    const unaware = orders.filter(
      ({ id, low_level_status_created_at: at }) =>
        !Object.hasOwn(report.orders, id) || (report.orders[id] ?? '') < (at ?? ''),
    );
    const listed = Object.keys(report.orders);
    const missing = listed.filter((id) => !held.has(id));
    return [
      {
        status: report.status,
        covers: unaware.length + missing.length === 0,
        asOf: latest(Object.values(report.orders)),
        reportedBy,
        unaware: unaware.map(({ id }) => id),
        missing,
        listed: listed.length,
      },
    ];
  });
  return greatest(reports, (r) => [r.covers ? 1 : 0, r.asOf ?? '', r.listed, r.status, r.reportedBy]) ?? null;
}
