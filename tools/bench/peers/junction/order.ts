/** An order as Junction's webhooks report it, without anything about the patient. Times are as in `toISOString`. */
export interface Order {
  readonly id: string;
  readonly transaction_id: string | null;
  readonly user_id: string | null;
  readonly origin: string | null;
  readonly parent_id: string | null;
  /** The last part of the status of the newest event, such as `redraw_available`. */
  readonly status: string | null;
  /** The time of the newest event. */
  readonly status_at: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly has_missing_results: boolean | null;
  readonly expected_result_by_date: string | null;
  readonly worst_case_result_by_date: string | null;
  readonly events: readonly OrderEvent[];
  /** The orders of its transaction, itself included. */
  readonly listed: readonly ListedOrder[];
}

export interface OrderEvent {
  readonly id: number;
  readonly created_at: string;
  readonly status: string;
}

export type ListedOrder = Pick<Order, 'id' | 'origin' | 'parent_id' | 'status' | 'status_at' | 'created_at'>;

type Fields = Record<string, unknown>;

/** The order in a webhook; null for other events. */
export function readOrder(body: string): Order | null {
  const payload = JSON.parse(body) as Fields;
  const type = payload.event_type;
  if (typeof type === 'string' && !/^labtest\.order\.|^order_status_updated$/.test(type)) return null;
  const data = (payload.data ?? payload) as Fields;
  if (typeof data.id !== 'string' || !('order_transaction' in data || 'events' in data)) return null;
  return orderFrom({ ...data, user_id: data.user_id ?? payload.user_id });
}

/** An order as Junction's API answers it. */
export function orderFrom(data: Fields): Order {
  const id = String(data.id);
  const transaction = (data.order_transaction ?? {}) as { id?: string; orders?: Fields[] };
  const listed = (transaction.orders ?? []).map(readListed);
  const events = readEvents((data.events ?? []) as Fields[]);
  return {
    id,
    transaction_id: transaction.id ?? null,
    user_id: text(data.user_id),
    origin: text(data.origin),
    parent_id: text(data.parent_id),
    ...newest(
      events,
      listed.find((entry) => entry.id === id),
    ),
    created_at: time(data.created_at),
    updated_at: time(data.updated_at),
    has_missing_results: (data.has_missing_results ?? null) as boolean | null,
    expected_result_by_date: text(data.expected_result_by_date),
    worst_case_result_by_date: text(data.worst_case_result_by_date),
    events,
    listed,
  };
}

/** All events of both, and everything else of the one that was updated last. */
export function merge(stored: Order, arrived: Order): Order {
  const later = arrived.updated_at >= stored.updated_at ? arrived : stored;
  const byId = new Map([...stored.events, ...arrived.events].map((event) => [event.id, event]));
  const events = [...byId.values()].sort(byTime);
  const entry = later.listed.find(({ id }) => id === later.id);
  return {
    ...later,
    transaction_id: later.transaction_id ?? stored.transaction_id ?? arrived.transaction_id,
    events,
    ...newest(events, entry),
  };
}

/** Sorted by time. Events of the same time stay in Junction's order. */
function readEvents(events: readonly Fields[]): OrderEvent[] {
  return events
    .map(({ id, created_at, status }) => ({
      id: Number(id),
      created_at: time(created_at),
      status: String(status),
    }))
    .sort(byTime);
}

/** The status by the events, or else by the entry of the order in the list of its transaction. */
function newest(
  events: readonly OrderEvent[],
  entry: ListedOrder | undefined,
): Pick<Order, 'status' | 'status_at'> {
  const last = events.at(-1);
  if (last) return { status: last.status.split('.').at(-1) ?? null, status_at: last.created_at };
  return { status: entry?.status ?? null, status_at: entry?.status_at ?? '' };
}

function byTime(a: OrderEvent, b: OrderEvent): number {
  return a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0;
}

/** The webhook and the API name the two fields differently. */
function readListed(entry: Fields): ListedOrder {
  return {
    id: String(entry.id),
    origin: text(entry.origin),
    parent_id: text(entry.parent_id),
    status: text(entry.low_level_status ?? entry.last_status),
    status_at: time(entry.low_level_status_created_at ?? entry.last_status_created_at),
    created_at: time(entry.created_at),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A time without a zone is UTC. The empty string, which sorts first, if there is none. */
function time(value: unknown): string {
  if (typeof value !== 'string') return '';
  return new Date(/Z$|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`).toISOString();
}
