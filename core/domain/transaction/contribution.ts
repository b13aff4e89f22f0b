import { earliest, type Instant, latest } from '../instant.ts';
import { distinctEvents, type OrderEvent } from '../order/order-event.ts';
import {
  clientUserId,
  type MissingResult,
  type OrderRecord,
  type SiblingFact,
  statusOf,
  type ToldMarkers,
  type TransactionReport,
  userId,
} from '../order/order-record.ts';
import { isKnownStatus, type OrderClass, orderClass, statusParts } from '../order/status.ts';
import { type OrderProgress, progressOf } from '../redraw/redraw-progress.ts';

/** Something unusual about one order, with the time of the fact that shows it. */
export interface OrderOddity {
  readonly code: string;
  readonly at: Instant | null;
}

/** What one order's record brings into its transaction. */
export interface Contribution {
  /** The version of the record it was made from. */
  readonly version: number;
  readonly status: string | null;
  readonly low_level_status: string | null;
  readonly low_level_status_created_at: Instant | null;
  readonly origin: string | null;
  readonly parent_id: string | null;
  readonly modality: string | null;
  readonly created_at: Instant | null;
  /** When the customer registered it; null if never. */
  readonly registered_at: Instant | null;
  readonly user_id: string | null;
  readonly client_user_id: string | null;
  readonly team_id: string | null;
  readonly has_missing_results: boolean | null;
  readonly missing_results: readonly MissingResult[];
  readonly told_markers: ToldMarkers | null;
  readonly redraw_available_at: Instant | null;
  /** Null for an initial order: only what may be a redraw is timed. */
  readonly progress: OrderProgress | null;
  /** What its payloads say of the orders of the transaction. */
  readonly heard: readonly SiblingFact[];
  readonly report: TransactionReport | null;
  readonly oddities: readonly OrderOddity[];
}

/** Of two contributions of one order the one from the newer version of its record. */
export function joinContributions(held: Contribution | undefined, brought: Contribution): Contribution {
  return held && held.version > brought.version ? held : brought;
}

/** Reads out of an order's record what its transaction needs to know. */
export function contributionOf(record: OrderRecord): Contribution {
  const { snapshot } = record;
  const events = distinctEvents(record.events);
  return {
    version: record.version,
    ...statusOf(record),
    origin: snapshot?.origin ?? null,
    parent_id: snapshot?.parent_id ?? null,
    modality: snapshot?.modality ?? null,
    created_at: snapshot?.created_at ?? null,
    registered_at: record.registered?.at ?? null,
    user_id: userId(record),
    client_user_id: clientUserId(record),
    team_id: snapshot?.team_id ?? null,
    has_missing_results: snapshot?.has_missing_results ?? null,
    missing_results: snapshot?.missing_results ?? [],
    told_markers: record.toldMarkers,
    progress: snapshot?.origin === 'initial' ? null : progressOf(record),
    redraw_available_at: latest(events.map((event) => (eventClass(event) === 'R' ? event.created_at : null))),
    heard: record.siblings,
    report: snapshot?.report ?? null,
    oddities: oddities(record, events),
  };
}

function eventClass(event: OrderEvent): OrderClass {
  const { high, low } = statusParts(event.status);
  return orderClass(low, high);
}

/** Transitions Junction's life cycle does not have, by the classes of two events in a row. */
function unusualTransition(from: OrderClass, to: OrderClass): string | null {
  if (from === to) return null;
  switch (from) {
    case 'X':
      return 'reinstated_after_cancelled';
    case 'C':
      return to === 'X' ? null : 'reopened_after_completed';
    case 'R':
      return to === 'C' ? null : 'moved_after_redraw_available';
    case 'F':
      return to === 'X' ? null : 'recovered_after_failure';
    default:
      return null;
  }
}

function oddities(record: OrderRecord, events: readonly OrderEvent[]): OrderOddity[] {
  const found: OrderOddity[] = [];
  const note = (code: string, at: Instant | null) => {
    if (!found.some((oddity) => oddity.code === code)) found.push({ code, at });
  };
  for (const [index, event] of events.entries()) {
    const before = events[index - 1];
    const code = before && unusualTransition(eventClass(before), eventClass(event));
    if (code) note(code, event.created_at);
  }
  const future = record.futureEvents.filter((event) => !isAmong(event, events));
  if (future.length > 0) note('future_event', earliest(future.map((event) => event.created_at)));
  const { low_level_status: low, low_level_status_created_at: at } = statusOf(record);
  if (low !== null && !isKnownStatus(low)) note('unknown_status', at);
  if (record.transactionIds.length > 1) note('transaction_conflict', null);
  return found;
}

function isAmong(event: OrderEvent, events: readonly OrderEvent[]): boolean {
  return events.some(
    (other) =>
      other.created_at === event.created_at && other.id === event.id && other.status === event.status,
  );
}
