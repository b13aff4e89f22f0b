import * as z from 'zod/mini';
import { caller } from '../caller-schema.ts';
import { ORDER_STAGES } from '../clocks/order-clocks.ts';
import { REDRAW_STAGES } from '../clocks/redraw-clocks.ts';
import { NOTE_KINDS } from '../handling/note.ts';
import { OUTCOMES } from '../members/outcome.ts';
import { ENDED_STATUSES, TRANSACTION_STATUSES } from '../members/truth-table.ts';
import { CAUSES } from '../next-step/cause.ts';
import { SITUATIONS } from '../next-step/situation.ts';
import { TOLD_BY } from '../order/critical-result.ts';
import { REDRAW_SCOPES, SHOWN_REDRAW_STATES } from '../redraw/redraw-states.ts';
import { insightRecord } from '../stored/insight-record.ts';
import { UNCHECKED_REASONS } from '../transaction/acknowledgement.ts';
import { DECIDED_NAMES, DECISION_CAUSES, DECISION_REASONS } from '../transaction/decision.ts';

const id = z.string();
const idOrNone = z.nullable(z.string());
const time = z.string();
const timeOrNone = z.nullable(z.string());

const redraw = z.object({
  state: z.enum(SHOWN_REDRAW_STATES),
  stage: z.nullable(z.enum(REDRAW_STAGES)),
  order_id: idOrNone,
  /** The initial order was redrawn under its own id and completed, without a redraw order. */
  single_order: z.boolean(),
  available_at: timeOrNone,
  due_at: timeOrNone,
  stale_since: timeOrNone,
});

const missingResult = z.object({
  name: z.string(),
  slug: idOrNone,
  failure_type: idOrNone,
  loinc: idOrNone,
});

const labTest = z.nullable(z.object({ name: idOrNone, lab: idOrNone }));

/** Which change of which transaction. */
const revised = {
  /** The same for every delivery of an event, so that consumers can detect duplicates. */
  id,
  /** The id of the webhook message, API request or scheduled run that caused the change. */
  correlation_id: idOrNone,
  /** The time of the newest fact of the transaction at that revision. */
  time: timeOrNone,
  transaction_id: id,
  /** The revision of the transaction that caused the event. */
  revision: z.int(),
  /** The position among the events of that revision. */
  sequence: z.int(),
  team_id: idOrNone,
};

/** The fields of every event about a transaction: the transaction and its state after the change. */
const about = {
  ...revised,
  user_id: idOrNone,
  client_user_id: idOrNone,
  status: z.enum(TRANSACTION_STATUSES),
  outcome: z.enum(OUTCOMES),
  lab_test: labTest,
  owner: idOrNone,
  next_step: z.nullable(
    z.object({ situation: z.enum(SITUATIONS), order_id: idOrNone, cause: z.nullable(z.enum(CAUSES)) }),
  ),
  missing_results: z.array(missingResult),
  redraw: z.nullable(redraw),
};

const flag = { unchecked: z.boolean(), unchecked_reason: z.nullable(z.enum(UNCHECKED_REASONS)) };

/** Without the note: everybody who has a rule on the bus could read it. */
const acknowledgement = z.object({ by: z.string(), at: time, caller });

const decidingAcknowledgement = z.object({
  ...acknowledgement.shape,
  /** What was decided; null where nothing was, or where only the note says it. */
  decided: z.nullable(z.enum(DECIDED_NAMES)),
});

const redrawAcknowledgement = z.object({
  ...decidingAcknowledgement.shape,
  /** Whether the patient gets no more messages about the redraw while the acknowledgement lasts. */
  stop_messages: z.boolean(),
});

const withdrawal = z.object({ by: z.string(), at: time, caller });

/** A match review and its state after the change. */
const matchReview = {
  id,
  correlation_id: idOrNone,
  /** When the state arrived. */
  time,
  match_review_id: id,
  team_id: idOrNone,
  status: z.string(),
  decision_code: idOrNone,
  resolution_action: idOrNone,
  resolved_order_id: idOrNone,
  /** When it came back from Junction's operations; null if it did not. */
  returned_at: z.nullable(time),
};

/** An order with a critical result. No event holds a value of a result. */
const criticalResult = {
  id,
  correlation_id: idOrNone,
  time,
  order_id: id,
  /** Null until Junction or a registration provides it. */
  transaction_id: idOrNone,
  team_id: idOrNone,
  user_id: idOrNone,
  client_user_id: idOrNone,
  lab_test: labTest,
};

const decision = z.object({
  reason: z.enum(DECISION_REASONS),
  cause: z.enum(DECISION_CAUSES),
  order_id: idOrNone,
  since: timeOrNone,
});

const reviewed = z.object({
  transaction_id: id,
  order_id: idOrNone,
  stage: z.string(),
  due_at: timeOrNone,
  stale_since: timeOrNone,
  acknowledged_by: idOrNone,
  owner: idOrNone,
});

/** The schemas of the events on the bus by detail type. Consumers can parse `detail` with them. */
export const domainEvents = {
  'Redraw Available': z.object(about),
  'Redraw Order Linked': z.object({ ...about, order_id: id }),
  'Redraw Stale': z.object({
    ...about,
    stale_since: time,
    ...flag,
  }),
  'Redraw Needs Decision': z.object({ ...about, decision }),
  'Redraw Progressed': z.object({
    ...about,
    from_stage: idOrNone,
    to_stage: idOrNone,
    was_stale: z.boolean(),
  }),
  'Redraw Acknowledged': z.object({ ...about, acknowledgement: redrawAcknowledgement }),
  'Redraw Acknowledgement Withdrawn': z.object({
    ...about,
    /** The withdrawn one. */
    acknowledgement: redrawAcknowledgement,
    withdrawal,
  }),
  'Order Stalled': z.object({
    ...about,
    order_id: id,
    stage: z.enum(ORDER_STAGES),
    due_at: time,
    stalled_since: time,
    ...flag,
  }),
  'Stalled Order Progressed': z.object({
    ...about,
    order_id: id,
    from_stage: z.enum(ORDER_STAGES),
    to_stage: z.nullable(z.enum(ORDER_STAGES)),
  }),
  'Stalled Order Acknowledged': z.object({ ...about, order_id: id, acknowledgement }),
  'Stalled Order Acknowledgement Withdrawn': z.object({
    ...about,
    order_id: id,
    /** The withdrawn one. */
    acknowledgement,
    withdrawal,
  }),
  /** Without a redraw. */
  'Order Failed': z.object({ ...about, order_id: id, decision }),
  'Failed Order Acknowledged': z.object({ ...about, order_id: id, acknowledgement: decidingAcknowledgement }),
  'Failed Order Acknowledgement Withdrawn': z.object({
    ...about,
    order_id: id,
    /** The withdrawn one. */
    acknowledgement: decidingAcknowledgement,
    withdrawal,
  }),
  'Assignment Changed': z.object({
    ...about,
    assignment: z.object({
      /** Null if the owner was removed. */
      assignee: idOrNone,
      follow_up_at: timeOrNone,
      by: z.string(),
      at: time,
      caller,
    }),
    previous_assignee: idOrNone,
  }),
  'Note Added': z.object({
    ...about,
    /** Without its text. */
    note: z.object({ id, kind: z.enum(NOTE_KINDS), by: z.string(), at: time, caller }),
  }),
  'Transaction Completed': z.object(about),
  'Transaction Cancelled': z.object(about),
  'Transaction Reopened': z.object({ ...about, from_status: z.enum(ENDED_STATUSES) }),
  'Transaction Anomaly': z.object({
    ...about,
    anomaly: z.object({ code: z.string(), order_id: id, first_seen_at: timeOrNone }),
  }),
  'Divergence Opened': z.object({ ...about, reported_status: z.string() }),
  'Divergence Closed': z.object(about),
  'Insight Changed': z.object({ ...revised, insight: insightRecord }),
  'Match Review Opened': z.object(matchReview),
  'Match Review Closed': z.object(matchReview),
  'Critical Result Reported': z.object({
    ...criticalResult,
    report: z.object({ status: z.string(), updated_at: time }),
  }),
  'Critical Result Acknowledged': z.object({
    ...criticalResult,
    opened_at: time,
    acknowledgement: z.object({
      by: z.string(),
      at: time,
      caller,
      /** How somebody who can act on it was told, and whether that person read it back. */
      channel: z.enum(TOLD_BY),
      read_back: z.boolean(),
    }),
  }),
  'Redraw Review': z.object({
    id,
    correlation_id: idOrNone,
    time,
    scope: z.enum(REDRAW_SCOPES),
    open: z.int(),
    stale: z.int(),
    acknowledged: z.int(),
    /** Transactions that wait for a decision: a redraw ended without complete results, or an order failed. */
    needs_decision: z.int(),
    /** Orders that are not redraws and are stalled. */
    stalled_orders: z.int(),
    /** Open redraws that are due, flagged or not yet, and wait for no decision. */
    overdue: z.int(),
    /** Critical results that nobody has acknowledged. */
    critical_results: z.int(),
    /** Open match reviews. */
    match_reviews: z.int(),
    /** Most overdue first. Shorter than the counts if the list would be too long for an event. */
    redraws: z.array(reviewed),
    left_out: z.int(),
  }),
} as const;

/** What every detail has beside its own fields. A rule can leave out what nobody is to act on. */
export const eventEnvelope = z.object({
  /** The detail type, so that a detail can be told from others without its event. */
  type: z.string(),
  schema_version: z.string(),
  /** Where a person and a program see what the event is about. */
  links: z.object({ dashboard: z.nullable(z.string()), api: z.string() }),
  /** Whether everything behind the event happened before the service watched. */
  historical: z.boolean(),
  /** Whether the deployment only watches: it sends no mails about redraws and no messages to patients. */
  watch_only: z.boolean(),
});

export type EventEnvelope = z.output<typeof eventEnvelope>;
export type EventType = keyof typeof domainEvents;
export type EventDetail<Type extends EventType> = z.output<(typeof domainEvents)[Type]>;

/** Schemas of details, by the type of the event. */
export type EventSchemas = Readonly<Record<string, z.ZodMiniType>>;

/** An event of one of the types. */
export type EventIn<Schemas extends EventSchemas> = {
  readonly [Type in keyof Schemas]: {
    readonly type: Type & string;
    readonly detail: z.output<Schemas[Type]>;
  };
}[keyof Schemas];

/** An event to put on the bus. */
export type DomainEvent = EventIn<typeof domainEvents>;
