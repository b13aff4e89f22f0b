import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { ORDER_STAGES } from '../../domain/clocks/order-clocks.ts';
import { CONTACT_KINDS } from '../../domain/handling/note.ts';
import { OUTCOMES } from '../../domain/members/outcome.ts';
import { TRANSACTION_STATUSES } from '../../domain/members/truth-table.ts';
import { CAUSES } from '../../domain/next-step/cause.ts';
import { NEXT_ACTIONS } from '../../domain/next-step/next-step.ts';
import { SITUATIONS } from '../../domain/next-step/situation.ts';
import { CRITICAL_STATES } from '../../domain/order/critical-result.ts';
import { SHOWN_REDRAW_STATES } from '../../domain/redraw/redraw-states.ts';
import { CHECK_CHANGES, CHECK_ORIGINS } from '../../domain/stored/junction-check.ts';
import { UNCHECKED_REASONS } from '../../domain/transaction/acknowledgement.ts';
import { DECIDED_NAMES, DECISION_CAUSES, DECISION_REASONS } from '../../domain/transaction/decision.ts';
import { CHANNELS, REACHES, TOLD_STATES } from '../../domain/transaction/told.ts';
import { RULE_SOURCES } from '../../domain/transaction/transaction.ts';
import { explanation } from './explanation.ts';

const text = z.nullable(z.string());

const missingResult = z.object({ name: z.string(), slug: text, failure_type: text, loinc: text });

const acknowledgement = z.object({ by: z.string(), note: text, at: z.string(), caller });
const redrawAcknowledgement = z.object({
  ...acknowledgement.shape,
  stop_messages: z.boolean(),
  /** What was decided; null where nothing was, or where the note says it. */
  decided: z.nullable(z.enum(DECIDED_NAMES)),
});
const withdrawal = z.nullable(z.object({ by: z.string(), at: z.string(), caller }));

const redraw = z.object({
  state: z.enum(SHOWN_REDRAW_STATES),
  order_id: text,
  /** The initial order was redrawn under its own id and completed, without a redraw order. */
  single_order: z.boolean(),
  available_at: text,
  stage: text,
  due_at: text,
  stale_since: text,
  unchecked: z.boolean(),
  unchecked_reason: z.nullable(z.enum(UNCHECKED_REASONS)),
  acknowledgement: z.nullable(redrawAcknowledgement),
  withdrawal,
  /** Set when the redraw ended without complete results. */
  decision: z.nullable(z.object({ cause: z.enum(DECISION_CAUSES), since: text })),
  missing_results: z.array(missingResult),
});

/** What a person has to decide, also once somebody has recorded a decision in an acknowledgement. */
const decision = z.object({
  reason: z.enum(DECISION_REASONS),
  cause: z.enum(DECISION_CAUSES),
  order_id: text,
  since: text,
  acknowledgement: z.nullable(redrawAcknowledgement),
  withdrawal,
});

/** The latest message to the patient that was sent or could not be sent. */
const told = z.object({
  channel: z.enum(CHANNELS),
  template: z.string(),
  state: z.enum(TOLD_STATES),
  at: z.string(),
  /** Whether the patient was notified; false if no message reached them. */
  reached: z.boolean(),
});

/** Who owns it; null if nobody does. */
export const assignment = z.object({
  assignee: z.string(),
  /** When the owner wants to look at it again; null if that was not planned, or if it has progressed since. */
  follow_up_at: text,
  /** Who assigned it. */
  by: z.string(),
  at: z.string(),
  caller,
});

/** The newest attempt of a person to contact the patient. */
export const contact = z.object({
  kind: z.enum(CONTACT_KINDS),
  by: z.string(),
  at: z.string(),
  /** How many attempts there were since the last progress. */
  tries: z.int(),
});

/** Whether there is a critical result that nobody has acknowledged, or only acknowledged ones; null if there is none. */
const critical = z.nullable(z.enum(CRITICAL_STATES));

/** The initial order while it is in progress; `stalled_since` is null while it is not flagged. */
export const openOrder = z.object({
  order_id: z.string(),
  stage: z.enum(ORDER_STAGES),
  due_at: text,
  stalled_since: text,
  unchecked: z.boolean(),
  unchecked_reason: z.nullable(z.enum(UNCHECKED_REASONS)),
  acknowledgement: z.nullable(acknowledgement),
  withdrawal,
});

/** A check with Junction that it answered. */
const junctionCheck = z.object({
  at: z.string(),
  origin: z.enum(CHECK_ORIGINS),
  /** Who asked; null for the sweep and for messages. */
  caller: z.nullable(caller),
  /** The changes it found; empty if none. */
  changes: z.array(z.object({ order_id: z.string(), change: z.enum(CHECK_CHANGES), status: text })),
});

/** What to do next. The page has a sentence for each situation and cause; docs/redraw-worklist.md lists them. */
export const nextStep = z.object({
  situation: z.enum(SITUATIONS),
  order_id: text,
  cause: z.nullable(z.enum(CAUSES)),
  /** What can be done at this stage, most useful first, regardless of the caller's permissions. */
  actions: z.array(z.enum(NEXT_ACTIONS)),
});

const transactionOrder = z.object({
  id: z.string(),
  origin: text,
  parent_id: text,
  modality: text,
  lab_test: z.nullable(z.object({ name: text, lab: text })),
  status: text,
  low_level_status: text,
  low_level_status_created_at: text,
  /** Why it has that status, for example why a sample failed. */
  status_detail: text,
  /** Junction's summary of its results; null unless the stage keeps it and the caller may open results. */
  interpretation: text,
  created_at: text,
  has_missing_results: z.nullable(z.boolean()),
  /** When a redraw of it became available; it stays when the redraw ends. */
  redraw_available_at: text,
  /** When the lab last reported results of it, partial or final. */
  results_reported_at: text,
  /** The date the lab expects its result, and the latest date it promises; null once an initial order is over. */
  expected_result_by_date: text,
  worst_case_result_by_date: text,
  critical_result: critical,
});

export const transaction = z.object({
  id: z.string(),
  status: z.enum(TRANSACTION_STATUSES),
  outcome: z.enum(OUTCOMES),
  rule: z.string(),
  rule_source: z.enum(RULE_SOURCES),
  reported_status: text,
  diverges: z.boolean(),
  team_id: text,
  user_id: text,
  client_user_id: text,
  created_at: text,
  updated_at: text,
  revision: z.number(),
  orders: z.array(transactionOrder),
  critical_result: critical,
  missing_results: z.array(missingResult),
  redraw: z.nullable(redraw),
  decision: z.nullable(decision),
  open_order: z.nullable(openOrder),
  told: z.nullable(told),
  next_step: z.nullable(nextStep),
  /** The last checks with Junction, newest first. */
  junction_checks: z.array(junctionCheck),
  /** The sweep's checks without an answer since Junction's last one; null if there are none. */
  unanswered_checks: z.nullable(z.object({ count: z.int(), since: text, retry_at: z.string() })),
  contact: z.nullable(contact),
  /** Whether the patient was told, by a message or a person. */
  reach: z.enum(REACHES),
  assignment: z.nullable(assignment),
  /** Who has looked at the results that it has now; null if nobody has. */
  review: z.nullable(z.object({ by: z.string(), at: z.string(), caller })),
  anomalies: z.array(z.object({ code: z.string(), order_id: z.string(), first_seen_at: text })),
  explanation: z.optional(explanation),
});

export const transactionList = z.object({ transactions: z.array(transaction), next_cursor: text });
