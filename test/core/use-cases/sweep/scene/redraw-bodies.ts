/** Minimal webhooks about one transaction with a redraw: order 1 is the initial order, order 2 its redraw. */
import {
  appointment,
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../../tools/verification/oracle/reading/spelling.ts';

export const TRANSACTION = transactionId(1);
export const INITIAL = orderId(1);
export const REDRAW = orderId(2);

type Moment = readonly [low: string, at: string];

/** The time of redraw_available of the initial order. */
export const AVAILABLE_AT = march(5, '10:00:00');
/** The creation time of the redraw order. */
export const ORDERED_AT = march(5, '10:00:05');

function eventsOf(moments: readonly Moment[], firstId: number): Json[] {
  return moments.map(([low, at], index) => event(firstId + index, low, at));
}

export function initialAvailable(fields: Json = {}): Json {
  const entry = listed(1, 'redraw_available', AVAILABLE_AT, { created_at: march(1) });
  return walkIn(
    1,
    eventsOf(
      [
        ['ordered', march(1)],
        ['requisition_created', march(2)],
        ['redraw_available', AVAILABLE_AT],
      ],
      1,
    ),
    { has_missing_results: true, order_transaction: transaction(1, 'active', [entry]), ...fields },
  );
}

/** The initial order after the given statuses, without a redraw. Junction reports the transaction as active. */
export function initialAt(moments: readonly Moment[]): Json {
  const [low, at] = moments.at(-1) ?? ['ordered', march(1)];
  const entry = listed(1, low, at, { created_at: march(1) });
  return walkIn(1, eventsOf(moments, 1), {
    modality: 'testkit',
    updated_at: at,
    order_transaction: transaction(1, 'active', [entry]),
  });
}

/** The statuses after which Junction does nothing more. */
const OVER: ReadonlySet<string> = new Set(['completed', 'cancelled', 'sample_error']);

/** The redraw order after the given statuses; the first is usually `ordered`. */
export function redrawAt(moments: readonly Moment[], fields: Json = {}): Json {
  const [low, at] = moments.at(-1) ?? ['ordered', ORDERED_AT];
  const entries = [
    listed(1, 'redraw_available', AVAILABLE_AT, { created_at: march(1) }),
    listed(2, low, at, { origin: 'redraw', parent_id: INITIAL, created_at: ORDERED_AT }),
  ];
  return walkIn(2, eventsOf(moments, 20), {
    origin: 'redraw',
    parent_id: INITIAL,
    created_at: ORDERED_AT,
    updated_at: at,
    order_transaction: transaction(1, OVER.has(low) ? 'completed' : 'active', entries),
    ...fields,
  });
}

export const ORDERED: Moment = ['ordered', ORDERED_AT];
export const REQUISITION: Moment = ['requisition_created', march(5, '14:00:00')];

/** A booking of the redraw order; `changedAt` is the time of its last change. */
export function booking(n: number, startAt: string | null, changedAt: string, fields: Json = {}): Json {
  return {
    event_type: 'labtest.appointment.updated',
    data: appointment(n, 2, {
      start_at: startAt,
      end_at: null,
      order_transaction_id: TRANSACTION,
      events: [{ created_at: changedAt, status: 'scheduled' }],
      ...fields,
    }),
  };
}
