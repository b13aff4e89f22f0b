/** Journeys in which the transaction of an order is reported late, by other orders, or twice. */
import { event, listed, march, orderId, transaction, walkIn } from '../../oracle/bodies.ts';
import type { SmallJourney } from './journey-parts.ts';
import {
  available,
  initialListed,
  journey,
  ordered,
  redrawCompleted,
  redrawListed,
  redrawOrder,
  redrawOrdered,
  redrawRequisition,
  requisition,
  within,
} from './journey-parts.ts';

export const MEMBERSHIP_JOURNEYS: SmallJourney[] = [
  journey(
    'an order without a transaction names it later',
    walkIn(1, [ordered]),
    walkIn(1, [ordered, requisition], { order_transaction: null }),
    walkIn(1, [ordered, requisition, available], within('active', initialListed)),
    redrawOrder([redrawOrdered]),
    redrawOrder(
      [redrawOrdered, redrawRequisition],
      within('active', redrawListed('requisition_created', march(8))),
    ),
    redrawOrder([redrawOrdered, redrawRequisition, redrawCompleted]),
  ),
  journey(
    'another order lists an order that never names its transaction itself',
    walkIn(1, [ordered]),
    walkIn(1, [ordered, available]),
    redrawOrder([redrawOrdered], within('active', listed(1, 'partial_results', march(5)))),
    redrawOrder(
      [redrawOrdered, redrawRequisition],
      within('active', initialListed, redrawListed(null, null)),
    ),
    walkIn(3, [event(21, 'ordered', march(10))], { origin: null }),
    walkIn(4, [event(31, 'ordered', march(11))], {
      origin: 'redraw',
      ...within(null, listed(3, 'cancelled', march(12), { origin: null })),
    }),
  ),
  journey(
    'two transactions claim the same orders',
    walkIn(1, [ordered], { order_transaction: transaction(2, 'active', [listed(1, 'ordered', march(1))]) }),
    walkIn(1, [ordered, available], within('active', initialListed, redrawListed('ordered', march(7)))),
    redrawOrder([redrawOrdered], { order_transaction: transaction(2, 'active', [initialListed]) }),
    redrawOrder([redrawOrdered, redrawCompleted], {
      order_transaction: transaction(3, 'completed', [initialListed]),
    }),
    walkIn(3, [event(21, 'ordered', march(10))], { origin: 'redraw' }),
    walkIn(4, [event(31, 'ordered', march(11))], {
      order_transaction: transaction(3, null, [listed(3, 'cancelled', march(12))]),
    }),
  ),
  journey(
    'an order is listed in another transaction between two lists of the same one',
    redrawOrder([redrawOrdered]),
    walkIn(1, [ordered, available], within('active', initialListed, redrawListed('ordered', march(7)))),
    walkIn(
      1,
      [ordered, available],
      within('active', initialListed, redrawListed('requisition_created', march(11))),
    ),
    walkIn(3, [event(21, 'ordered', march(2))], {
      order_transaction: transaction(2, 'active', [redrawListed('partial_results', march(9))]),
    }),
  ),
  journey(
    'the newest snapshot no longer names its transaction',
    walkIn(1, [ordered], within('active', listed(1, 'ordered', march(1)))),
    walkIn(
      1,
      [ordered, requisition, available],
      within('active', initialListed, redrawListed('ordered', march(7))),
    ),
    walkIn(1, [ordered, requisition, available], { origin: null, updated_at: march(9) }),
    redrawOrder(
      [redrawOrdered, redrawCompleted],
      within('completed', initialListed, redrawListed('completed', march(12))),
    ),
    redrawOrder([redrawOrdered, redrawCompleted, event(14, 'corrected', march(13))], {
      parent_id: orderId(1),
    }),
    { event_type: 'order_status_updated', data: walkIn(1, [ordered, requisition, available]) },
  ),
];
