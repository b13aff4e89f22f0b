import type { Transaction, TransactionOrder } from '../api/answers.ts';
import { Identifier } from '../components/identifier.tsx';
import { CriticalTag } from '../critical-results/critical-tag.tsx';
import { isTagged } from '../redraw/open-redraw.ts';
import { RedrawTag } from '../redraw/redraw-tag.tsx';
import { interpretationOf } from '../results/markers.ts';
import { humanize, statusDetailText } from '../wording/status.ts';

/** The orders of a transaction in a table cell: origin, ID, status and tag. */
export function OrderList({ transaction }: { transaction: Transaction }) {
  return (
    <ul className="orders">
      {transaction.orders.map((order) => (
        <li key={order.id}>
          <span className="orders-origin">{originText(order.origin)}</span>
          <Identifier id={order.id} of={`${originText(order.origin).toLowerCase()} order`} short />
          <span className="aside">{statusOf(order)}</span>
          {order.critical_result && (
            <span className="orders-tag">
              <CriticalTag state={order.critical_result} />
            </span>
          )}
          {isTagged(order, transaction) && (
            <span className="orders-tag">
              <RedrawTag redraw={transaction.redraw} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The status, why, and Junction's summary of the results if the stage keeps it. */
function statusOf({ low_level_status, status_detail, interpretation }: TransactionOrder): string {
  const summary = interpretationOf(interpretation)?.text;
  return [
    humanize(low_level_status),
    ...(status_detail ? [statusDetailText(status_detail)] : []),
    ...(summary ? [summary] : []),
  ].join(' · ');
}

/** Junction may not give an origin. */
function originText(origin: string | null): string {
  return origin === null ? 'Order' : humanize(origin);
}
