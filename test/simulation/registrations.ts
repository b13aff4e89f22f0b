/** Registrations as the oracle, which knows of none, can be told of them: as appointments that name a transaction. */
import type { ProductState } from '../convergence/product.ts';
import type { Attributes } from '../memory/expressions.ts';
import { appointment, delivered, enveloped } from '../oracle/bodies.ts';
import type { Delivery } from '../oracle/facts.ts';
import { registeredIn } from './operator.ts';

const NAMELESS = {
  status: null,
  event_status: null,
  start_at: null,
  end_at: null,
  iana_timezone: null,
  provider: null,
};

const isRegistered = ({ sk, registered }: Attributes) => sk === 'ORDER' && registered !== undefined;
const orderOf = ({ pk }: Attributes) => String(pk).slice('ORDER#'.length);
const standIn = (order: string) => appointment(9_999, Number(order.slice(-4)), { ...NAMELESS, events: [] });

/** What was registered, out of the items. */
export function registrations(items: readonly Attributes[]): Delivery[] {
  return items.filter(isRegistered).map((item) => {
    const order = orderOf(item);
    const visit = { ...standIn(order), order_transaction_id: registeredIn(order) };
    return delivered(enveloped(visit, { event_type: 'labtest.appointment.created' }));
  });
}

/** The state with the appointments that stand for registrations. */
export function withStandIns(state: ProductState, items: readonly Attributes[]): ProductState {
  const orders = new Map(state.orders);
  for (const order of items.filter(isRegistered).map(orderOf)) {
    const shown = orders.get(order) as { appointments: object[] } | undefined;
    const { id } = standIn(order);
    if (shown) orders.set(order, { ...shown, appointments: [...shown.appointments, { id, ...NAMELESS }] });
  }
  return { ...state, orders };
}
