import type { Instant } from '../instant.ts';
import { slotClasses } from '../members/outcome.ts';
import { counting, ownershipOf } from '../members/ownership.ts';
import { reportedStatus } from '../members/reported-status.ts';
import { type Slots, slotsOf } from '../members/slots.ts';
import { type Contributions, classOf, type TransactionOrder } from '../members/transaction-orders.ts';
import { missedEvents } from '../order/arrivals.ts';
import type { OrderRecord } from '../order/order-record.ts';
import { statusParts } from '../order/status.ts';
import type { OrderClass } from '../order/status-table.ts';
import type { RuleSource, Transaction } from '../transaction/transaction.ts';
import { type ExplainedOrder, explainOrder } from './explained-order.ts';
import { ruleSentence } from './rule-sentences.ts';
import { type ExplainedWait, explainWait } from './waiting.ts';

/** An event whose own webhook was lost or never sent: no delivery showed it as the newest. */
export interface MissedEvent {
  readonly order_id: string;
  readonly event_id: string;
  readonly status: string;
  readonly created_at: Instant;
  readonly sentence: string;
}

export interface Explanation {
  /** The explanation in sentences. */
  readonly text: readonly string[];
  readonly rule: {
    readonly name: string;
    readonly source: RuleSource;
    readonly initial: { readonly order_id: string; readonly class: OrderClass } | null;
    readonly redraw: { readonly order_id: string; readonly class: OrderClass } | null;
    readonly sentence: string;
  };
  readonly orders: readonly ExplainedOrder[];
  readonly junction: {
    readonly status: string;
    readonly as_of: Instant | null;
    readonly reported_by: string;
    readonly covers: boolean;
    /** The orders with events that Junction's report does not include. */
    readonly uncovered_orders: readonly string[];
    /** The orders that it lists and that the transaction does not have. */
    readonly missing_orders: readonly string[];
    readonly sentence: string;
  } | null;
  readonly missed: readonly MissedEvent[];
  /** What the open redraw or the open order is waiting for; null if neither is. */
  readonly waiting: ExplainedWait | null;
}

/** Explains the status of a transaction. `records` are the existing records of its orders. */
export function explain(
  transaction: Transaction,
  held: Contributions,
  records: readonly OrderRecord[],
): Explanation {
  const contributions = counting(held, ownershipOf(held));
  const slots = slotsOf(transaction.orders);
  const rule = explainRule(transaction, slots);
  const orders = transaction.orders.map((order) =>
    explainOrder(
      order,
      slots,
      contributions,
      records.find(({ id }) => id === order.id),
    ),
  );
  const junction = explainReport(transaction, contributions);
  const missed = records.flatMap(explainMissed);
  const unreported = junction ? [] : ['Junction has not reported a status of the transaction.'];
  const waiting = explainWait(transaction);
  const text = [
    `The transaction is ${transaction.status} (${transaction.outcome.replaceAll('_', ' ')}).`,
    rule.sentence,
    ...orders.map(({ sentence }) => sentence),
    ...(junction ? [junction.sentence] : unreported),
    ...missed.map(({ sentence }) => sentence),
    ...(waiting ? [waiting.sentence] : []),
  ];
  return { text, rule, orders, junction, missed, waiting };
}

const SOURCES: Readonly<Record<RuleSource, string>> = {
  documented: 'Junction documents this case.',
  judgement: 'Junction does not document this case, so the status is our judgement.',
  reported:
    'Junction does not document this case. Its reported status is used, because it covers the transaction.',
};

function explainRule(transaction: Transaction, slots: Slots): Explanation['rule'] {
  const { rule, rule_source: source } = transaction;
  const classes = slotClasses(slots);
  const filled = (order: TransactionOrder | null) => order && { order_id: order.id, class: classOf(order) };
  return {
    name: rule,
    source,
    initial: filled(slots.initial),
    redraw: filled(slots.redraw),
    sentence: `${ruleSentence(classes.initial, classes.redraw)} ${SOURCES[source]}`,
  };
}

function explainReport(transaction: Transaction, contributions: Contributions): Explanation['junction'] {
  const word = reportedStatus(contributions, transaction.orders);
  if (!word) return null;
  const { status, asOf, reportedBy, covers, unaware, missing } = word;
  const agreement = status === transaction.status ? 'equals ours' : 'differs from ours';
  const named = (ids: readonly string[]) => ids.map((id) => `order ${id}`).join(', ');
  const faults = [
    ...(unaware.length > 0 ? [`lacks facts stored here of ${named(unaware)}`] : []),
    ...(missing.length > 0 ? [`lists ${named(missing)}, which the transaction does not have`] : []),
  ];
  const coverage = covers
    ? 'covers the transaction'
    : `does not cover the transaction: it ${faults.join(', and ')}`;
  const asOfText = asOf === null ? '' : ` as of ${asOf}`;
  return {
    status,
    as_of: asOf,
    reported_by: reportedBy,
    covers,
    uncovered_orders: unaware,
    missing_orders: missing,
    sentence: `Junction reported ${status}${asOfText} in a payload of order ${reportedBy}. That status ${agreement} and ${coverage}.`,
  };
}

function explainMissed(record: OrderRecord): MissedEvent[] {
  return missedEvents(record).map(({ id, status, created_at }) => {
    const rare =
      statusParts(status).low === 'partial_results'
        ? ' (Junction sends partial results only to teams that requested them)'
        : '';
    return {
      order_id: record.id,
      event_id: id,
      status,
      created_at,
      sentence: `No webhook reported ${status} of order ${record.id} at ${created_at}. It is known from a later webhook or from Junction's API${rare}.`,
    };
  });
}
