import { isSameCaller } from '../caller.ts';
import type { Assignment } from '../handling/assignment.ts';
import type { Noted } from '../handling/history-entry.ts';
import { openOrderKey } from '../members/open-order.ts';
import { nextStepOf, type Steppable } from '../next-step/next-step-of.ts';
import { isOpen, progressKey, type Redraw } from '../redraw/redraw.ts';
import { isWithheld, lastPublished } from '../stored/incompleteness.ts';
import { type InsightRecord, newInsightRecord } from '../stored/insight-record.ts';
import type { Published } from '../stored/published.ts';
import { type HeldTransaction, isEmptied } from '../stored/stored-transaction.ts';
import {
  type Acknowledgement,
  type FollowUpMarks,
  marksHolding,
  UNMARKED,
  uncheckedReason,
  type Withdrawal,
} from '../transaction/acknowledgement.ts';
import { type Decision, decisionKey } from '../transaction/decision.ts';
import { followUpOf, isStalled } from '../transaction/follow-up.ts';
import type { Anomaly, Transaction } from '../transaction/transaction.ts';
import type { DomainEvent, EventDetail, EventType } from './domain-events.ts';

/** A transaction at one revision, with what its events need. */
export interface RevisedTransaction extends Transaction, Steppable {
  readonly id: string;
  readonly revision: number;
  readonly assignment?: Assignment | undefined;
  readonly noted?: Noted | undefined;
}

/** An event before it has its position among those of its revision. */
type Unnumbered = {
  readonly [Type in EventType]: {
    readonly type: Type;
    readonly detail: Omit<EventDetail<Type>, 'sequence'>;
  };
}[EventType];

type Change = {
  readonly [Type in EventType]?: Omit<EventDetail<Type>, keyof EventDetail<'Redraw Available'>>;
};

/**
 * The events of a change of a stored transaction; `before` is null for the first one. When its orders have moved to another
 * transaction, that one's change has the events, and this one only takes back what the insights counted. A transaction that
 * lacks an order has none until its changes are published, and then those since the last published state.
 */
export function transactionEvents(
  before: HeldTransaction | null,
  after: HeldTransaction,
  correlationId: string | null = null,
): DomainEvent[] {
  if (!isEmptied(after) && isWithheld(after)) return [];
  const known = lastPublished(before && isEmptied(before) ? null : before);
  const changes = isEmptied(after)
    ? []
    : [...earlierNotes(before, after, correlationId), ...eventsBetween(known, after, correlationId)];
  const insight = newInsightRecord(known, after);
  const events = insight ? [...changes, insightEvent(insight, correlationId)] : changes;
  // The changes were created for their types, so they have their fields. The schema checks this when they are published.
  return events.map(
    ({ type, detail }, sequence) => ({ type, detail: { ...detail, sequence } }) as DomainEvent,
  );
}

function insightEvent(insight: InsightRecord, correlation_id: string | null): Unnumbered {
  const { transaction_id, revision, team_id, updated_at: time } = insight;
  const id = eventId({ id: transaction_id, revision }, 'Insight Changed');
  return {
    type: 'Insight Changed',
    detail: { id, correlation_id, time, transaction_id, revision, team_id, insight },
  };
}

/**
 * The domain events between two revisions of a transaction; `before` is null for the first one. Each carries the id of what
 * caused the change.
 */
export function eventsBetween(
  before: Published | null,
  after: RevisedTransaction,
  correlationId: string | null = null,
): Unnumbered[] {
  const changes: Change = {
    ...redrawChanges(before?.redraw ?? null, after.redraw),
    ...progressChanges(before, after),
    // What ended comes before what people have set since.
    ...orderChanges(before, after),
    ...decisionChanges(before?.decision ?? null, after),
    ...markChanges(before, after),
    ...handlingChanges(before, after),
    ...statusChanges(before, after),
    ...divergenceChanges(before?.diverges ?? false, after),
  };
  const cause = { correlation_id: correlationId };
  const events = Object.entries(changes).map(([type, more]) =>
    eventOf(type as EventType, after, { ...cause, ...more }),
  );
  const anomalies = newAnomalies(before, after);
  return [...events, ...anomalies.map((anomaly) => anomalyEvent(after, { ...cause, anomaly }))];
}

/** The notes that were added and replaced by a newer one while the changes of a transaction were kept back. */
function earlierNotes(
  before: HeldTransaction | null,
  after: RevisedTransaction,
  correlation_id: string | null,
): Unnumbered[] {
  const { notes = [] } = (before && !isEmptied(before) && before.incomplete) || {};
  return notes.map((note) => {
    const id = eventId(after, `Note Added ${note.id}`);
    return { type: 'Note Added', detail: { ...about(after), id, correlation_id, note: shownNote(note) } };
  });
}

function shownNote(note: Noted) {
  return { ...note, caller: { ...note.caller } };
}

function redrawChanges(before: Redraw | null, after: Redraw | null): Change {
  const available = after?.available_at != null && before?.available_at == null;
  const linked = after?.order_id != null && after.order_id !== before?.order_id;
  return {
    ...(available ? { 'Redraw Available': {} } : {}),
    ...(linked ? { 'Redraw Order Linked': { order_id: after.order_id } } : {}),
  };
}

/** Only a redraw that was open can progress. */
function progressChanges(before: Published | null, after: RevisedTransaction): Change {
  const from = before?.redraw ?? null;
  if (!isOpen(from)) return {};
  const to = after.redraw;
  if (to && isOpen(to) && progressKey(from) === progressKey(to)) return {};
  const moved = { from_stage: from.stage, to_stage: to?.stage ?? null };
  return { 'Redraw Progressed': { ...moved, was_stale: before?.marks.stale_since != null } };
}

/** Another decision, or the same one after the redraw was open again, has an event too. */
function decisionChanges(before: Decision | null, { decision }: RevisedTransaction): Change {
  if (!decision || (before && decisionKey(before) === decisionKey(decision))) return {};
  const { reason, order_id } = decision;
  if (reason !== 'order_failed') return { 'Redraw Needs Decision': { decision } };
  return { 'Order Failed': { order_id: order_id ?? '', decision } };
}

/** What people and the sweep have set since. */
interface NewMarks {
  readonly flagged: boolean;
  readonly acknowledgement: PublishedAcknowledgement | null;
  readonly withdrawn: {
    readonly acknowledgement: PublishedAcknowledgement;
    readonly withdrawal: Withdrawal;
  } | null;
}

/** Everybody who has a rule on the bus could read a note. */
type PublishedAcknowledgement = EventDetail<'Redraw Acknowledged'>['acknowledgement'];

function published(given: Acknowledgement): PublishedAcknowledgement {
  const { by, at, caller, stop_messages, decided = null } = given;
  return { by, at, caller: { ...caller }, stop_messages, decided };
}

function newMarks(before: Published | null, { marks }: RevisedTransaction): NewMarks {
  const { stale_since, acknowledgement, withdrawal, progress } = marks;
  const held = before && progress !== null ? marksHolding(before.marks, { key: progress }) : UNMARKED;
  const known = held.acknowledgement;
  const isNew = acknowledgement !== null && !isRepeated(known, acknowledgement);
  return {
    flagged: stale_since !== null && held.stale_since !== stale_since,
    acknowledgement: isNew ? published(acknowledgement) : null,
    // When progress clears an acknowledgement, there is no withdrawal and no event.
    withdrawn:
      known && !acknowledgement && withdrawal ? { acknowledgement: published(known), withdrawal } : null,
  };
}

function markChanges(before: Published | null, after: RevisedTransaction): Change {
  const set = newMarks(before, after);
  if (after.decision?.reason === 'order_failed') return failedOrderMarkChanges(set, after.decision);
  return followUpOf(after)?.of === 'order' ? orderMarkChanges(set, after) : redrawMarkChanges(set, after);
}

function failedOrderMarkChanges({ acknowledgement, withdrawn }: NewMarks, failed: Decision): Change {
  const order_id = failed.order_id ?? '';
  return {
    ...(acknowledgement ? { 'Failed Order Acknowledged': { order_id, acknowledgement } } : {}),
    ...(withdrawn ? { 'Failed Order Acknowledgement Withdrawn': { order_id, ...withdrawn } } : {}),
  };
}

function redrawMarkChanges(
  { flagged, acknowledgement, withdrawn }: NewMarks,
  { marks }: RevisedTransaction,
): Change {
  const stale = { stale_since: marks.stale_since ?? '', ...checkOf(marks) };
  return {
    ...(flagged ? { 'Redraw Stale': stale } : {}),
    ...(acknowledgement ? { 'Redraw Acknowledged': { acknowledgement } } : {}),
    ...(withdrawn ? { 'Redraw Acknowledgement Withdrawn': withdrawn } : {}),
  };
}

function orderMarkChanges(
  { flagged, acknowledgement, withdrawn }: NewMarks,
  { open_order, marks }: RevisedTransaction,
): Change {
  if (!open_order) return {};
  const { order_id, stage, due_at } = open_order;
  const stalled = { order_id, stage, due_at: due_at ?? '', stalled_since: marks.stale_since ?? '' };
  return {
    ...(flagged ? { 'Order Stalled': { ...stalled, ...checkOf(marks) } } : {}),
    ...(acknowledgement ? { 'Stalled Order Acknowledged': { order_id, acknowledgement } } : {}),
    ...(withdrawn ? { 'Stalled Order Acknowledgement Withdrawn': { order_id, ...withdrawn } } : {}),
  };
}

/** Everything that people set has its time, so that two changes never look the same. */
function handlingChanges(before: Published | null, after: RevisedTransaction): Change {
  const { assignment, noted } = after;
  const { assignment: known, noted: lastNoted } = before ?? {};
  const isAssigned = assignment && !(known?.at === assignment.at && known.by === assignment.by);
  const isNoted = noted && noted.id !== lastNoted?.id;
  return {
    ...(isAssigned && {
      'Assignment Changed': {
        assignment: assignmentOf(assignment),
        previous_assignee: known?.assignee ?? null,
      },
    }),
    ...(isNoted && { 'Note Added': { note: shownNote(noted) } }),
  };
}

function assignmentOf({ assignee, follow_up, by, at, caller }: Assignment) {
  return { assignee, follow_up_at: follow_up?.at ?? null, by, at, caller: { ...caller } };
}

function checkOf(marks: FollowUpMarks) {
  const unchecked_reason = uncheckedReason(marks);
  return { unchecked: unchecked_reason !== null, unchecked_reason };
}

/** Only an order that was flagged as stalled has an event when it progresses: ordinary progress is not reported. */
function orderChanges(before: Published | null, after: RevisedTransaction): Change {
  const from = before && isStalled(before, before.marks) ? before.open_order : null;
  const to = after.open_order;
  if (!from || (to && openOrderKey(from) === openOrderKey(to))) return {};
  const { order_id, stage: from_stage } = from;
  return { 'Stalled Order Progressed': { order_id, from_stage, to_stage: to?.stage ?? null } };
}

function isRepeated(known: Acknowledgement | null, repeated: Acknowledgement): boolean {
  const { by, note, at, caller, stop_messages, decided } = repeated;
  if (known === null || !isSameCaller(known.caller, caller)) return false;
  if (known.by !== by || known.note !== note || known.at !== at) return false;
  return known.stop_messages === stop_messages && known.decided === decided;
}

function statusChanges(before: Published | null, after: RevisedTransaction): Change {
  if (before?.status === after.status && before.outcome === after.outcome) return {};
  if (after.status === 'completed') return { 'Transaction Completed': {} };
  if (before?.status === after.status) return {};
  if (after.status === 'cancelled') return { 'Transaction Cancelled': {} };
  return before && before.status !== 'active'
    ? { 'Transaction Reopened': { from_status: before.status } }
    : {};
}

function divergenceChanges(diverged: boolean, after: RevisedTransaction): Change {
  if (diverged === after.diverges) return {};
  if (!after.diverges) return { 'Divergence Closed': {} };
  return { 'Divergence Opened': { reported_status: after.reported_status ?? '' } };
}

function newAnomalies(before: Published | null, after: RevisedTransaction): readonly Anomaly[] {
  const known = new Set(before?.anomalies.map(({ code, order_id }) => `${code} ${order_id}`));
  return after.anomalies.filter(({ code, order_id }) => !known.has(`${code} ${order_id}`));
}

function anomalyEvent(
  transaction: RevisedTransaction,
  more: { readonly correlation_id: string | null; readonly anomaly: Anomaly },
): Unnumbered {
  const { anomaly } = more;
  const id = eventId(transaction, `Transaction Anomaly ${anomaly.code} ${anomaly.order_id}`);
  return { type: 'Transaction Anomaly', detail: { ...about(transaction), id, ...more } };
}

function eventOf(type: EventType, transaction: RevisedTransaction, more: object): Unnumbered {
  const detail = { ...about(transaction), id: eventId(transaction, type), ...more };
  return { type, detail } as Unnumbered;
}

/** Deterministic: a change that is processed again gets the same id, and no other change does. */
function eventId({ id, revision }: Pick<RevisedTransaction, 'id' | 'revision'>, what: string): string {
  return `${id}:${revision}:${what.toLowerCase().replaceAll(' ', '-')}`;
}

function about(
  transaction: RevisedTransaction,
): Omit<EventDetail<'Redraw Available'>, 'id' | 'correlation_id' | 'sequence'> {
  const { id, revision, team_id, user_id, client_user_id, status, outcome, updated_at } = transaction;
  const { assignment, missing_results } = transaction;
  const step = nextStepOf(transaction);
  return {
    time: updated_at,
    transaction_id: id,
    revision,
    team_id,
    user_id,
    client_user_id,
    status,
    outcome,
    lab_test: transaction.orders.find(({ lab_test }) => lab_test)?.lab_test ?? null,
    owner: assignment?.assignee ?? null,
    next_step: step && { situation: step.situation, order_id: step.order_id, cause: step.cause },
    missing_results: missing_results.map((marker) => ({ ...marker })),
    redraw: shownRedraw(transaction),
  };
}

function shownRedraw({ redraw, marks: { stale_since } }: RevisedTransaction) {
  return (
    redraw && { ...redraw, state: stale_since === null ? redraw.state : ('stale' as const), stale_since }
  );
}
