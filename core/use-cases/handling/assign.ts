import { isSameCaller } from '../../domain/caller.ts';
import type { Assignment, PlannedFollowUp } from '../../domain/handling/assignment.ts';
import { type Instant, later } from '../../domain/instant.ts';
import { isOpen } from '../../domain/redraw/redraw.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { awaitsDecision } from '../../domain/transaction/acknowledgement.ts';
import { type FollowUp, followUpOf, isStalled } from '../../domain/transaction/follow-up.ts';
import { followUpAt, hasOpenCriticalResult } from '../../domain/worklist/postponed.ts';
import type { Projection } from '../recompute.ts';
import {
  type Actor,
  changeTransaction,
  historyEntry,
  instantOf,
  type TransactionChange,
} from './change-transaction.ts';

/** The maximum time until a follow-up (ms). A row that is hidden for longer would be forgotten. */
const LONGEST = 90 * 86_400_000;

/** The follow-up time is in the past or too far ahead. */
class FollowUpOutOfRange extends RequestRefused {
  override readonly name = 'FollowUpOutOfRange';
  override readonly kind = 'invalid';
}

/** The transaction does not allow a follow-up date. */
class FollowUpRefused extends RequestRefused {
  override readonly name = 'FollowUpRefused';
  override readonly kind = 'conflict';
}

/** There is another owner or follow-up than the request expects. */
class AssignmentConflict extends RequestRefused {
  override readonly name = 'AssignmentConflict';
  override readonly kind = 'conflict';
}

export interface UnassignmentRequest extends Actor {
  /** The time of the assignment to replace; null to replace none. Undefined replaces any. */
  readonly replaces?: Instant | null | undefined;
}

export interface AssignmentRequest extends UnassignmentRequest {
  readonly assignee: string;
  /** When to look at it again; null to leave it in the worklist. */
  readonly followUpAt: Instant | null;
}

/**
 * Sets the owner of a transaction and when the owner wants to look at it again. Repeating a request changes nothing.
 *
 * @throws TransactionNotFound
 * @throws AssignmentConflict if the current assignment is not the one to replace
 * @throws FollowUpOutOfRange if the time is over or too far away
 * @throws FollowUpRefused if the transaction is not on a list that a follow-up hides it from, or has an open critical
 *   result
 */
export function assign(
  projection: Projection,
  id: string,
  request: AssignmentRequest,
  now: Date,
): Promise<StoredTransaction> {
  return changeTransaction(projection, id, (stored) => assigning(stored, request, now));
}

/**
 * Removes the owner of a transaction and its follow-up. Without an owner, nothing changes.
 *
 * @throws TransactionNotFound
 * @throws AssignmentConflict if the current assignment is not the one to replace
 */
export function unassign(
  projection: Projection,
  id: string,
  { by, caller, replaces }: UnassignmentRequest,
  now: Date,
): Promise<StoredTransaction> {
  const actor = { by, caller };
  return changeTransaction(projection, id, (stored) => {
    if ((stored.assignment?.assignee ?? null) === null) return null;
    assertExpected(stored.assignment, replaces);
    const assignment = { ...actor, assignee: null, follow_up: null, at: instantOf(now) };
    return { set: { assignment }, entry: historyEntry(stored, actor, now, { kind: 'unassigned' }) };
  });
}

function assigning(
  stored: StoredTransaction,
  { assignee, followUpAt: wanted, by, caller, replaces }: AssignmentRequest,
  now: Date,
): TransactionChange | null {
  const known = stored.assignment;
  const plannedBefore = followUpAt(stored);
  const isSameFollowUp = wanted === plannedBefore;
  const isSameOwner = known?.assignee === assignee;
  if (known && isSameOwner && isSameFollowUp && known.by === by && isSameCaller(known.caller, caller)) {
    return null;
  }
  assertExpected(known, replaces);
  const at = instantOf(now);
  const follow_up =
    wanted === null || isSameFollowUp ? keptFollowUp(known, wanted) : planned(stored, wanted, at);
  const assignment = { assignee, follow_up, by, at, caller };
  const kind = isSameOwner ? 'follow_up_changed' : 'assigned';
  const entry = historyEntry(stored, { by, caller }, now, { kind, assignee, follow_up_at: wanted });
  return { set: { assignment }, entry };
}

/** An assignment without an owner is none to the caller. */
function assertExpected(known: Assignment | undefined, expected: Instant | null | undefined): void {
  if (expected === undefined || expected === ownedSince(known)) return;
  const state = known
    ? `${known.by} ${known.assignee === null ? 'removed the owner' : `assigned it to ${known.assignee}`} at ${known.at}`
    : 'It has no owner';
  throw new AssignmentConflict(`${state}. Nothing was changed.`);
}

const ownedSince = (known: Assignment | undefined): Instant | null =>
  known && known.assignee !== null ? known.at : null;

function keptFollowUp(known: Assignment | undefined, wanted: Instant | null): PlannedFollowUp | null {
  return wanted === null ? null : (known?.follow_up ?? null);
}

function planned(stored: StoredTransaction, at: Instant, now: Instant): PlannedFollowUp {
  if (at <= now) throw new FollowUpOutOfRange('The follow-up is in the past. Nothing was changed.');
  if (at > later(now, LONGEST))
    throw new FollowUpOutOfRange('The follow-up is more than 90 days away. Nothing was changed.');
  const listed = listedFollowUp(stored);
  if (hasOpenCriticalResult(stored)) {
    throw new FollowUpRefused(
      'The transaction has a critical result that nobody has acknowledged. It cannot be postponed to a follow-up.',
    );
  }
  return { at, progress: listed.key };
}

/** The redraw or order that is on a list. A follow-up date of anything else would appear nowhere, so nobody would be reminded of it. */
function listedFollowUp(stored: StoredTransaction): FollowUp {
  const { decision, redraw, marks } = stored;
  const followUp = followUpOf(stored);
  if (followUp && (isOpen(redraw) || awaitsDecision(decision, marks) || isStalled(stored, marks))) {
    return followUp;
  }
  throw new FollowUpRefused(
    stored.open_order
      ? 'The order is not stalled, so it is not on a list. A follow-up can be set once it is stalled.'
      : 'The transaction has no open redraw, no open decision and no stalled order to follow up.',
  );
}
