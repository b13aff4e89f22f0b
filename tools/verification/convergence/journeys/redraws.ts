/** Redraws that go as documented, and others that do not. */
import { enveloped, event, listed, march, orderId, walkIn } from '../../oracle/bodies.ts';
import type { SmallJourney } from './journey-parts.ts';
import {
  available,
  initialListed,
  journey,
  ordered,
  partial,
  redrawCompleted,
  redrawListed,
  redrawOrder,
  redrawOrdered,
  redrawRequisition,
  requisition,
  within,
} from './journey-parts.ts';

export const REDRAWS: SmallJourney[] = [
  journey(
    'a redraw from order to result',
    enveloped(walkIn(1, [ordered], within('active', listed(1, 'ordered', march(1))))),
    enveloped(
      walkIn(1, [ordered, requisition], within('active', listed(1, 'requisition_created', march(2)))),
    ),
    enveloped(
      walkIn(1, [ordered, requisition, partial, available], {
        ...within('active', initialListed, redrawListed('ordered', march(7))),
        has_missing_results: true,
        missing_results: [
          {
            name: 'HDL',
            slug: 'hdl',
            inferred_failure_type: 'quantity_not_sufficient_failure',
            loinc: '2085-9',
          },
        ],
      }),
    ),
    enveloped(
      redrawOrder([redrawOrdered], within('active', initialListed, redrawListed('ordered', march(7)))),
    ),
    enveloped(
      redrawOrder([redrawOrdered, redrawRequisition], {
        ...within('active', initialListed, redrawListed('requisition_created', march(8))),
        updated_at: march(9),
        expected_result_by_date: '2026-03-14',
        worst_case_result_by_date: '2026-03-20T00:00:00+0000',
      }),
    ),
    enveloped(
      redrawOrder([redrawOrdered, redrawRequisition, redrawCompleted], {
        ...within('completed', initialListed, redrawListed('completed', march(12))),
        has_missing_results: false,
      }),
    ),
  ),
  journey(
    'the redraw arrives before the event that caused it',
    walkIn(1, [ordered, requisition], within('active', listed(1, 'requisition_created', march(2)))),
    redrawOrder(
      [redrawOrdered],
      within('active', listed(1, 'partial_results', march(5)), redrawListed(null, null)),
    ),
    redrawOrder(
      [redrawOrdered, redrawRequisition],
      within('active', initialListed, redrawListed('requisition_created', march(8))),
    ),
    walkIn(1, [ordered, requisition, partial], within('active', listed(1, 'partial_results', march(5)))),
    walkIn(1, [ordered, requisition, partial, available], within('active', initialListed)),
    redrawOrder([redrawOrdered, event(12, 'cancelled', march(9))], within(null, initialListed)),
  ),
  journey(
    'only the redraw sends webhooks',
    redrawOrder([redrawOrdered], within('active', initialListed, redrawListed('ordered', march(7)))),
    redrawOrder(
      [redrawOrdered, redrawRequisition],
      within('active', listed(1, null, null), redrawListed('requisition_created', march(8))),
    ),
    redrawOrder(
      [redrawOrdered, redrawRequisition, redrawCompleted],
      within('completed', initialListed, redrawListed('completed', march(12))),
    ),
    redrawOrder(
      [redrawOrdered, redrawRequisition, redrawCompleted, event(14, 'corrected', march(13))],
      within('completed', listed(1, 'corrected', march(13)), redrawListed('corrected', march(13))),
    ),
    redrawOrder(
      [redrawOrdered],
      within('active', listed(1, 'partial_results', march(5)), redrawListed(null, null)),
    ),
  ),
  journey(
    'a second redraw',
    walkIn(1, [ordered, available], within('active', initialListed, redrawListed('ordered', march(7)))),
    redrawOrder([redrawOrdered, event(12, 'sample_error', march(9))], within('completed', initialListed)),
    walkIn(3, [event(21, 'ordered', march(10))], {
      origin: 'redraw',
      created_at: march(10),
      parent_id: orderId(1),
      ...within('active'),
    }),
    walkIn(3, [event(21, 'ordered', march(10)), event(22, 'completed', march(15))], {
      origin: 'redraw',
      created_at: march(10),
      ...within(
        'completed',
        initialListed,
        redrawListed('sample_error', march(9)),
        listed(3, 'completed', march(15)),
      ),
    }),
    redrawOrder(
      [redrawOrdered, event(12, 'sample_error', march(9)), event(13, 'redraw_available', march(11))],
      within(null),
    ),
    walkIn(
      1,
      [ordered, available, event(5, 'completed', march(16))],
      within('completed', listed(2, 'lost', march(9))),
    ),
  ),
];
