import type { ReportedMarkers } from '../../domain/order/order-record.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import type { Table } from '../table.ts';
import { changeOrder } from './change-order.ts';

/** Stores which markers are missing from an order's results, unless a report on a later state of the order is stored. */
export async function writeReportedMarkers(
  table: Table,
  orderId: string,
  reported: ReportedMarkers,
): Promise<WriteOutcome> {
  const held = await changeOrder(
    table,
    orderId,
    { by: 'api', replace: { told_markers: reported } },
    {
      condition: 'attribute_not_exists(#reported) OR #reported.#as_of < :as_of',
      names: { '#reported': 'told_markers', '#as_of': 'as_of' },
      values: { ':as_of': reported.as_of },
    },
  );
  return held === null ? 'applied' : 'duplicate';
}
