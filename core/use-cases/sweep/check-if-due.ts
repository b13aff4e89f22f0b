/**
 * Whether the sweep checks a transaction with Junction, and what came back. What it asks is in ../reconcile/ask-junction.ts; the lists that it
 * reads are in poll-draws.ts and poll-changed-orders.ts.
 */

import type { Instant } from '../../domain/instant.ts';
import { type CheckedChange, isHealing } from '../../domain/stored/junction-check.ts';
import { remarked } from '../../domain/stored/next-revision.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import type { NoKey } from '../../domain/transaction/acknowledgement.ts';
import { forTeam } from '../../junction/per-team.ts';
import type { GuardedAnswer } from '../reconcile/junction-guard.ts';
import { dueFollowUp, isUnansweredTooLong } from './due-now.ts';
import type { Part } from './sweep-part.ts';

/** What is known from Junction when a transaction is flagged or cleared. */
export type Answer =
  /** The changes it found. */
  | readonly CheckedChange[]
  /** Junction was asked and gave no usable answer. */
  | 'unanswered'
  /** Junction was not asked: it is down, or it recently gave no answer about this transaction. */
  | 'deferred'
  /** The transaction has changed since its check was planned, and its next check is later. */
  | 'not_needed'
  /** No API key is configured, or none of the transaction's team. */
  | NoKey;

/** Without a key of its team, Junction cannot know the transaction, and is not asked. */
const NO_KEY: GuardedAnswer = { kind: 'other_team' };

/** Asks Junction about a transaction that is due, as `reconcileTransaction` does, unless there is a reason not to. */
export async function checkIfDue(part: Part, stored: StoredTransaction): Promise<Answer> {
  const { guards, now, projection, report, onSkip } = part;
  if (!dueFollowUp(stored, now)) {
    const { check_at } = remarked(stored, { check_at: null }, projection.clocks);
    if (check_at === null || check_at > now) return 'not_needed';
  }
  if (guards.size > 0 || dueFollowUp(stored, now)) report.due += 1;
  if (guards.size === 0) return 'no_key';
  const skip = (reason: string) => {
    report.skipped += 1;
    onSkip(stored.id, reason);
  };
  if (isBackingOff(stored, now)) {
    skip('Junction recently gave no answer about it');
    return 'deferred';
  }
  const guard = forTeam(guards, stored.team_id);
  const outcome = guard ? await guard.ask(stored) : NO_KEY;
  switch (outcome.kind) {
    case 'answered':
      if (isHealing(outcome.changes)) report.healed += 1;
      return outcome.changes;
    case 'unanswered':
      skip(outcome.reason);
      return 'unanswered';
    case 'other_team':
      skip(guard ? 'the API key belongs to another team' : 'no API key of its team is stored');
      return 'no_key_for_team';
    case 'down':
      skip('Junction is down');
      return 'deferred';
  }
}

/** Whether Junction must not be asked yet. It is asked once more before something is flagged without an answer. */
function isBackingOff(stored: StoredTransaction, now: Instant): boolean {
  const { unanswered } = stored;
  return unanswered !== null && unanswered.retry_at > now && !isUnansweredTooLong(stored, now);
}
