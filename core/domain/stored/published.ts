import type { Assignment } from '../handling/assignment.ts';
import type { Noted } from '../handling/history-entry.ts';
import { type Insight, type InsightSource, insightOf } from '../insights/insight.ts';
import type { FollowUpMarks } from '../transaction/acknowledgement.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** What people and the sweep have set on a transaction, as far as events are derived from it. */
interface PublishedMarks {
  readonly marks: FollowUpMarks;
  readonly assignment?: Assignment | undefined;
  readonly noted?: Noted | undefined;
}

type PublishedFields =
  | 'status'
  | 'outcome'
  | 'diverges'
  | 'updated_at'
  | 'redraw'
  | 'decision'
  | 'open_order'
  | 'anomalies';

/** What has been published of a transaction: the part of its state that its events are derived from. */
export interface Published extends Pick<Transaction, PublishedFields>, PublishedMarks {
  /** What the insights count of it once it is closed; absent until then. */
  readonly insight?: Insight | undefined;
}

/** A stored transaction, as far as it is published. */
export type Publishable = InsightSource & PublishedMarks;

/** What has been published of a transaction whose changes are not kept back. */
export function publishedOf(stored: Publishable): Published {
  const { status, outcome, diverges, updated_at, redraw, open_order, anomalies, marks } = stored;
  const { decision, assignment, noted } = stored;
  const insight = insightOf(stored);
  return {
    status,
    outcome,
    diverges,
    updated_at,
    // No event is derived from the markers, which can be long.
    redraw: redraw && { ...redraw, missing_results: [] },
    decision,
    open_order,
    anomalies,
    marks,
    ...(assignment && { assignment }),
    ...(noted && { noted }),
    ...(insight && insight.outcome !== 'open' && { insight }),
  };
}
