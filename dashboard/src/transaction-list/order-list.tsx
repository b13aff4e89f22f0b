import type { TransactionOrder } from '../api/answers.ts';
import { Identifier } from '../components/identifier.tsx';
import { humanize } from '../wording/status.ts';

/** The orders of a transaction in a table cell: origin, ID and status. */
export function OrderList({ orders }: { orders: readonly TransactionOrder[] }) {
  return (
    <ul className="orders">
      {orders.map(({ id, origin, low_level_status }) => (
        <li key={id}>
          <span className="orders-origin">{originText(origin)}</span>
          <Identifier id={id} of={`${originText(origin).toLowerCase()} order`} short />
          <span className="aside">{humanize(low_level_status)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Junction may not give an origin. */
function originText(origin: string | null): string {
  return origin === null ? 'Order' : humanize(origin);
}
