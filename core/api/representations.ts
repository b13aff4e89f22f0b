import type * as z from 'zod/mini';
import { type Instant, parseInstant } from '../domain/instant.ts';
import { learnedEvents } from '../domain/order/arrivals.ts';
import {
  clientUserId,
  namedTransaction,
  type OrderRecord,
  statusOf,
  userId,
} from '../domain/order/order-record.ts';
import { isUnchecked, shownRedrawState } from '../domain/redraw/redraw-marks.ts';
import type { Census } from '../domain/transaction/counts.ts';
import type { Explanation } from '../domain/transaction/explanation.ts';
import type { QuarantinedHead } from '../store/quarantine-reading.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';
import type { Received } from '../use-cases/receive-webhook.ts';
import type { Found } from '../use-cases/search.ts';
import {
  order,
  quarantineList,
  reconciliation,
  replayAnswer,
  searchAnswer,
  summary,
  transaction,
  transactionList,
} from './answers.ts';

/** A transaction as the API shows it, explained if it is to be. Only what the schema names gets out. */
export function showTransaction(
  stored: StoredTransaction,
  explanation?: Explanation,
): z.output<typeof transaction> {
  const { redraw, marks } = stored;
  const { stale_since, acknowledgement } = marks;
  return transaction.parse({
    ...stored,
    ...(explanation && { explanation }),
    redraw: redraw && {
      ...{ ...redraw, state: shownRedrawState(redraw, marks) },
      ...{ stale_since, unchecked: isUnchecked(marks), acknowledgement },
    },
  });
}

/** What came of asking Junction about a transaction as the API shows it. */
export function showReconciliation(healed: boolean, stored: StoredTransaction) {
  return reconciliation.parse({ healed, transaction: showTransaction(stored) });
}

/** A page of transactions as the API shows it. */
export function showTransactionList(stored: readonly StoredTransaction[], next_cursor: string | null) {
  return transactionList.parse({ transactions: stored.map((one) => showTransaction(one)), next_cursor });
}

/** What a search found as the API shows it: what each was found by stands in the order of the transactions. */
export function showMatches({ matches, more }: Found): z.output<typeof searchAnswer> {
  return searchAnswer.parse({
    transactions: matches.map((match) => showTransaction(match.transaction)),
    matched: matches.flatMap(({ transaction: { id }, by }) =>
      by.map((one) => ({ transaction_id: id, by: one })),
    ),
    more,
  });
}

/** An order as the API shows it, from its own record alone. */
export function showOrder(record: OrderRecord): z.output<typeof order> {
  const { snapshot } = record;
  const none = {
    origin: null,
    parent_id: null,
    modality: null,
    user_id: null,
    team_id: null,
    lab_test: null,
  };
  const unset = { has_missing_results: null, expected_result_by_date: null, worst_case_result_by_date: null };
  return order.parse({
    ...none,
    ...unset,
    created_at: null,
    updated_at: null,
    ...snapshot,
    id: record.id,
    order_transaction_id: namedTransaction(record),
    ...statusOf(record),
    user_id: userId(record),
    client_user_id: clientUserId(record),
    events: learnedEvents(record).map((event) => ({ ...event, id: shownId(event.id) })),
    appointments: [...record.appointments].sort(byStart),
    critical_results: record.criticalResults,
    registered_at: record.registered?.at ?? null,
  });
}

/** Junction's event ids are integers; kept as text, they are shown as they came. */
function shownId(id: string): number | string {
  return /^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id;
}

function byStart(
  a: { start_at: string | null; id: string },
  b: { start_at: string | null; id: string },
): number {
  const [left, right] = [`${a.start_at ?? ''}${a.id}`, `${b.start_at ?? ''}${b.id}`];
  return left < right ? -1 : 1;
}

/** A page of what is in quarantine as the API shows it: no bodies. */
export function showQuarantine(heads: readonly QuarantinedHead[], next_cursor: string | null) {
  const shown = heads.map((head) => ({
    ...head,
    expires_at: instantOf(head.expires_at),
  }));
  return quarantineList.parse({ quarantined: shown, next_cursor });
}

/** What a replay came to as the API shows it. */
export function showReplay(id: string, { outcome, reason }: Received) {
  return replayAnswer.parse({ id, outcome, reason });
}

/** The counts as the API shows them, with how long ago the newest webhook that reached its transaction was written. */
export function showSummary(census: Census, newest: Instant | null, now: Date) {
  const age = newest === null ? null : (now.getTime() - Date.parse(newest)) / 1_000;
  return summary.parse({
    ...census,
    newest_processed_at: newest,
    // The stream's clock is not this machine's.
    newest_webhook_age_seconds: age === null ? null : Math.max(0, Math.round(age)),
  });
}

function instantOf(seconds: number): Instant | null {
  return parseInstant(new Date(seconds * 1_000).toISOString());
}
