import type { Random } from '../random.ts';
import { DOCUMENTED_TIME, HOUR, instantOf, spellTime, type TimeSpelling } from '../time.ts';
import type { Moment } from '../world/ledger.ts';

/** How a webhook is written. Its facts are the same in every spelling that includes them. */
export interface Spelling {
  form: 'envelope' | 'event_and_data' | 'bare';
  eventType: 'documented' | 'order_status_updated';
  transaction: 'documented' | 'missing' | 'null' | 'api_names' | 'null_statuses';
  status: 'documented' | 'null' | 'missing';
  lastEvent: 'documented' | 'missing';
  events: 'documented' | 'missing';
  /** `older` than the newest event, or `constant` since the creation. */
  updatedAt: 'documented' | 'older' | 'constant';
  time: TimeSpelling;
  enums: 'documented' | 'unknown';
  origin: 'documented' | 'null';
  fields: 'documented' | 'extra';
  /** The product guide implies that webhooks contain them; the API reference does not mention it. */
  missingResults: 'documented' | 'riding_along';
  /**
   * `ahead`: a clock that is hours ahead wrote it, so that the newest event is in the future. Used only if the order's
   * next event is later still, after which the date is correct again.
   */
  clock: 'documented' | 'ahead';
  /** A scheduled appointment that is still `pending`, as in the published example of a reschedule at home. */
  scheduled: 'confirmed' | 'pending';
}

export const DOCUMENTED: Spelling = {
  form: 'envelope',
  eventType: 'documented',
  transaction: 'documented',
  status: 'documented',
  lastEvent: 'documented',
  events: 'documented',
  updatedAt: 'documented',
  time: DOCUMENTED_TIME,
  enums: 'documented',
  origin: 'documented',
  fields: 'documented',
  missingResults: 'documented',
  clock: 'documented',
  scheduled: 'confirmed',
};

/**
 * A random spelling for a webhook. About half of them have at most one irregularity. `later` is a stream for what was
 * added later, so that it changes nothing else.
 */
export function mixedSpelling(random: Random, later: Random): Spelling {
  const odd = <T>(documented: T, ...variants: readonly T[]): T =>
    random.chance(0.12) ? random.pick(variants) : documented;
  return {
    form: random.weighted([
      ['envelope', 6],
      ['event_and_data', 2],
      ['bare', 2],
    ] as const),
    eventType: odd<Spelling['eventType']>('documented', 'order_status_updated'),
    transaction: odd<Spelling['transaction']>('documented', 'missing', 'null', 'api_names', 'null_statuses'),
    status: odd<Spelling['status']>('documented', 'null', 'missing'),
    lastEvent: odd<Spelling['lastEvent']>('documented', 'missing'),
    events: odd<Spelling['events']>('documented', 'missing'),
    updatedAt: odd<Spelling['updatedAt']>('documented', 'older', 'constant'),
    time: random.chance(0.5) ? DOCUMENTED_TIME : mixedTime(random),
    enums: odd<Spelling['enums']>('documented', 'unknown'),
    origin: odd<Spelling['origin']>('documented', 'null'),
    fields: odd<Spelling['fields']>('documented', 'extra'),
    missingResults: odd<Spelling['missingResults']>('documented', 'riding_along'),
    clock: odd<Spelling['clock']>('documented', 'ahead'),
    scheduled: later.chance(0.12) ? 'pending' : 'confirmed',
  };
}

/** The event type of the webhook, in Svix and in its envelope. */
export function spellEventType({ eventType }: Moment, spelling: Spelling): string {
  return eventType === 'labtest.order.updated' && spelling.eventType !== 'documented'
    ? spelling.eventType
    : eventType;
}

/** The body of a webhook about `moment` in this spelling. Parts that the spelling cannot express stay documented. */
export function spell(moment: Moment, spelling: Spelling): object {
  const isOrder = moment.eventType.startsWith('labtest.order.');
  const data = isOrder ? spellOrder(moment, spelling) : { ...(moment.body.data as Fields) };
  if ('event_status' in data) spellAppointment(data, spelling);
  if (spelling.fields === 'extra') Object.assign(data, EXTRA_FIELDS);
  const body = enveloped(moment, spellEventType(moment, spelling), data, spelling, isOrder);
  return respellTimes(body, spelling.time);
}

type Fields = Record<string, unknown>;
type OrderFields = Fields & {
  created_at: string;
  updated_at: string;
  events: { created_at: string }[];
  last_event: { created_at: string };
  order_transaction: { orders: Fields[] } & Fields;
};

const EXTRA_FIELDS = {
  clia_number: '05D0987654',
  collection_window: { opens_at: '08:00', closes_at: null },
  tags: ['beta', 7, null],
  schema_version: 12,
};

const API_NAMES: Record<string, string> = {
  low_level_status: 'last_status',
  low_level_status_created_at: 'last_status_created_at',
};

function enveloped(
  moment: Moment,
  eventType: string,
  data: Fields,
  spelling: Spelling,
  isOrder: boolean,
): Fields {
  // Only orders are documented without an envelope; nothing else could be recognized by its fields.
  if (spelling.form === 'bare' && isOrder) return data;
  if (spelling.form === 'event_and_data') return { event_type: eventType, data };
  return { ...moment.body, event_type: eventType, data };
}

function spellOrder(moment: Moment, spelling: Spelling): Fields {
  const order = structuredClone(moment.body.data) as OrderFields;
  if (spelling.clock === 'ahead') setClockAhead(order, moment);
  const updatedAt = spellUpdatedAt(order, moment, spelling.updatedAt);
  const spelled: Fields = { ...order, updated_at: updatedAt };
  if (spelling.enums === 'unknown') {
    Object.assign(spelled, {
      status: 'on_hold',
      interpretation: 'inconclusive',
      billing_type: 'sliding_scale',
    });
    order.order_transaction.status = 'under_review';
  }
  if (spelling.status === 'null') spelled.status = null;
  if (spelling.status === 'missing') delete spelled.status;
  spellTransaction(spelled, order, spelling.transaction);
  if (spelling.origin === 'null')
    dropOrigin(spelled, spelled.order_transaction as OrderFields['order_transaction']);
  spellEvents(spelled, order, spelling);
  if (spelling.missingResults === 'riding_along' && moment.missingResults) {
    spelled.missing_results = moment.missingResults;
  }
  return spelled;
}

const AHEAD = [5 * HOUR, 2 * HOUR];

function setClockAhead(order: OrderFields, moment: Moment): void {
  const next = moment.nextEventAt();
  const newest = order.events.at(-1);
  if (!moment.hasNewEvent || next === null || !newest) return;
  const right = newest.created_at;
  const ahead = AHEAD.map((by) => instantOf(right) + by).find((wrong) => wrong < next);
  if (ahead === undefined) return;
  const wrong = spellTime(ahead);
  const entry = order.order_transaction.orders.find(({ id }) => id === order.id);
  newest.created_at = wrong;
  order.last_event.created_at = wrong;
  order.updated_at = wrong;
  if (entry?.low_level_status_created_at === right) entry.low_level_status_created_at = wrong;
}

/** Only `updated_at` distinguishes a change without a new event from the previous webhook. */
function spellUpdatedAt(order: OrderFields, moment: Moment, spelling: Spelling['updatedAt']): string {
  if (spelling === 'documented' || !moment.hasNewEvent) return order.updated_at;
  if (spelling === 'constant') return order.created_at;
  return order.events.at(-2)?.created_at ?? order.created_at;
}

/** Keeps the list if events have the same time: only the list gives their order. */
function spellEvents(spelled: Fields, order: OrderFields, spelling: Spelling): void {
  const times = order.events.map((event) => event.created_at);
  if (spelling.events === 'missing' && new Set(times).size === times.length) delete spelled.events;
  else if (spelling.lastEvent === 'missing') delete spelled.last_event;
}

function spellTransaction(spelled: Fields, order: OrderFields, spelling: Spelling['transaction']): void {
  const transaction = order.order_transaction;
  if (spelling === 'missing') delete spelled.order_transaction;
  if (spelling === 'null') spelled.order_transaction = null;
  if (spelling === 'api_names') {
    spelled.order_transaction = { ...transaction, orders: transaction.orders.map(withApiNames) };
  }
  if (spelling === 'null_statuses') {
    const unknown = { low_level_status: null, low_level_status_created_at: null };
    spelled.order_transaction = {
      ...transaction,
      orders: transaction.orders.map((o) => ({ ...o, ...unknown })),
    };
  }
}

/** Null, without parents, as on orders older than redraws. The transaction still identifies a redraw. */
function dropOrigin(order: Fields, transaction: OrderFields['order_transaction'] | null | undefined): void {
  order.origin = null;
  if (!transaction) return;
  const orders = transaction.orders.map(({ origin, ...one }) => ({
    ...one,
    origin: origin === 'initial' ? null : origin,
    parent_id: null,
  }));
  order.order_transaction = { ...transaction, orders };
}

function spellAppointment(data: Fields, { transaction, enums, scheduled }: Spelling): void {
  if (data.event_status === 'scheduled') data.status = scheduled;
  if (transaction === 'missing') delete data.order_transaction_id;
  if (transaction === 'null') data.order_transaction_id = null;
  if (enums === 'unknown') {
    Object.assign(data, { status: 'waitlisted', event_status: 'awaiting_provider', provider: 'spinnaker' });
  }
}

function withApiNames(order: Fields): Fields {
  return Object.fromEntries(Object.entries(order).map(([name, value]) => [API_NAMES[name] ?? name, value]));
}

function mixedTime(random: Random): TimeSpelling {
  return {
    zone: random.pick(['Z', '+00:00', '-05:00', '+05:30', 'none']),
    separator: random.chance(0.25) ? ' ' : 'T',
    digits: random.pick([0, 3, 6]),
  };
}

const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function respellTimes<T>(value: T, spelling: TimeSpelling): T {
  if (typeof value === 'string') {
    return (DATETIME.test(value) ? spellTime(instantOf(value), spelling) : value) as T;
  }
  if (Array.isArray(value)) return value.map((item) => respellTimes(item, spelling)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, respellTimes(item, spelling)]),
  ) as T;
}
