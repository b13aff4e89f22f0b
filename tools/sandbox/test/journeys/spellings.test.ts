import { describe, expect, test } from 'vitest';
import { SCRIPTS } from '../../journeys/catalogue.ts';
import { type Journey, journey, journeys, type Snapshot } from '../../journeys/journeys.ts';

type Json = Record<string, unknown>;
interface Event {
  id: number;
  created_at: string;
  status: string;
}
interface Seen {
  snapshot: Snapshot;
  body: Json;
  /** The order, in any form of the body. */
  order: Json & { events?: Event[]; last_event?: Event };
  transaction: (Json & { orders: Json[] }) | null | undefined;
  text: string;
}

const mix = journeys(2025, 6 * SCRIPTS.length);

function orderIn({ payload }: Snapshot): Json | null {
  const body = payload as Json;
  const inner = (body.data ?? body) as Json;
  return 'patient_details' in inner ? inner : null;
}

const seen: Seen[] = mix.flatMap(({ snapshots }) =>
  snapshots.flatMap((snapshot) => {
    const order = orderIn(snapshot);
    if (!order) return [];
    const transaction = order.order_transaction as Seen['transaction'];
    const text = JSON.stringify(snapshot.payload);
    return [{ snapshot, body: snapshot.payload as Json, order, transaction, text }];
  }),
);

const statuses = ({ order }: Seen): string[] =>
  [...(order.events ?? []), order.last_event].flatMap((event) => (event ? [event.status] : []));
const hasStatus = (wanted: string) => (one: Seen) => statuses(one).includes(wanted);
const hasText = (pattern: RegExp) => (one: Seen) => pattern.test(one.text);
const DAY_AND_TIME = '"created_at":"\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d';

/** How many hours the newest event is ahead of its webhook. */
function hoursAhead({ at }: Snapshot, { events }: Seen['order']): number {
  const newest = events?.at(-1)?.created_at.replace(' ', 'T') ?? at;
  const isZoned = /Z|[+-]\d\d:\d\d$/.test(newest);
  return (Date.parse(isZoned ? newest : `${newest}Z`) - Date.parse(at)) / 3_600_000;
}

const IRREGULARITIES: Record<string, (one: Seen) => boolean> = {
  'an envelope with five fields': ({ body }) => Object.keys(body).length === 5 && 'client_user_id' in body,
  'an envelope with event_type and data only': ({ body }) => Object.keys(body).join() === 'event_type,data',
  'an order without an envelope': ({ body }) => 'patient_details' in body && !('event_type' in body),
  order_status_updated: ({ body }) => body.event_type === 'order_status_updated',
  'transaction missing': ({ order }) => !('order_transaction' in order),
  'transaction null': ({ transaction }) => transaction === null,
  'transaction with the names of the API': ({ transaction }) =>
    transaction?.orders.some((one) => 'last_status' in one && 'last_status_created_at' in one) === true,
  'transaction with null statuses': ({ transaction }) =>
    transaction?.orders.some((one) => one.low_level_status === null) === true,
  'status null': ({ order }) => order.status === null,
  'status missing': ({ order }) => !('status' in order),
  'last_event missing': ({ order }) => !('last_event' in order) && 'events' in order,
  'events missing, last_event present': ({ order }) => !('events' in order) && 'last_event' in order,
  'event ids not ascending': ({ order }) =>
    JSON.stringify(order.events?.slice(0, 5).map(({ id }) => id)) === '[1,2,33,4,5]',
  'two events at the same time': ({ order }) =>
    new Set(order.events?.map((event) => event.created_at)).size < (order.events?.length ?? 0),
  'the same status twice': ({ order }) =>
    new Set(order.events?.map((event) => event.status)).size < (order.events?.length ?? 0),
  'updated_at older than the newest event': ({ order }) =>
    (order.events?.length ?? 0) > 2 &&
    order.updated_at === order.events?.at(-2)?.created_at &&
    order.updated_at !== order.events?.at(-1)?.created_at,
  'updated_at constant': ({ order }) =>
    (order.events?.length ?? 0) > 2 && order.updated_at === order.created_at,
  'time with Z': hasText(/"created_at":"[^"]+Z"/),
  'time with +00:00': hasText(/"created_at":"[^"]+\+00:00"/),
  'time with another offset': hasText(/"created_at":"[^"]+(-05:00|\+05:30)"/),
  'time without a zone': hasText(new RegExp(`${DAY_AND_TIME}(\\.\\d+)?"`)),
  'three digits': hasText(new RegExp(`${DAY_AND_TIME}\\.\\d{3}[Z+"-]`)),
  'six digits': hasText(new RegExp(`${DAY_AND_TIME}\\.\\d{6}[Z+"-]`)),
  'no fraction': hasText(new RegExp(`${DAY_AND_TIME}[Z+"-]`)),
  'time with a space instead of T': hasText(/"created_at":"\d{4}-\d\d-\d\d \d\d/),
  'real microseconds': hasText(/"created_at":"[^"]+\.\d{3}(?!000)\d{3}/),
  'an unknown event status': ({ order }) =>
    statuses({ order } as Seen).some((s) => s.endsWith('.eligibility_verified')),
  'an unknown top-level status': ({ order }) => order.status === 'on_hold',
  'on-site draw while collecting': hasStatus('collecting_sample.on_site_collection.draw_completed'),
  'on-site draw with the lab': hasStatus('sample_with_lab.on_site_collection.draw_completed'),
  registered: hasStatus('received.testkit.registered'),
  testkit_registered: hasStatus('received.testkit.testkit_registered'),
  'client_user_id as free text': ({ body }) => String(body.client_user_id).startsWith('clinic'),
  'client_user_id as UUID': ({ body }) => /^[0-9a-f-]{36}$/.test(String(body.client_user_id)),
  'an unknown status of the transaction': ({ transaction }) => transaction?.status === 'under_review',
  'origin null': ({ order, transaction }) =>
    order.origin === null && transaction?.orders.some((one) => one.origin === null) === true,
  'a redraw without a parent': ({ transaction }) =>
    transaction?.orders.some((one) => one.origin === 'redraw' && one.parent_id === null) === true,
  'an initial order cancelled after redraw_available': ({ order }) =>
    order.events?.at(-2)?.status.endsWith('.redraw_available') === true &&
    order.events.at(-1)?.status.endsWith('.cancelled') === true,
  'both orders cancelled': ({ transaction }) =>
    transaction?.orders.length === 2 &&
    transaction.orders.every((one) => one.low_level_status === 'cancelled') &&
    transaction.status === 'cancelled',
  'undocumented fields': ({ order }) => 'clia_number' in order,
  missing_results: ({ order }) => Array.isArray(order.missing_results) && order.missing_results.length > 0,
  'an event in the future': ({ snapshot, order }) => hoursAhead(snapshot, order) >= 1.5,
  corrected: ({ order }) => /^completed\.\w+\.corrected$/.test(order.last_event?.status ?? ''),
  imported: ({ order }) => order.events?.[0]?.status.endsWith('.requisition_bypassed') === true,
};

test.each(Object.entries(IRREGULARITIES))('the mix has: %s', (_, occurs) => {
  expect(seen.filter(occurs).length).toBeGreaterThan(0);
});

const appointments = mix.flatMap(({ snapshots }) =>
  snapshots.flatMap(({ payload }) => {
    const body = payload as Json;
    const inner = (body.data ?? body) as Json;
    return 'event_status' in inner ? [inner] : [];
  }),
);

const APPOINTMENT_IRREGULARITIES: Record<string, (one: Json) => boolean> = {
  'order_transaction_id missing': (one) => !('order_transaction_id' in one),
  'order_transaction_id null': (one) => one.order_transaction_id === null,
  'unknown statuses': (one) => one.status === 'waitlisted' && one.event_status === 'awaiting_provider',
  'scheduled and still pending': (one) => one.status === 'pending' && one.event_status === 'scheduled',
};

test.each(Object.entries(APPOINTMENT_IRREGULARITIES))('the mix has appointments with: %s', (_, occurs) => {
  expect(appointments.filter(occurs).length).toBeGreaterThan(0);
});

test('every status of the four modalities is in the mix', () => {
  const anybodys = [
    'ordered',
    'requisition_created',
    'requisition_bypassed',
    'sample_error',
    'cancelled',
    'corrected',
  ];
  const booked = ['appointment_pending', 'appointment_scheduled', 'appointment_cancelled', 'partial_results'];
  const shipped = ['transit_customer', 'out_for_delivery', 'with_customer', 'problem_in_transit_customer'];
  const returned = ['transit_lab', 'problem_in_transit_lab', 'delivered_to_lab', 'lab_processing_blocked'];
  const undelivered = [
    'failure_to_deliver_to_customer',
    'failure_to_deliver_to_lab',
    'lost',
    'do_not_process',
  ];
  const lows = {
    walk_in_test: [...anybodys, ...booked, 'redraw_available', 'completed'],
    at_home_phlebotomy: [...anybodys, ...booked, 'draw_completed', 'completed'],
    on_site_collection: [...anybodys, 'draw_completed', 'partial_results', 'completed'],
    testkit: [
      ...anybodys,
      'awaiting_registration',
      'registered',
      'completed',
      ...shipped,
      ...returned,
      ...undelivered,
    ],
  };
  const wanted = Object.entries(lows).flatMap(([modality, all]) => all.map((low) => `${modality}.${low}`));
  const told = new Set(seen.flatMap(statuses).map((status) => status.slice(status.indexOf('.') + 1)));
  expect(wanted.filter((status) => !told.has(status))).toEqual([]);
});

test('some orders never name a transaction', () => {
  const never = mix.filter((one) => {
    const orders = one.snapshots.map(orderIn).filter((order) => order !== null);
    return orders.length > 1 && orders.every((order) => !order.order_transaction);
  });
  expect(never.length).toBeGreaterThan(0);
});

test('other webhooks are in the mix: appointments, critical results, match reviews, wearables', () => {
  const types = new Set(mix.flatMap(({ snapshots }) => snapshots.map(({ eventType }) => eventType)));
  for (const type of [
    'labtest.appointment.created',
    'labtest.appointment.updated',
    'labtest.result.critical',
    'labtest.match_review.created',
    'daily.data.activity.created',
  ]) {
    expect(types).toContain(type);
  }
});

describe('the facts do not depend on the spelling', () => {
  const factsOf = (one: Journey) =>
    one.snapshots
      .map(orderIn)
      .filter((order) => order !== null)
      .map(({ id, events }) => ({ id, ids: (events as Event[] | undefined)?.map((event) => event.id) }));

  test.each([
    { form: 'bare' },
    { eventType: 'order_status_updated' },
    { transaction: 'api_names' },
    { status: 'missing' },
    { lastEvent: 'missing' },
    { updatedAt: 'constant' },
    { enums: 'unknown' },
    { fields: 'extra' },
    { missingResults: 'riding_along' },
    { clock: 'ahead' },
    { scheduled: 'pending' },
    { time: { zone: '+05:30', separator: ' ', digits: 6 } },
  ] as const)('%o', (spelling) => {
    const documented = journey('redraw_completed', 6, { spelling: 'documented' });
    expect(factsOf(journey('redraw_completed', 6, { spelling }))).toEqual(factsOf(documented));
  });

  test('updated_at distinguishes a change without an event, in every spelling', () => {
    for (const updatedAt of ['older', 'constant'] as const) {
      const { snapshots } = journey('walk_in_completed', 6, { spelling: { updatedAt } });
      const orders = snapshots.map(orderIn);
      const change = orders.findIndex(
        (order, n) => n > 0 && eventsIn(order) === eventsIn(orders[n - 1] ?? null),
      );
      expect(change).toBeGreaterThan(0);
      expect(String(orders[change]?.updated_at) > String(orders[change - 1]?.updated_at)).toBe(true);
    }
  });

  const eventsIn = (order: Json | null): string => JSON.stringify(order?.events);
});

describe('a clock that is ahead', () => {
  const told = (clock: 'ahead' | 'documented') =>
    journey('redraw_completed', 6, { spelling: { clock } }).snapshots.flatMap((snapshot) => {
      const order = orderIn(snapshot) as Seen['order'] | null;
      return order ? [{ snapshot, order, events: order.events ?? [] }] : [];
    });

  test('dates the newest event hours ahead, everywhere in the webhook', () => {
    const wrong = told('ahead').filter(({ snapshot, order }) => hoursAhead(snapshot, order) > 1);
    expect(wrong.length).toBeGreaterThan(2);
    for (const { order, events } of wrong) {
      const { orders } = order.order_transaction as { orders: Json[] };
      const own = orders.find(({ id }) => id === order.id);
      const newest = events.at(-1)?.created_at;
      const dates = [order.last_event?.created_at, order.updated_at, own?.low_level_status_created_at];
      expect(dates).toEqual([newest, newest, newest]);
    }
  });

  test('never dates an event after the next one of its order, and dates the last one correctly', () => {
    const rightly = new Map<string, number>();
    for (const { order, events } of told('documented')) {
      for (const { id, created_at } of events) rightly.set(`${order.id} ${id}`, Date.parse(created_at));
    }
    const last = new Map<string, Event[]>();
    for (const { order, events } of told('ahead')) {
      const before = last.get(String(order.id)) ?? [];
      const following = events[before.length];
      const claimed = Date.parse(before.at(-1)?.created_at ?? '1970-01-01');
      if (following) expect(rightly.get(`${order.id} ${following.id}`)).toBeGreaterThan(claimed);
      last.set(String(order.id), events);
    }
    for (const [orderId, events] of last) {
      const newest = events.at(-1);
      expect(Date.parse(newest?.created_at ?? '')).toBe(rightly.get(`${orderId} ${newest?.id}`));
    }
  });
});

test('missing results equal those of the results API, and occur only if the order reports whether any are missing', () => {
  const { snapshots, known } = journey('redraw_completed', 6, {
    spelling: { missingResults: 'riding_along' },
  });
  const available = known.find(({ facts }) => facts.low === 'redraw_available');
  const orders = snapshots.map(orderIn).filter((order) => order !== null);
  const telling = orders.filter((order) => 'missing_results' in order);
  expect(telling[0]?.missing_results).toEqual(available?.results.order?.missing_results);
  expect(telling.at(-1)?.missing_results).toEqual([]);
  for (const order of orders) expect('missing_results' in order).toBe(order.has_missing_results !== null);
});
