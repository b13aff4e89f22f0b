import { type Instant, latest } from '../instant.ts';
import { greatest } from '../sort-keys.ts';
import type { Contributions, TransactionOrder } from './transaction-orders.ts';

/** Junction's own status of a transaction, as the payloads of its orders report it, and whether it covers every fact stored here. */
export interface ReportedStatus {
  readonly status: string;
  readonly covers: boolean;
  /** The time of the newest fact that it covers. */
  readonly asOf: Instant | null;
  /** The order whose payload reported it. */
  readonly reportedBy: string;
  /** The orders with facts that it does not cover. */
  readonly unaware: readonly string[];
}

/** The report that counts among those of all orders; null if none has a status. */
export function reportedStatus(
  contributions: Contributions,
  orders: readonly TransactionOrder[],
): ReportedStatus | null {
  const reports = Object.entries(contributions).flatMap(([reportedBy, { report }]) => {
    if (!report || report.status === null) return [];
    const unaware = orders.filter(
      ({ id, low_level_status_created_at: held }) =>
        !Object.hasOwn(report.orders, id) || (report.orders[id] ?? '') < (held ?? ''),
    );
    return [
      {
        status: report.status,
        covers: unaware.length === 0,
        asOf: latest(Object.values(report.orders)),
        reportedBy,
        unaware: unaware.map(({ id }) => id),
        listed: Object.keys(report.orders).length,
      },
    ];
  });
  return greatest(reports, (r) => [r.covers ? 1 : 0, r.asOf ?? '', r.listed, r.status, r.reportedBy]) ?? null;
}
