import { LabTestCollectionMethod, OrderLowLevelStatus } from '@junction-api/sdk/serialization';
import { DAY, type Instant, instantOf } from '../time.ts';
import { Unprocessable } from './api.ts';
import type { OrderFilter } from './order-filter.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOST_PER_PAGE = 100;

/** Reads an id, which must be a UUID. @throws {Unprocessable} */
export function readId(place: 'path' | 'query', name: string, text: string): string {
  if (UUID.test(text)) return text.toLowerCase();
  throw wrong([place, name], 'Input should be a valid UUID', 'uuid_parsing', text);
}

/** Reads the query of the list of orders. @throws {Unprocessable} */
export function readOrderQuery(query: URLSearchParams): { filter: OrderFilter; page: number; size: number } {
  const id = (name: string): string | null => {
    const text = query.get(name);
    return text === null ? null : readId('query', name, text);
  };
  const filter = {
    orderIds: query.getAll('order_ids').map((text) => readId('query', 'order_ids', text)),
    transactionId: id('order_transaction_id'),
    userId: id('user_id'),
    statuses: oneOf(query, 'status', (text) => OrderLowLevelStatus.parse(text).ok),
    modalities: oneOf(query, 'order_type', (text) => LabTestCollectionMethod.parse(text).ok),
    interpretation: query.get('interpretation'),
    isCritical: readBoolean(query, 'is_critical'),
    activations: oneOf(query, 'order_activation_types', (text) => ['current', 'scheduled'].includes(text)),
    createdFrom: readTime(query, 'start_date'),
    createdTo: readTime(query, 'end_date', DAY - 1),
    updatedFrom: readTime(query, 'updated_start_date'),
    updatedTo: readTime(query, 'updated_end_date'),
    ascending: oneOf(query, 'order_direction', (text) => ['asc', 'desc'].includes(text))[0] === 'asc',
  };
  return { filter, page: readCount(query, 'page', 1), size: readCount(query, 'size', 50, MOST_PER_PAGE) };
}

/** Reads a body with order ids. Unknown orders are not an error. @throws {Unprocessable} */
export function readOrderIds(body: unknown): string[] {
  const ids = (body as { order_ids?: unknown } | undefined)?.order_ids ?? [];
  if (!Array.isArray(ids)) {
    throw wrong(['body', 'order_ids'], 'Input should be a valid list', 'list_type', ids);
  }
  return ids.map(String);
}

function readCount(query: URLSearchParams, name: string, otherwise: number, most = Infinity): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const count = Number(text);
  if (!Number.isInteger(count)) {
    throw wrong(['query', name], 'Input should be a valid integer', 'int_parsing', text);
  }
  if (count < 1)
    throw wrong(['query', name], 'Input should be greater than or equal to 1', 'greater_than_equal', text);
  if (count > most)
    throw wrong(['query', name], `Input should be less than or equal to ${most}`, 'less_than_equal', text);
  return count;
}

function readBoolean(query: URLSearchParams, name: string): boolean | null {
  const text = query.get(name);
  if (text === null) return null;
  if (text === 'true' || text === 'false') return text === 'true';
  throw wrong(['query', name], 'Input should be a valid boolean', 'bool_parsing', text);
}

function oneOf(query: URLSearchParams, name: string, isKnown: (text: string) => boolean): string[] {
  const texts = query.getAll(name);
  const unknown = texts.find((text) => !isKnown(text));
  if (unknown === undefined) return texts;
  throw wrong(['query', name], 'Input should be one of the documented values', 'enum', unknown);
}

/** A date without a time is the start of the day, or its end for the end of a range. */
function readTime(query: URLSearchParams, name: string, intoTheDay: Instant = 0): Instant | null {
  const text = query.get(name);
  if (text === null) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw wrong(['query', name], 'Input should be a valid datetime', 'datetime_parsing', text);
  }
  return instantOf(date) + (/^\d{4}-\d\d-\d\d$/.test(text) ? intoTheDay : 0);
}

function wrong(loc: string[], msg: string, type: string, input: unknown): Unprocessable {
  return new Unprocessable({ loc, msg, type, input });
}
