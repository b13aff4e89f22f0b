import { type Instant, parseInstant } from '../instant.ts';
import { missedEvents } from '../order/arrivals.ts';
import { CLAIM_SOURCES, type Claim, type ClaimSource, decidingSource } from '../order/membership.ts';
import type { OrderRecord, SiblingFact } from '../order/order-record.ts';
import { newestEventOf } from '../order/rank.ts';
import { lifecycleStage, type OrderClass, statusParts } from '../order/status.ts';
import { slotClasses } from '../transaction/outcome.ts';
import { counting, ownershipOf } from '../transaction/ownership.ts';
import { junctionsWord } from '../transaction/report.ts';
import { type Slots, slotsOf } from '../transaction/slots.ts';
import type { Transaction } from '../transaction/transaction.ts';
import {
  type Contributions,
  classOf,
  type StatusClaim,
  statusClaims,
  type TransactionOrder,
} from '../transaction/transaction-orders.ts';
import { ruleSentence } from './rule-sentences.ts';
import { type ExplainedWait, explainWait } from './waiting.ts';

/** A report of an order's status, and its source. */
export interface ExplainedFact {
  readonly low_level_status: string | null;
  readonly at: Instant | null;
  /** The order's own record, or the payloads of others. */
  readonly source: 'own' | 'heard';
  /** The orders whose payloads reported it. */
  readonly told_by: readonly string[];
}

export type LosingReason = 'older' | 'earlier_stage' | 'hearsay' | 'order_of_names';

export interface ExplainedOrder {
  readonly id: string;
  readonly slot: 'initial' | 'redraw' | 'replaced' | 'not_counted';
  readonly class: OrderClass;
  readonly newest: ExplainedFact | null;
  /** Other reports, and why they do not count. */
  readonly lost: readonly (ExplainedFact & { readonly why: LosingReason })[];
  /** When the customer registered it; null if not registered. */
  readonly registered_at: Instant | null;
  /** The claims on its transaction, the deciding one first. */
  readonly claims: readonly ExplainedClaim[];
  readonly sentence: string;
}

export interface ExplainedClaim {
  readonly transaction_id: string;
  /** Null for a claim that was replaced by a newer one of the same source. */
  readonly source: ClaimSource | null;
  /** The time of the newest fact behind it; null if that has no time or the claim was replaced. */
  readonly as_of: Instant | null;
  readonly decides: boolean;
}

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
    readonly source: Transaction['rule_source'];
    readonly initial: { readonly order_id: string; readonly class: OrderClass } | null;
    readonly redraw: { readonly order_id: string; readonly class: OrderClass } | null;
    readonly sentence: string;
  };
  readonly orders: readonly ExplainedOrder[];
  readonly junction: {
    readonly status: string;
    readonly as_of: Instant | null;
    readonly told_by: string;
    readonly covers: boolean;
    /** The orders of which Junction's report knows less than is stored here. */
    readonly unaware_of: readonly string[];
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
  const orders = transaction.orders.map((order) => ({
    ...explainOrder(order, slots, contributions),
    claims: explainClaims(records.find(({ id }) => id === order.id)),
  }));
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

const SOURCES: Readonly<Record<Transaction['rule_source'], string>> = {
  documented: 'Junction documents this case.',
  judgement: 'Junction does not document this case, so the status is our judgement.',
  reported:
    'Junction does not document this case. Its reported status is used, because it covers every fact stored here.',
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

function explainClaims(record: OrderRecord | undefined): ExplainedClaim[] {
  if (!record) return [];
  const deciding = decidingSource(record);
  const standing = CLAIM_SOURCES.flatMap((source) => {
    const claim = record.claims[source];
    if (!claim) return [];
    return [
      {
        transaction_id: claim.transaction_id,
        source,
        as_of: asOf(source, claim),
        decides: source === deciding,
      },
    ];
  });
  const replaced = record.claimedBy
    .filter((id) => !standing.some(({ transaction_id }) => transaction_id === id))
    .map((transaction_id) => ({ transaction_id, source: null, as_of: null, decides: false }));
  return [...standing, ...replaced];
}

/** The rank of an own claim is that of its payload; any other rank begins with a time. */
function asOf(source: ClaimSource, { rank }: Claim): Instant | null {
  return source === 'own' ? newestEventOf(rank) : parseInstant(rank.split('|')[0] ?? '');
}

interface ReportedFact extends SiblingFact {
  readonly told_by: string;
}

function explainOrder(
  order: TransactionOrder,
  slots: Slots,
  contributions: Contributions,
): Omit<ExplainedOrder, 'claims'> {
  const { id } = order;
  const own = contributions[id];
  const heard = Object.entries(contributions).flatMap(([told_by, contribution]) =>
    contribution.heard
      .filter((fact) => fact.order_id === id)
      .map((fact): ReportedFact => ({ ...fact, told_by })),
  );
  const claims = statusClaims(own, heard);
  const [newest] = claims;
  const facts = distinctFacts(claims);
  const lost = facts
    .slice(1)
    .map(({ fact, claim }) => ({ ...fact, why: newest ? whyLost(claim, newest) : ('older' as const) }));
  const explained = {
    id,
    slot: slotOf(order, slots),
    class: classOf(order),
    newest: facts[0]?.fact ?? null,
    lost,
    registered_at: own?.registered_at ?? null,
  };
  return { ...explained, sentence: orderSentence(explained) };
}

/** Equal reports of several orders are one fact with several sources. */
function distinctFacts(claims: readonly (StatusClaim & { told_by?: string })[]) {
  const facts = new Map<string, { claim: StatusClaim; fact: ExplainedFact & { told_by: string[] } }>();
  for (const claim of claims) {
    const key = JSON.stringify([claim.own, claim.status, claim.status_at]);
    const known = facts.get(key) ?? {
      claim,
      fact: {
        low_level_status: claim.status,
        at: claim.status_at,
        source: claim.own ? ('own' as const) : ('heard' as const),
        told_by: [],
      },
    };
    if (claim.told_by !== undefined && !known.fact.told_by.includes(claim.told_by)) {
      known.fact.told_by.push(claim.told_by);
    }
    facts.set(key, known);
  }
  return [...facts.values()];
}

function whyLost(claim: StatusClaim, newest: StatusClaim): LosingReason {
  if ((claim.status_at ?? '') !== (newest.status_at ?? '')) return 'older';
  if (lifecycleStage(claim.status) !== lifecycleStage(newest.status)) return 'earlier_stage';
  return claim.own === newest.own ? 'order_of_names' : 'hearsay';
}

function slotOf(order: TransactionOrder, { initial, redraw, initialChain }: Slots): ExplainedOrder['slot'] {
  if (order.id === initial?.id) return 'initial';
  if (order.id === redraw?.id) return 'redraw';
  return initialChain.some(({ id }) => id === order.id) ? 'replaced' : 'not_counted';
}

const SLOTS: Readonly<Record<ExplainedOrder['slot'], string>> = {
  initial: 'the initial order',
  redraw: 'the redraw',
  replaced: 'replaced by a recreation',
  not_counted: 'not counted because another order fills its slot',
};

const LOST: Readonly<Record<LosingReason, string>> = {
  older: 'is older',
  earlier_stage: 'has the same time but an earlier stage',
  hearsay: 'has the same time and stage but comes from another order',
  order_of_names: 'is equal in all of these, so the alphabetical order decides',
};

function orderSentence(order: Omit<ExplainedOrder, 'sentence' | 'claims'>): string {
  const { id, slot, newest, lost, registered_at } = order;
  const start = `Order ${id} (${SLOTS[slot]})`;
  if (!newest) {
    const registered = registered_at === null ? '' : `; it was registered on ${registered_at}`;
    return `${start}: nothing is known of its status${registered}.`;
  }
  const from =
    newest.source === 'own' ? 'from its own events' : `reported by order ${newest.told_by.join(', ')}`;
  const others = lost.map(
    (fact) => `${fact.low_level_status ?? 'no status'} (${placeOf(fact)}) ${LOST[fact.why]}`,
  );
  const rest = others.length > 0 ? ` Other reports: ${others.join('; ')}.` : '';
  return `${start} is ${newest.low_level_status ?? 'without a low-level status'}${since(newest.at)}, ${from}.${rest}`;
}

function placeOf({ at, source }: ExplainedFact): string {
  return `${source === 'own' ? 'own' : 'from another order'}${since(at)}`;
}

function since(at: Instant | null): string {
  return at === null ? ', time unknown' : ` since ${at}`;
}

function explainReport(transaction: Transaction, contributions: Contributions): Explanation['junction'] {
  const word = junctionsWord(contributions, transaction.orders);
  if (!word) return null;
  const { status, asOf, toldBy, covers, unaware } = word;
  const agreement = status === transaction.status ? 'equals ours' : 'differs from ours';
  const coverage = covers
    ? 'covers every fact stored here'
    : `does not cover every fact stored here of ${unaware.map((id) => `order ${id}`).join(', ')}`;
  const asOfText = asOf === null ? '' : ` as of ${asOf}`;
  return {
    status,
    as_of: asOf,
    told_by: toldBy,
    covers,
    unaware_of: unaware,
    sentence: `Junction reported ${status}${asOfText} in a payload of order ${toldBy}. That status ${agreement} and ${coverage}.`,
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
