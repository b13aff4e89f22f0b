import type { Noted } from '../handling/history-entry.ts';
import { BEFORE_ALL_TIME, earliest, type Instant, later, latest } from '../instant.ts';
import type { Contribution } from '../members/contribution.ts';
import { isOpenQuestion } from '../members/correction-checks.ts';
import { counting, ownershipOf } from '../members/ownership.ts';
import { slotsOf } from '../members/slots.ts';
import type { Standing } from '../members/standing.ts';
import { classOf, type TransactionOrder } from '../members/transaction-orders.ts';
import { listerIn } from '../order/membership.ts';
import { orderClass } from '../order/status.ts';
import type { UnansweredChecks } from '../transaction/check-clocks.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { type Publishable, type Published, publishedOf } from './published.ts';

/**
 * What a transaction lacks although Junction has named it. Until it is there, or the sweep has asked for it, nothing about the
 * transaction is published, because the missing order can refute it. See docs/state-model.md, Incomplete.
 */
export interface Incompleteness {
  readonly missing: readonly string[];
  /** When the last of the missing orders was first named. */
  readonly since: Instant;
  /** Whether changes are published nevertheless: the sweep has asked, or could not. */
  readonly released?: true;
  /** What was published before; absent if nothing was, and once it is released. */
  readonly said?: Published;
  /** The notes that were added since and that a newer one has replaced; absent if there are none. */
  readonly notes?: readonly Noted[];
}

/** How long a missing order is waited for before the sweep asks Junction (ms). */
const WAIT = 900_000;
/** How long changes are kept back if Junction gives no usable answer (ms). */
const MAX_UNANSWERED = 86_400_000;

/** A transaction that may lack an order. */
interface Lacking {
  readonly incomplete?: Incompleteness | undefined;
}

/** Whether the changes of a transaction are kept back. */
export function isWithheld({ incomplete }: Lacking): boolean {
  return incomplete !== undefined && !incomplete.released;
}

/** What has been published of a transaction; null if nothing was. */
export function lastPublished(held: (Publishable & Lacking) | null): Published | null {
  if (held === null) return null;
  return isWithheld(held) ? (held.incomplete?.said ?? null) : publishedOf(held);
}

/**
 * The orders that Junction has named and whose own word is missing here: those in a list that are neither held nor known to belong
 * elsewhere, those whose list brought an order here before they came themselves, and those that decide an end by what only other orders' payloads say of them. Their own payloads say
 * whether that is true, and whether results are missing.
 */
export function missingOrders(
  { contributions, departures }: Standing,
  transaction: Pick<Transaction, 'status' | 'orders' | 'decision'>,
): string[] {
  const listed = Object.values(counting(contributions, ownershipOf(contributions))).flatMap((one) =>
    one.apart_from === null ? listedBy(one) : [],
  );
  const listers = Object.values(contributions).flatMap(({ heard_at, claimed_by, listed_rank }) =>
    heard_at !== null && claimed_by === 'listed' && listed_rank ? (listerIn(listed_rank) ?? []) : [],
  );
  const absent = [...listed, ...listers].filter((id) => !(id in contributions || id in departures));
  const reportedOnly = decidingEnd(transaction).filter((order) => {
    const own = contributions[order.id];
    return own && orderClass(own.low_level_status, own.status) !== classOf(order);
  });
  const questioned = Object.entries(contributions).flatMap(([id, one]) => (isOpenQuestion(one) ? [id] : []));
  return [...new Set([...absent, ...reportedOnly.map(({ id }) => id), ...questioned])].sort();
}

/** The orders in the list of an order's newest payload; in those of older ones if that has no list. */
function listedBy({ report, heard }: Pick<Contribution, 'report' | 'heard'>): string[] {
  return report ? Object.keys(report.orders) : heard.map(({ order_id }) => order_id);
}

/** The orders that decide that a transaction is over, or needs a decision. With a completed redraw, the initial order does not. */
function decidingEnd({
  status,
  orders,
  decision,
}: Pick<Transaction, 'status' | 'orders' | 'decision'>): TransactionOrder[] {
  if (status === 'active' && !decision) return [];
  const { initial, redraw } = slotsOf(orders);
  const decides = redraw && classOf(redraw) === 'C' ? [redraw] : [initial, redraw];
  return decides.filter((order) => order !== null);
}

/** The transaction before a change. A rebuild may know only its marks. */
type Before = (Partial<Publishable> & Lacking) | null;

/** What a change sets on a transaction, as far as it matters here. */
interface Change extends Lacking, Pick<Publishable, 'noted'> {
  readonly checked_at?: Instant | null;
}

/** What the next revision lacks. `heardAt`: when Junction last reported one of its orders; null if that is unknown. */
export function nextIncompleteness(
  missing: readonly string[],
  before: Before,
  { noted, checked_at, incomplete }: Change,
  heardAt: Instant | null,
): Incompleteness | undefined {
  if (missing.length === 0) return undefined;
  const known = incomplete ?? before?.incomplete;
  const isKnown = missing.every((id) => known?.missing.includes(id));
  const since = known && isKnown ? known.since : (heardAt ?? known?.since ?? BEFORE_ALL_TIME);
  const isAsked = checked_at != null && checked_at >= later(since, WAIT);
  if (isAsked || (isKnown && known?.released)) return { missing, since, released: true };
  return { missing, since, ...keptBack(before, known, noted) };
}

/** What a transaction keeps while its changes are kept back. */
function keptBack(
  before: Before,
  known: Incompleteness | undefined,
  noted: Noted | undefined,
): Pick<Incompleteness, 'said' | 'notes'> {
  if (!known || known.released) return before && isWhole(before) ? { said: publishedOf(before) } : {};
  const { said, notes = [] } = known;
  const last = before?.noted;
  // A transaction keeps its newest note only. One that was not published must not be lost when another replaces it.
  const replaced = noted && last && last.id !== said?.noted?.id ? [last] : [];
  const unpublished = [...notes, ...replaced];
  return { ...(said && { said }), ...(unpublished.length > 0 && { notes: unpublished }) };
}

function isWhole(before: Partial<Publishable>): before is Publishable {
  return before.status !== undefined;
}

/** The mark of a transaction whose changes are published from now on, although orders are missing. */
export function released({ missing, since }: Incompleteness): Incompleteness {
  return { missing, since, released: true };
}

/** When the sweep asks about a transaction whose changes are kept back. */
export function releaseTime({ since }: Incompleteness, unanswered: UnansweredChecks | null): Instant {
  const wait = later(since, WAIT);
  return latest([wait, unanswered && earliest([unanswered.retry_at, lastWait(unanswered)])]) ?? wait;
}

/** Whether the changes of a transaction are published at `now` although Junction could not be asked. */
export function isReleaseDue(
  { incomplete, unanswered }: Lacking & { readonly unanswered: UnansweredChecks | null },
  now: Instant,
  hasKey: boolean,
): boolean {
  if (!incomplete || incomplete.released || now < later(incomplete.since, WAIT)) return false;
  if (!hasKey) return true;
  const until = unanswered && lastWait(unanswered);
  return until !== null && now >= until;
}

/** Until when an answer is waited for. */
function lastWait({ since }: UnansweredChecks): Instant | null {
  return since === undefined ? null : later(since, MAX_UNANSWERED);
}
