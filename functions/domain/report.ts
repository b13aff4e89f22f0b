import { latest } from './instant.ts';
import { greatest } from './ordering.ts';
import type { Contributions, TransactionOrder } from './transaction-orders.ts';

/** Junction's own status of a transaction, and whether it was said knowing all that we hold. */
export interface JunctionsWord {
  readonly status: string;
  readonly covers: boolean;
}

/** The report that counts among all the orders' payloads brought; null where none says a status. */
export function junctionsWord(
  contributions: Contributions,
  orders: readonly TransactionOrder[],
): JunctionsWord | null {
  const reports = Object.values(contributions).flatMap(({ report }) => {
    if (!report || report.status === null) return [];
    const covers = orders.every(
      ({ id, low_level_status_created_at: held }) =>
        Object.hasOwn(report.orders, id) && (report.orders[id] ?? '') >= (held ?? ''),
    );
    const asOf = latest(Object.values(report.orders)) ?? '';
    return [{ status: report.status, covers, asOf, listed: Object.keys(report.orders).length }];
  });
  return greatest(reports, (r) => [r.covers ? 1 : 0, r.asOf, r.listed, r.status]) ?? null;
}
