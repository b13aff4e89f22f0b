import {
  Interpretation,
  LabTestCollectionMethod,
  OrderLowLevelStatus,
} from '@junction-api/sdk/serialization';
import { ORDER_KEYS, type OrderFilter, type OrderKey } from '../junction/order-filter.ts';
import { DAY, type Instant } from '../time.ts';
import { oneOf, readBoolean, readCount, readId, readTime, wrong } from './query.ts';

const MAX_PER_PAGE = 100;
const MAX_RESEND_AGE = 60 * DAY;

/** Reads the query of the list of orders. @throws {Unprocessable} */
export function readOrderQuery(query: URLSearchParams): { filter: OrderFilter; page: number; size: number } {
  const id = (name: string): string | null => {
    const text = query.get(name);
    return text === null ? null : readId('query', name, text);
  };
  const time = (name: string, intoTheDay?: Instant): Instant | null =>
    readTime('query', name, query.get(name), intoTheDay);
  const filter: OrderFilter = {
    orderIds: query.getAll('order_ids').map((text) => readId('query', 'order_ids', text)),
    transactionId: id('order_transaction_id'),
    userId: id('user_id'),
    statuses: oneOf(query, 'status', (text) => OrderLowLevelStatus.parse(text).ok),
    modalities: oneOf(query, 'order_type', (text) => LabTestCollectionMethod.parse(text).ok),
    interpretation: oneOf(query, 'interpretation', (text) => Interpretation.parse(text).ok)[0] ?? null,
    isCritical: readBoolean(query, 'is_critical'),
    activations: oneOf(query, 'order_activation_types', (text) => ['current', 'scheduled'].includes(text)),
    createdFrom: time('start_date'),
    createdTo: time('end_date', DAY - 1),
    updatedFrom: time('updated_start_date'),
    updatedTo: time('updated_end_date'),
    patientName: query.get('patient_name'),
    receiverName: query.get('shipping_recipient_name'),
    search: query.get('search_input'),
    key: (oneOf(query, 'order_key', (text) => ORDER_KEYS.includes(text as OrderKey))[0] ??
      'created_at') as OrderKey,
    ascending: oneOf(query, 'order_direction', (text) => ['asc', 'desc'].includes(text))[0] === 'asc',
  };
  return { filter, page: readCount(query, 'page', 1), size: readCount(query, 'size', 50, MAX_PER_PAGE) };
}

/**
 * Reads the body of `resend_events`: order ids, which need not exist, or a period of at most sixty days.
 * https://docs.junction.com/api-reference/lab-testing/resend-order-events
 *
 * @throws {Unprocessable}
 */
export function readResendRequest(
  body: unknown,
  now: Instant,
): { orderIds: string[] | null; from: Instant; to: Instant } {
  const {
    order_ids: ids = null,
    start_at: start = null,
    end_at: end = null,
  } = (body ?? {}) as Record<string, never>;
  if (ids !== null && !Array.isArray(ids)) {
    throw wrong(['body', 'order_ids'], 'Input should be a valid list', 'list_type', ids);
  }
  const from = readTime('body', 'start_at', start);
  const to = readTime('body', 'end_at', end) ?? now;
  if (ids === null && from === null) {
    throw wrong(['body'], 'At least one of order_ids or start_at is required', 'value_error', body ?? null);
  }
  if (from !== null && (to < from || to - from > MAX_RESEND_AGE)) {
    throw wrong(['body', 'end_at'], 'The window must be of 0 to 60 days', 'value_error', end);
  }
  return { orderIds: ids === null ? null : (ids as unknown[]).map(String), from: from ?? 0, to };
}
