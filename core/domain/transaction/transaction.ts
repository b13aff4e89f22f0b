import { type ByTeam, clocksOfTeam, type FollowUpClocks } from '../clocks/clocks.ts';
import { earliest, type Instant, latest } from '../instant.ts';
import type { Contribution } from '../members/contribution.ts';
import { type OpenOrder, openOrderOf } from '../members/open-order.ts';
import { type Outcome, outcomeOf, slotClasses } from '../members/outcome.ts';
import { counting, type Ownership, ownershipOf } from '../members/ownership.ts';
import { type ReportedStatus, reportedStatus } from '../members/reported-status.ts';
import { type Slots, slotsOf } from '../members/slots.ts';
import {
  type Contributions,
  isUnreported,
  ordersOf,
  type TransactionOrder,
} from '../members/transaction-orders.ts';
import {
  type Cell,
  cellOf,
  ruleOf,
  TRANSACTION_STATUSES,
  type TransactionStatus,
} from '../members/truth-table.ts';
import { isWithoutRedraws } from '../redraw/labs-with-redraws.ts';
import { hasRedraw, type Redraw, redrawOf } from '../redraw/redraw.ts';
import { type MissingResults, missingResultsOf } from '../results/missing-results.ts';
import { byKey } from '../sort-keys.ts';
import { type Decision, decisionOf } from './decision.ts';

export interface Anomaly {
  readonly code: string;
  readonly order_id: string;
  /** The time of the fact that shows it; null only if no fact of the transaction has a time. */
  readonly first_seen_at: Instant | null;
}

/** Whether Junction documents the rule, it is our judgement, or Junction's reported status is used. */
export const RULE_SOURCES = ['documented', 'judgement', 'reported'] as const;
export type RuleSource = (typeof RULE_SOURCES)[number];

/** A transaction, derived from the contributions of its orders. */
export interface Transaction extends MissingResults {
  readonly status: TransactionStatus;
  readonly outcome: Outcome;
  /** The cell of the truth table that decided, e.g. `R/P`. */
  readonly rule: string;
  readonly rule_source: RuleSource;
  readonly reported_status: string | null;
  readonly diverges: boolean;
  readonly team_id: string | null;
  readonly user_id: string | null;
  readonly client_user_id: string | null;
  readonly created_at: Instant | null;
  readonly updated_at: Instant | null;
  readonly orders: readonly TransactionOrder[];
  readonly redraw: Redraw | null;
  /** What a person has to decide; null if there is nothing to decide. */
  readonly decision: Decision | null;
  /** Its initial order while that is in progress and no redraw follows it. */
  readonly open_order: OpenOrder | null;
  readonly anomalies: readonly Anomaly[];
  /** Since when an order is registered but not reported; null if there is none. */
  readonly awaited_since: Instant | null;
  /** When Junction first reported its newest order; null before that. */
  readonly heard_at: Instant | null;
}

/** Derives a transaction from contributions. The result does not depend on the order of their arrival. */
export function transactionOf(held: Contributions, everyClock: ByTeam<FollowUpClocks>): Transaction {
  const ownership = ownershipOf(held);
  const contributions = counting(held, ownership);
  const identities = identitiesOf(contributions, ownership);
  const clocks = clocksOfTeam(everyClock, identities.team_id);
  const orders = ordersOf(contributions);
  const slots = slotsOf(orders);
  const { initial, redraw } = slotClasses(slots);
  const cell = cellOf(initial, redraw);
  const word = reportedStatus(contributions, orders);
  const { status, rule_source } = decide(cell, word);
  const outcome = outcomeOf(status, cell, slots);
  const missing = missingResultsOf(slots, contributions);
  const redrawFound = redrawOf(slots, status, contributions, missing, clocks);
  const registeredAt = Object.values(contributions).map((contribution) => contribution.registered_at);
  const updatedAt =
    latest(orders.flatMap((order) => [order.low_level_status_created_at, order.created_at])) ??
    latest(registeredAt);
  return {
    status,
    outcome,
    rule: ruleOf(initial, redraw),
    rule_source,
    reported_status: word?.status ?? null,
    diverges: word?.covers === true && word.status !== status,
    ...identities,
    created_at:
      earliest(orders.map((order) => order.created_at)) ??
      earliest(orders.map((order) => order.low_level_status_created_at)) ??
      earliest(registeredAt),
    updated_at: updatedAt,
    orders,
    ...missing,
    redraw: redrawFound,
    decision: decisionOf(slots, { status, outcome, word }, redrawFound),
    open_order: openOrderOf(slots, status, contributions, { ...clocks, ...clocks.orders }),
    anomalies: [
      ...anomaliesOf(contributions, orders, slots, cell, updatedAt),
      ...differentUsers(held, ownership, updatedAt),
    ].sort(byKey((anomaly) => [anomaly.first_seen_at ?? '', anomaly.code, anomaly.order_id])),
    awaited_since: earliest(
      orders.filter(isUnreported).map((order) => contributions[order.id]?.registered_at ?? null),
    ),
    heard_at: latest(Object.values(contributions).map((contribution) => contribution.heard_at)),
  };
}

function isStatus(word: string): word is TransactionStatus {
  return TRANSACTION_STATUSES.some((status) => status === word);
}

function decide(cell: Cell, word: ReportedStatus | null): Pick<Transaction, 'status' | 'rule_source'> {
  if (cell.documented) return { status: cell.status, rule_source: 'documented' };
  if (word?.covers && isStatus(word.status)) return { status: word.status, rule_source: 'reported' };
  return { status: cell.status, rule_source: 'judgement' };
}

/** The user, team and client user of a transaction: its owner, and the team and client user of its newest records. */
export function identitiesOf(contributions: Contributions, { owner }: Ownership) {
  const newestFirst = Object.entries(contributions)
    .sort(byKey(([id, { low_level_status_created_at: at }]) => [at ?? '', id]))
    .map(([, contribution]) => contribution)
    .reverse();
  const user_id = owner ?? first(newestFirst, ({ registered_user_id }) => registered_user_id);
  const ofUser = newestFirst.filter((contribution) => {
    const user = contribution.user_id ?? contribution.registered_user_id;
    return user === user_id || user === null;
  });
  return {
    user_id,
    team_id: first(newestFirst, ({ team_id }) => team_id),
    client_user_id: first(ofUser, ({ client_user_id }) => client_user_id),
  };
}

function first(
  contributions: readonly Contribution[],
  field: (contribution: Contribution) => string | null,
): string | null {
  return contributions.map(field).find((value) => value !== null) ?? null;
}

/** The orders of another user, both in the transaction that sets them apart and in the one under their own id. */
function differentUsers(
  held: Contributions,
  { apart, noted }: Ownership,
  updatedAt: Instant | null,
): Anomaly[] {
  return Object.entries(held)
    .filter(([id, { apart_from }]) => apart.has(id) || noted.has(id) || apart_from !== null)
    .map(([order_id, { created_at, low_level_status_created_at }]) => ({
      code: 'different_user',
      order_id,
      first_seen_at: created_at ?? low_level_status_created_at ?? updatedAt,
    }));
}

function anomaliesOf(
  contributions: Contributions,
  orders: readonly TransactionOrder[],
  slots: Slots,
  cell: Cell,
  updatedAt: Instant | null,
): Anomaly[] {
  const timeOf = (order: TransactionOrder | undefined) =>
    order?.created_at ?? order?.low_level_status_created_at ?? updatedAt;
  const found = Object.entries(contributions).flatMap(([order_id, { anomalies }]) => {
    const since = timeOf(orders.find((order) => order.id === order_id));
    return anomalies.map(({ code, at }) => ({ code, order_id, first_seen_at: at ?? since }));
  });
  for (const { code, order } of slots.anomalies) {
    found.push({ code, order_id: order.id, first_seen_at: timeOf(order) });
  }
  if (cell.anomalous && slots.redraw) {
    const { redraw } = slotClasses(slots);
    found.push({
      code: redraw === 'R' ? 'redraw_of_redraw' : 'redraw_without_redraw_available',
      order_id: slots.redraw.id,
      first_seen_at: slots.redraw.low_level_status_created_at ?? slots.redraw.created_at ?? updatedAt,
    });
  }
  return [...found, ...unexpectedRedraw(slots, updatedAt)];
}

/** A redraw where Junction has none: of the redraw order, otherwise of the initial one. */
function unexpectedRedraw(slots: Slots, updatedAt: Instant | null): Anomaly[] {
  const { initial, redraw } = slots;
  const orders = [redraw, initial].filter((order) => order !== null);
  const [about] = orders;
  if (!about || !hasRedraw(slots) || !orders.some(isWithoutRedraws)) return [];
  const since = redraw
    ? (redraw.created_at ?? redraw.low_level_status_created_at)
    : about.redraw_available_at;
  return [{ code: 'unexpected_redraw', order_id: about.id, first_seen_at: since ?? updatedAt }];
}
