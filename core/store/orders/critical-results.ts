import type { Instant } from '../../domain/instant.ts';
import type { Source } from '../../domain/order/arrivals.ts';
import type {
  CriticalAcknowledgement,
  CriticalResult,
  CriticalState,
} from '../../domain/order/critical-result.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import { readEach } from '../damaged-items.ts';
import type { GuardedWrite } from '../guarded-writes.ts';
import type { Table } from '../table.ts';
import { CRITICAL_PARTITIONS } from '../table-layout.ts';
import { type PageRequest, readIndexPage, readItems } from '../transactions/index-pages.ts';
import { changeOrder } from './change-order.ts';
import { encodeCriticalResult } from './order-encoding.ts';
import {
  CRITICAL_ACKNOWLEDGEMENT,
  CRITICAL_OPENED,
  HEARD_AT,
  readOrderItem,
  secondsOf,
  WAS_PROVISIONAL,
} from './order-item.ts';

const RESULTS = 'critical_results';

/**
 * Stores a report of a critical result that arrived at `at` with its order, known or not. It opens the order's critical
 * result, unless its last acknowledgement covers the report (`isAcknowledged`).
 */
export async function writeCriticalResult(
  table: Table,
  orderId: string,
  result: CriticalResult,
  at: Instant,
  by: Source = 'webhook',
): Promise<WriteOutcome> {
  const element = encodeCriticalResult(result);
  const place = `${at}#${orderId}`;
  const added = {
    by,
    add: { [RESULTS]: new Set([element]) },
    initialize: { [WAS_PROVISIONAL]: true, [HEARD_AT]: secondsOf(at) },
  } as const;
  const opened = { from: CRITICAL_OPENED, otherwise: place };
  const isNew = 'NOT contains(#results, :result)';
  const held = await changeOrder(
    table,
    orderId,
    {
      ...added,
      replace: { s_pk: CRITICAL_PARTITIONS.open },
      copy: { s_sk: opened, [CRITICAL_OPENED]: opened },
    },
    {
      condition: notAcknowledged(result)
        .map((alternative) => [isNew, ...alternative].join(' AND '))
        .join(' OR '),
      names: {
        '#results': RESULTS,
        '#acknowledgement': CRITICAL_ACKNOWLEDGEMENT,
        '#until': 'until',
        ...(result.inOrder && { '#at': 'at' }),
      },
      values: { ':result': element, ':reported': result.updated_at },
    },
  );
  if (held === null) return 'applied';
  if (held[RESULTS] instanceof Set && held[RESULTS].has(element)) return 'duplicate';
  // An acknowledgement covers it. A later one covers it as well, so this write needs no condition on it.
  const known = await changeOrder(table, orderId, added, {
    condition: isNew,
    names: { '#results': RESULTS },
    values: { ':result': element },
  });
  return known === null ? 'merged' : 'duplicate';
}

/** `isAcknowledged` as a condition that does not hold: the alternatives, each with its clauses. */
function notAcknowledged({ inOrder }: CriticalResult): string[][] {
  const [never, until] = [
    'attribute_not_exists(#acknowledgement.#until)',
    '#acknowledgement.#until < :reported',
  ];
  if (!inOrder) return [[never], [until]];
  const before = '#acknowledgement.#at < :reported';
  return [
    [never, 'attribute_not_exists(#acknowledgement.#at)'],
    [never, before],
    [until, before],
  ];
}

/** Stores the acknowledgement of an order's critical result, on condition that the order is unchanged since `record` was read. */
export async function writeCriticalAcknowledgement(
  table: Table,
  record: OrderRecord,
  { until, ...acknowledgement }: CriticalAcknowledgement,
): Promise<GuardedWrite> {
  const held = await changeOrder(
    table,
    record.id,
    {
      by: 'api',
      replace: {
        // Absent rather than null, so that a condition can compare it.
        [CRITICAL_ACKNOWLEDGEMENT]: { ...acknowledgement, ...(until !== null && { until }) },
        s_pk: CRITICAL_PARTITIONS.acknowledged,
        s_sk: `${acknowledgement.at}#${record.id}`,
      },
      remove: [CRITICAL_OPENED],
    },
    { condition: '#version = :read', names: {}, values: { ':read': record.version } },
  );
  return held === null ? 'written' : 'conflict';
}

/**
 * A page of the orders with a critical result: the open ones, longest open first, or the last acknowledged ones first. An order
 * that was discarded is in neither list.
 */
export async function listCriticalResults(
  table: Table,
  state: CriticalState,
  request: PageRequest,
): Promise<{ orders: OrderRecord[]; next: string | null }> {
  const partitions = [CRITICAL_PARTITIONS[state]];
  const list = { index: 'by_status', partitions, newestFirst: state === 'acknowledged' } as const;
  const { entries, next } = await readIndexPage(table, list, request);
  const items = await readItems(table, entries, !request.onlyCounted);
  // The index can lag behind the table.
  const orders = items.filter(({ s_pk }) => s_pk === CRITICAL_PARTITIONS[state]);
  return { orders: readEach(table, orders, readOrderItem).filter(({ discarded }) => !discarded), next };
}
