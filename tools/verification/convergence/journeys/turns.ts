/** Orders whose course changes: recreated, reinstated, corrected, or with two final statuses in one second. */
import { event, listed, march, orderId, walkIn } from '../../oracle/bodies.ts';
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
  requisition,
  within,
} from './journey-parts.ts';

export const TURNS: SmallJourney[] = [
  journey(
    'recreations, including a recreation of a recreation and one without a parent',
    walkIn(
      1,
      [ordered, event(2, 'cancelled', march(3))],
      within('cancelled', listed(1, 'cancelled', march(3))),
    ),
    walkIn(2, [event(11, 'ordered', march(4))], {
      origin: 'recreation',
      ...within(
        'active',
        listed(1, 'cancelled', march(3)),
        listed(2, 'ordered', march(4), { parent_id: orderId(1) }),
      ),
    }),
    walkIn(3, [event(21, 'ordered', march(6))], { origin: null, parent_id: orderId(2), ...within('active') }),
    walkIn(3, [event(21, 'ordered', march(6)), event(22, 'redraw_available', march(8))], {
      origin: null,
      parent_id: orderId(2),
      ...within('active'),
    }),
    walkIn(4, [event(31, 'ordered', march(9))], { origin: 'redraw', ...within('active') }),
    walkIn(5, [event(41, 'completed', march(12))], { origin: 'recreation', ...within('completed') }),
  ),
  journey(
    'reinstated twice after a cancellation',
    walkIn(
      1,
      [ordered, event(2, 'cancelled', march(3))],
      within('cancelled', listed(1, 'cancelled', march(3))),
    ),
    walkIn(
      1,
      [ordered, event(2, 'cancelled', march(3)), event(3, 'requisition_created', march(4))],
      within('active', listed(1, 'requisition_created', march(4))),
    ),
    walkIn(1, [ordered, event(4, 'do_not_process', march(5))], within('cancelled')),
    walkIn(
      1,
      [event(5, 'partial_results', march(6)), event(4, 'do_not_process', march(5))],
      within('active'),
    ),
    walkIn(1, [event(5, 'partial_results', march(6)), available], within('active', initialListed)),
    walkIn(
      1,
      [available, event(6, 'cancelled', march(8))],
      within('cancelled', listed(1, 'cancelled', march(8))),
    ),
  ),
  journey(
    'corrected, reopened and recovered',
    walkIn(1, [ordered, event(2, 'sample_error', march(3))], within('completed')),
    walkIn(
      1,
      [ordered, event(2, 'sample_error', march(3)), event(3, 'completed', march(4))],
      within('completed'),
    ),
    walkIn(1, [event(3, 'completed', march(4)), event(4, 'corrected', march(5))], {
      ...within('completed', listed(1, 'corrected', march(5))),
      has_missing_results: true,
    }),
    walkIn(
      1,
      [event(4, 'corrected', march(5)), event(5, 'redraw_available', march(6))],
      within('active', initialListed),
    ),
    redrawOrder([redrawOrdered, redrawCompleted], within('completed', redrawListed('completed', march(12)))),
    redrawOrder([redrawCompleted, event(14, 'partial_results', march(14))], within('active')),
  ),
  journey(
    'cancelled and completed in the same second',
    walkIn(
      1,
      [ordered, event(3, 'completed', march(5))],
      within('completed', listed(1, 'completed', march(5))),
    ),
    walkIn(
      1,
      [ordered, event(2, 'cancelled', march(5))],
      within('cancelled', listed(1, 'cancelled', march(5))),
    ),
    walkIn(1, [event(2, 'cancelled', march(5)), ordered, event(3, 'completed', march(5))], within('active')),
    redrawOrder(
      [event(10, 'cancelled', march(7)), event(9, 'completed', march(7))],
      within(null, listed(1, 'lost', march(5))),
    ),
    redrawOrder(
      [event(9, 'completed', march(7)), event(10, 'cancelled', march(7))],
      within(null, listed(1, 'sample_error', march(5))),
    ),
    redrawOrder(
      [event(9, 'completed', march(7)), event('x1', 'lost', march(7))],
      within('cancelled', redrawListed('cancelled', march(7))),
    ),
  ),
  journey(
    'a status newer than the events, and one that contradicts them',
    walkIn(1, [], { status: 'received', ...within('active', listed(1, 'ordered', march(1))) }),
    walkIn(1, [ordered], within('active', listed(1, 'partial_results', march(5)))),
    walkIn(1, [], {
      ...within('active', {
        id: orderId(1),
        last_status: 'redraw_available',
        last_status_created_at: march(6),
      }),
    }),
    walkIn(1, [ordered, requisition], { ...within('completed', listed(1, 'testkit_registered', march(2))) }),
    redrawOrder([], { status: 'collecting_sample', ...within(null, redrawListed('registered', march(7))) }),
    redrawOrder([], {
      last_event: { ...redrawOrdered, status: 'received' },
      ...within('active', initialListed),
    }),
  ),
  journey(
    'orders that are their own ancestors',
    walkIn(1, [ordered], { origin: 'recreation', parent_id: orderId(2), ...within('active') }),
    walkIn(2, [ordered, requisition], { origin: 'recreation', parent_id: orderId(1), ...within('active') }),
    walkIn(3, [event(21, 'cancelled', march(6))], {
      origin: null,
      parent_id: orderId(3),
      ...within('active'),
    }),
    walkIn(1, [ordered, available], { origin: 'recreation', parent_id: orderId(3), ...within('active') }),
    walkIn(4, [ordered], { parent_id: orderId(4) }),
  ),
];
