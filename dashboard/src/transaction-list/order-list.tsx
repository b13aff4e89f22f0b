import type { Transaction, TransactionOrder } from '../api/answers.ts';
import { Identifier } from '../components/identifier.tsx';
import { CriticalTag } from '../redraw/critical-tag.tsx';
import { isTagged } from '../redraw/open-redraw.ts';
import { RedrawTag } from '../redraw/redraw-tag.tsx';
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

/** The status, and why. The summary of the results has a column of its own. */
function statusOf({ low_level_status, status_detail }: TransactionOrder): string {
  return [humanize(low_level_status), ...(status_detail ? [statusDetailText(status_detail)] : [])].join(
    ' · ',
  );
}

/** Junction may not give an origin. */
function originText(origin: string | null): string {
  return origin === null ? 'Order' : humanize(origin);
}
