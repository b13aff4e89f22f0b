/** How a transaction stores what the payloads of an order report about the others. docs/state-model.md, Stored items. */
import { isDeepStrictEqual } from 'node:util';
import { type Instant, instantOfStamp, stampOf } from '../../domain/instant.ts';
import type { Contribution } from '../../domain/members/contribution.ts';
import type { SiblingFact, TransactionReport } from '../../domain/order/order-record.ts';
import type { References } from './order-references.ts';

const stampOrNull = (instant: Instant | null) => instant && stampOf(instant);
const instantOrNull = (value: unknown) => (typeof value === 'string' ? instantOfStamp(value) : null);

/** What the contributions of a transaction hold, as far as the reports about its orders refer to it. */
type Held = Readonly<
  Record<
    string,
    Pick<
      Contribution,
      'low_level_status' | 'low_level_status_created_at' | 'origin' | 'parent_id' | 'created_at'
    >
  >
>;

/** The fact that the order's own contribution states. Usually what another order reports about it is the same. */
function ownFact(order_id: string, held: Held): SiblingFact | null {
  const own = held[order_id];
  if (!own) return null;
  const { low_level_status: status, low_level_status_created_at: status_at, ...others } = own;
  const { origin, parent_id, created_at } = others;
  return { order_id, status, status_at, origin, parent_id, created_at };
}

/**
 * A fact as the reference to its order, then its time and status if the order's own contribution has others, and as JSON if it
 * differs in more.
 */
export function encodeFact(fact: SiblingFact, references: References, held: Held): string {
  const { order_id, status, status_at, origin, parent_id, created_at } = fact;
  const place = references.to(order_id);
  const own = ownFact(order_id, held);
  if (isDeepStrictEqual(fact, own)) return place;
  const time = stampOrNull(status_at);
  const isEarlier = isDeepStrictEqual(fact, { ...own, status, status_at }) && !/\s/.test(place);
  if (isEarlier && time !== null && status !== null) return [place, time, status].join(' ');
  const parent = parent_id && references.to(parent_id);
  const fields = [place, time, status, origin, parent, stampOrNull(created_at)];
  // Nulls at the end are left out.
  return JSON.stringify(fields.slice(0, fields.findLastIndex((field) => field !== null) + 1));
}

export function decodeFact(text: string, references: References, held: Held): SiblingFact {
  if (!text.startsWith('[')) {
    const [place = '', time, ...status] = text.split(' ');
    const own = ownFact(references.from(place), held);
    if (own === null) throw new TypeError('a reference to an unknown order');
    return time === undefined ? own : { ...own, status_at: instantOfStamp(time), status: status.join(' ') };
  }
  const [order, statusAt, status = null, origin = null, parent = null, created] = JSON.parse(text);
  return {
    order_id: references.from(order),
    status,
    status_at: instantOrNull(statusAt),
    origin,
    parent_id: parent === null ? null : references.from(parent),
    created_at: instantOrNull(created),
  };
}

/**
 * A report that names all orders of the transaction is its status, followed by the reference and the time of each order whose
 * contribution has another time. Another one is stored with all its orders.
 */
export type StoredReport =
  | string
  | { readonly status?: string; readonly orders: Readonly<Record<string, string>> };

export function encodeReport(
  { status, orders }: TransactionReport,
  references: References,
  held: Held,
): StoredReport {
  const stored = (id: string) => [references.to(id), stampOrNull(orders[id] ?? null) ?? ''] as const;
  // In one order, whatever the payload has: equal reports are stored alike.
  const ids = Object.keys(orders).sort();
  const differing = ids.filter((id) => orders[id] !== held[id]?.low_level_status_created_at);
  const words = [status ?? '', ...differing.flatMap(stored)];
  const isComplete = isDeepStrictEqual(ids, Object.keys(held).sort());
  if (isComplete && words.every((word) => /^\S+$/.test(word))) return words.join(' ');
  return { ...(status !== null && { status }), orders: Object.fromEntries(ids.map(stored)) };
}

export function decodeReport(stored: StoredReport, references: References, held: Held): TransactionReport {
  if (typeof stored === 'string') {
    const [status = '', ...differing] = stored.split(' ');
    const times = Object.entries(held).map(([id, own]) => [id, own.low_level_status_created_at] as const);
    const others = differing.flatMap((word, index) =>
      index % 2 === 0 ? [[references.from(word), instantOfStamp(differing[index + 1] ?? '')] as const] : [],
    );
    return { status, orders: Object.fromEntries([...times, ...others]) };
  }
  const { status = null, orders } = stored;
  const entries = Object.entries(orders).map(([order, at]) => [
    references.from(order),
    at === '' ? null : instantOfStamp(at),
  ]);
  return { status, orders: Object.fromEntries(entries) };
}
