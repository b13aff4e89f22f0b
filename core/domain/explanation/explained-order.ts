import { type Instant, parseInstant } from '../instant.ts';
import type { Slots } from '../members/slots.ts';
import {
  type Contributions,
  classOf,
  type StatusClaim,
  statusClaims,
  type TransactionOrder,
} from '../members/transaction-orders.ts';
import { CLAIM_SOURCES, type Claim, type ClaimSource, decidingSource } from '../order/membership.ts';
import type { OrderEvent } from '../order/order-event.ts';
import type { OrderRecord, SiblingFact } from '../order/order-record.ts';
import { newestEventOf } from '../order/rank.ts';
import { lifecycleStage } from '../order/status.ts';
import type { OrderClass } from '../order/status-table.ts';
import { byKey } from '../sort-keys.ts';

/** Where a report comes from: the order's own record, or the payloads of others. */
export const FACT_SOURCES = ['own', 'heard'] as const;
type FactSource = (typeof FACT_SOURCES)[number];

/** A report of an order's status, and its source. */
export interface ExplainedFact {
  readonly low_level_status: string | null;
  readonly at: Instant | null;
  readonly source: FactSource;
  /** The orders whose payloads reported it. */
  readonly reported_by: readonly string[];
}

/** Why a report was superseded by the newest. */
export const LOSING_REASONS = ['older', 'earlier_stage', 'from_another_order', 'tie'] as const;
export type LosingReason = (typeof LOSING_REASONS)[number];

/** The role of an order in its transaction. */
export const ORDER_SLOTS = ['initial', 'redraw', 'replaced', 'not_counted'] as const;
type OrderSlot = (typeof ORDER_SLOTS)[number];

export interface ExplainedOrder {
  readonly id: string;
  readonly slot: OrderSlot;
  readonly class: OrderClass;
  readonly newest: ExplainedFact | null;
  /** Reports that were superseded, and why. */
  readonly lost: readonly (ExplainedFact & { readonly why: LosingReason })[];
  /** When the customer registered it; null if not registered. */
  readonly registered_at: Instant | null;
  /** When Junction was asked for its newest answer about it; null without one. */
  readonly answered_at: Instant | null;
  /** The events that this answer lacks. */
  readonly withdrawn: readonly Pick<OrderEvent, 'id' | 'status' | 'created_at'>[];
  /** Since when only Junction can say what is true about it; null if nothing is contradictory. */
  readonly question_at: Instant | null;
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

/** Explains the status of an order of a transaction; `record` is its own, if it exists. */
export function explainOrder(
  order: TransactionOrder,
  slots: Slots,
  contributions: Contributions,
  record: OrderRecord | undefined,
): ExplainedOrder {
  const explained = explainStatus(order, slots, contributions);
  return {
    ...explained,
    ...explainCorrections(record),
    claims: explainClaims(record),
    sentence: [explained.sentence, ...correctionSentences(record)].join(' '),
  };
}

function explainCorrections(
  record: OrderRecord | undefined,
): Pick<ExplainedOrder, 'answered_at' | 'withdrawn' | 'question_at'> {
  const { answeredAt = null, withdrawnEvents = [], questionAt = null } = record ?? {};
  const withdrawn = withdrawnEvents.map(({ id, status, created_at }) => ({ id, status, created_at }));
  return { answered_at: answeredAt, withdrawn, question_at: questionAt };
}

function correctionSentences(record: OrderRecord | undefined): string[] {
  if (!record) return [];
  const { answeredAt, withdrawnEvents, questionAt, isUnconfirmed } = record;
  const withdrawn = withdrawnEvents.map(
    ({ status, created_at }) =>
      `Junction's answer of ${answeredAt} no longer has ${status} of ${created_at}, so it does not count.`,
  );
  if (questionAt === null) return withdrawn;
  const outcome = isUnconfirmed
    ? 'Junction has not settled it, so what the webhook says counts without confirmation.'
    : 'Junction is asked by the next sweep.';
  return [...withdrawn, `A webhook of ${questionAt} contradicts what is known. ${outcome}`];
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
  readonly reported_by: string;
}

function explainStatus(
  order: TransactionOrder,
  slots: Slots,
  contributions: Contributions,
): Omit<ExplainedOrder, 'claims' | keyof ReturnType<typeof explainCorrections>> {
  const { id } = order;
  const own = contributions[id];
  // DynamoDB promises no order of the keys.
  const entries = Object.entries(contributions).sort(byKey(([orderId]) => [orderId]));
  const heard = entries.flatMap(([reported_by, contribution]) =>
    contribution.heard
      .filter((fact) => fact.order_id === id)
      .map((fact): ReportedFact => ({ ...fact, reported_by })),
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
function distinctFacts(claims: readonly (StatusClaim & { reported_by?: string })[]) {
  const facts = new Map<string, { claim: StatusClaim; fact: ExplainedFact & { reported_by: string[] } }>();
  for (const claim of claims) {
    const key = JSON.stringify([claim.own, claim.status, claim.status_at]);
    const known = facts.get(key) ?? {
      claim,
      fact: {
        low_level_status: claim.status,
        at: claim.status_at,
        source: claim.own ? ('own' as const) : ('heard' as const),
        reported_by: [],
      },
    };
    if (claim.reported_by !== undefined && !known.fact.reported_by.includes(claim.reported_by)) {
      known.fact.reported_by.push(claim.reported_by);
    }
    facts.set(key, known);
  }
  return [...facts.values()];
}

function whyLost(claim: StatusClaim, newest: StatusClaim): LosingReason {
  if ((claim.status_at ?? '') !== (newest.status_at ?? '')) return 'older';
  if (lifecycleStage(claim.status) !== lifecycleStage(newest.status)) return 'earlier_stage';
  return claim.own === newest.own ? 'tie' : 'from_another_order';
}

function slotOf(order: TransactionOrder, { initial, redraw, initialChain }: Slots): OrderSlot {
  if (order.id === initial?.id) return 'initial';
  if (order.id === redraw?.id) return 'redraw';
  return initialChain.some(({ id }) => id === order.id) ? 'replaced' : 'not_counted';
}

const SLOTS: Readonly<Record<OrderSlot, string>> = {
  initial: 'the initial order',
  redraw: 'the redraw',
  replaced: 'replaced by a recreation',
  not_counted: 'not counted because another order fills its slot',
};

const LOST: Readonly<Record<LosingReason, string>> = {
  older: 'is older',
  earlier_stage: 'has the same time but an earlier stage',
  from_another_order: 'has the same time and stage but comes from another order',
  tie: 'is equal in all of these, so the alphabetical order decides',
};

function orderSentence(
  order: Omit<ExplainedOrder, 'sentence' | 'claims' | keyof ReturnType<typeof explainCorrections>>,
): string {
  const { id, slot, newest, lost, registered_at } = order;
  const start = `Order ${id} (${SLOTS[slot]})`;
  if (!newest) {
    const registered = registered_at === null ? '' : `; it was registered on ${registered_at}`;
    return `${start}: nothing is known about its status${registered}.`;
  }
  const from =
    newest.source === 'own' ? 'from its own events' : `reported by order ${newest.reported_by.join(', ')}`;
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
