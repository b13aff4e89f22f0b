import type { Appointment, Order, Transaction } from '../api/answers.ts';
import { type LearnedFrom, lowLevel, type OrderEntry } from './entries.ts';

type Explanation = NonNullable<Transaction['explanation']>;
type OrderEvent = Order['events'][number];

/** The entries of one order. `order` is its record, null if there is none. */
export function orderEntries(transaction: Transaction, orderId: string, order: Order | null): OrderEntry[] {
  const own = order ? ownEntries(order, transaction.explanation) : [];
  const heard = heardEntries(orderId, own, transaction.explanation);
  const entries = [...own, ...heard];
  const created = transaction.orders.find(({ id }) => id === orderId)?.created_at;
  // Nothing else is known about this order.
  if (entries.length === 0 && created) {
    return [{ kind: 'created', key: `created ${orderId}`, orderId, at: created }];
  }
  return entries;
}

function ownEntries(order: Order, explanation: Explanation | undefined): OrderEntry[] {
  const orderId = order.id;
  const missed = new Set(
    explanation?.missed
      .filter(({ order_id }) => order_id === orderId)
      .map(({ event_id, created_at, status }) => keyOf(event_id, created_at, status)),
  );
  return [
    ...(order.registered_at === null ? [] : [registered(orderId, order.registered_at)]),
    ...order.events.map((event): OrderEntry => {
      const key = keyOf(String(event.id), event.created_at, event.status);
      return {
        kind: 'event',
        key: `event ${orderId} ${key}`,
        orderId,
        at: event.created_at,
        status: event.status,
        detail: event.status_detail,
        learned: learned(event, missed.has(key)),
        learnedAt: event.learned_at,
      };
    }),
    ...order.critical_results.map(
      ({ status, updated_at }): OrderEntry => ({
        kind: 'critical_result',
        key: `critical ${orderId} ${updated_at} ${status}`,
        orderId,
        at: updated_at,
        status,
        learned: { how: 'webhook' },
      }),
    ),
    ...order.match_reviews.map(
      ({ id, closed_at }): OrderEntry => ({
        kind: 'match_review',
        key: `match review ${id}`,
        orderId,
        at: closed_at,
        learned: { how: 'webhook' },
      }),
    ),
    ...order.appointments.flatMap((appointment): OrderEntry[] => {
      const at = placeOf(appointment, order);
      return at === null
        ? []
        : [{ kind: 'appointment', key: `appointment ${appointment.id}`, orderId, at, appointment }];
    }),
  ];
}

/** An appointment without a start is placed at its last change; without that, at the start of its order. */
function placeOf({ start_at, updated_at }: Appointment, { created_at, events }: Order): string | null {
  return start_at ?? updated_at ?? created_at ?? events[0]?.created_at ?? null;
}

/** `missed`: its own webhook never arrived. */
function learned({ learned_from: from }: OrderEvent, missed: boolean): LearnedFrom {
  if (from === 'api') return { how: 'api', unreported: missed };
  if (!missed) return { how: 'webhook' };
  return { how: from === null ? 'unreported' : 'later_webhook' };
}

function registered(orderId: string, at: string): OrderEntry {
  const learned: LearnedFrom = { how: 'registration' };
  return { kind: 'registered', key: `registered ${orderId}`, orderId, at, learned };
}

/** Statuses from the payloads of other orders that the order's own events don't have. */
function heardEntries(
  orderId: string,
  own: readonly OrderEntry[],
  explanation: Explanation | undefined,
): OrderEntry[] {
  const explained = explanation?.orders.find(({ id }) => id === orderId);
  if (!explained) return [];
  const told = own.flatMap((entry) =>
    entry.kind === 'event' ? [`${entry.at} ${lowLevel(entry.status)}`] : [],
  );
  const known = new Set(told);
  return [...(explained.newest ? [explained.newest] : []), ...explained.lost].flatMap((fact) => {
    const { source, at, low_level_status: status, reported_by: from } = fact;
    if (source !== 'heard' || at === null || status === null || known.has(`${at} ${status}`)) return [];
    return [
      {
        kind: 'event' as const,
        key: `heard ${orderId} ${at} ${status}`,
        orderId,
        at,
        status,
        detail: null,
        learned: { how: 'sibling' as const, from },
        learnedAt: null,
      },
    ];
  });
}

function keyOf(id: string, at: string, status: string): string {
  return `${id} ${at} ${status}`;
}
