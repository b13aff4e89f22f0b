import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { ORDER_STAGES } from '../../domain/clocks/order-clocks.ts';
import { describe } from '../../domain/describe.ts';
import { CONTACT_KINDS } from '../../domain/handling/note.ts';
import { OUTCOMES } from '../../domain/members/outcome.ts';
import { TRANSACTION_STATUSES } from '../../domain/members/truth-table.ts';
import { CAUSES } from '../../domain/next-step/cause.ts';
import { NEXT_ACTIONS } from '../../domain/next-step/next-step.ts';
import { SITUATIONS } from '../../domain/next-step/situation.ts';
import { SHOWN_REDRAW_STATES } from '../../domain/redraw/redraw-states.ts';
import { CHECK_CHANGES, CHECK_ORIGINS } from '../../domain/stored/junction-check.ts';
import { UNCHECKED_REASONS } from '../../domain/transaction/acknowledgement.ts';
import { DECIDED_NAMES, DECISION_CAUSES, DECISION_REASONS } from '../../domain/transaction/decision.ts';
import { CHANNELS, REACHES, TOLD_STATES } from '../../domain/transaction/told.ts';
import { RULE_SOURCES } from '../../domain/transaction/transaction.ts';
import {
  at,
  by,
  clientUserId,
  criticalState,
  id,
  nextCursor,
  orderFields,
  orderId,
  orderProgress,
  teamId,
  text,
  time,
  userId,
} from '../answer-fields.ts';
import { explanation } from './explanation.ts';

export const transactionStatus = z.enum(TRANSACTION_STATUSES);
DOCS: describe(transactionStatus, {
  id: 'TransactionStatus',
  description: 'The status of a transaction. A completed one can lack results: see `Outcome`.',
});

const outcome = z.enum(OUTCOMES);
DOCS: describe(outcome, {
  id: 'Outcome',
  description:
    'What became of a transaction. `results_complete` means that no results are missing, `results_incomplete` that it closed without some.',
});

const redrawState = z.enum(SHOWN_REDRAW_STATES);
DOCS: describe(redrawState, {
  id: 'RedrawState',
  description:
    '`expected`: there is no redraw order yet. `stale`: flagged as overdue, at any stage. The others follow from the redraw order.',
});

const uncheckedReason = z.enum(UNCHECKED_REASONS);
DOCS: describe(uncheckedReason, {
  id: 'UncheckedReason',
  description:
    'Why Junction has not confirmed a flag: it did not respond for a day (`no_answer`), no key for its API is configured (`no_key`), or the key is that of another team (`no_key_for_team`).',
});
const unchecked = z.boolean();
DOCS: describe(unchecked, {
  description: 'Whether it was flagged without Junction’s confirmation, so that it may have progressed.',
});
const whyUnchecked = z.nullable(uncheckedReason);
DOCS: describe(whyUnchecked, { description: 'Why it is unchecked; null if it is not.' });

const decisionCause = z.enum(DECISION_CAUSES);
DOCS: describe(decisionCause, {
  id: 'DecisionCause',
  description: 'What happened, so that a person has to decide.',
});

const missingResult = z.object({ name: z.string(), slug: text, failure_type: text, loinc: text });
DOCS: describe(missingResult, {
  id: 'MissingResult',
  description: 'A marker without a result.',
  properties: {
    name: 'The name of the marker.',
    slug: 'Junction’s slug of the marker.',
    failure_type: 'Why the lab has no result, as Junction spells it.',
    loinc: 'The LOINC code of the marker.',
  },
});
const missingResults = z.array(missingResult);
DOCS: describe(missingResults, {
  description:
    'The markers without a result. Empty if the outcome is `results_complete`, or if Junction was not asked.',
});

const note = text;
const acknowledgement = z.object({ by, note, at, caller });
DOCS: describe(acknowledgement, {
  id: 'Acknowledgement',
  description: 'Somebody is handling it. It is cleared when the order makes progress.',
  properties: {
    by: 'Who acknowledged it.',
    note: 'The note of that person.',
    at: 'When it was acknowledged. Send it as `replaces` or `acknowledged_at` to change only this acknowledgement.',
  },
});
const redrawAcknowledgement = z.object({
  ...acknowledgement.shape,
  stop_messages: z.boolean(),
  decided: z.nullable(z.enum(DECIDED_NAMES)),
});
DOCS: describe(redrawAcknowledgement, {
  id: 'RedrawAcknowledgement',
  description: 'Somebody is handling the redraw. It is cleared when the redraw makes progress.',
  properties: {
    by: 'Who acknowledged it.',
    note: 'The note of that person.',
    at: 'When it was acknowledged. Send it as `replaces` or `acknowledged_at` to change only this acknowledgement.',
    stop_messages:
      'Whether the patient gets no more messages about the redraw as long as it is acknowledged.',
    decided: 'What was decided; null where nothing was, or where the note says it.',
  },
});
const withdrawnAcknowledgement = z.object({ by, at, caller });
DOCS: describe(withdrawnAcknowledgement, {
  id: 'Withdrawal',
  description: 'Who withdrew an acknowledgement.',
  properties: { by: 'Who withdrew it.', at: 'When it was withdrawn.' },
});
const acknowledged = z.nullable(redrawAcknowledgement);
DOCS: describe(acknowledged, { description: 'Who is handling it; null if nobody has acknowledged it.' });
const withdrawal = z.nullable(withdrawnAcknowledgement);
DOCS: describe(withdrawal, { description: 'Who withdrew the last acknowledgement; null if nobody did.' });

const redrawDecision = z.object({ cause: decisionCause, since: time });
DOCS: describe(redrawDecision, {
  id: 'RedrawDecision',
  description: 'The redraw ended without complete results, so a person has to decide.',
  properties: { since: 'Since when; null if that has no time.' },
});

const redraw = z.object({
  state: redrawState,
  order_id: orderId,
  single_order: z.boolean(),
  available_at: time,
  stage: text,
  due_at: time,
  stale_since: time,
  unchecked,
  unchecked_reason: whyUnchecked,
  acknowledgement: acknowledged,
  withdrawal,
  decision: z.nullable(redrawDecision),
  missing_results: missingResults,
});
DOCS: describe(redraw, {
  id: 'Redraw',
  description: 'The redraw of a transaction, open or ended.',
  properties: {
    order_id: 'The order of the redraw; null while Junction has not reported one.',
    single_order:
      'Whether the initial order was redrawn under its own ID and completed, without a redraw order.',
    available_at: 'When the redraw became available.',
    stage: 'What it waits for; null once it has ended.',
    due_at: 'When its stage is overdue; null if it is not waiting.',
    stale_since: 'When it was flagged as overdue; null if it is not.',
    decision: 'Set when the redraw ended without complete results.',
  },
});

const decision = z.object({
  reason: z.enum(DECISION_REASONS),
  cause: decisionCause,
  order_id: orderId,
  since: time,
  acknowledgement: acknowledged,
  withdrawal,
});
DOCS: describe(decision, {
  id: 'Decision',
  description:
    'What a person has to decide, also once somebody has recorded the decision in an acknowledgement.',
  properties: {
    reason:
      'Why a person has to decide: a redraw ended without complete results, an order failed and no redraw follows, or a redraw may no longer be needed.',
    since: 'Since when; null if that has no time.',
  },
});

const told = z.object({
  channel: z.enum(CHANNELS),
  template: z.string(),
  state: z.enum(TOLD_STATES),
  at,
  reached: z.boolean(),
});
DOCS: describe(told, {
  id: 'Told',
  description: 'The newest message to the patient that was sent or could not be sent.',
  properties: {
    channel: 'The channel of the message.',
    template: 'The template of the message.',
    state: 'What became of the message.',
    at: 'When it came into that state.',
    reached: 'Whether the patient was notified; false if no message reached them.',
  },
});

export const assignment = z.object({ assignee: z.string(), follow_up_at: time, by, at, caller });
DOCS: describe(assignment, {
  id: 'Assignment',
  description: 'The owner of a transaction. Progress does not change the owner.',
  properties: {
    assignee: 'The name of the owner.',
    follow_up_at:
      'When the owner wants to look at it again; null if that was not planned, or if it has progressed since.',
    by: 'Who assigned it.',
    at: 'When it was assigned. Send it as `replaces` to change only this assignment.',
  },
});

export const contact = z.object({ kind: z.enum(CONTACT_KINDS), by, at, tries: z.int() });
DOCS: describe(contact, {
  id: 'Contact',
  description: 'The newest attempt of a person to contact the patient.',
  properties: {
    kind: 'The outcome of the attempt.',
    by: 'Who contacted the patient.',
    at: 'When it was logged.',
    tries: 'How many attempts there were since the last progress.',
  },
});

const critical = z.nullable(criticalState);
DOCS: describe(critical, {
  description:
    'Whether there is a critical result that nobody has acknowledged, or only acknowledged ones; null if there is none.',
});

export const openOrder = z.object({
  order_id: id,
  stage: z.enum(ORDER_STAGES),
  due_at: time,
  stalled_since: time,
  unchecked,
  unchecked_reason: whyUnchecked,
  acknowledgement: z.nullable(acknowledgement),
  withdrawal,
});
export const openOrderProperties = {
  stage: 'What the order waits for.',
  due_at: 'When the stage is overdue; null if it has no time limit.',
  stalled_since: 'When it was flagged as stalled; null if it is not.',
  acknowledgement: 'Who is handling it; null if nobody has acknowledged it.',
};
DOCS: describe(openOrder, {
  id: 'OpenOrder',
  description: 'The initial order while it is in progress.',
  properties: { order_id: 'The initial order.', ...openOrderProperties },
});

const checkChange = z.object({ order_id: id, change: z.enum(CHECK_CHANGES), status: text });
DOCS: describe(checkChange, {
  id: 'JunctionCheckChange',
  description: 'Something that a check found.',
  properties: {
    order_id: 'The order that changed.',
    change: 'What changed. `new_order` is the first report of an order.',
    status: 'The status of the order since then; null if the status did not change.',
  },
});
const junctionCheck = z.object({
  at,
  origin: z.enum(CHECK_ORIGINS),
  caller: z.nullable(caller),
  changes: z.array(checkChange),
});
DOCS: describe(junctionCheck, {
  id: 'JunctionCheck',
  description: 'A check with Junction that it answered.',
  properties: {
    at: 'When Junction was asked.',
    origin: 'What requested the check: a request, the sweep, a message that was due, or ordering.',
    caller: 'Who asked; null for the sweep and for messages.',
    changes: 'What the check found; empty if nothing was new.',
  },
});

const unansweredChecks = z.object({ count: z.int(), since: time, retry_at: at });
DOCS: describe(unansweredChecks, {
  id: 'UnansweredChecks',
  description: 'The sweep’s checks without an answer since Junction’s last one.',
  properties: {
    count: 'How many there were.',
    since: 'When the first of them was made; null if that is not known.',
    retry_at: 'When the sweep asks again.',
  },
});

export const nextStep = z.object({
  situation: z.enum(SITUATIONS),
  order_id: orderId,
  cause: z.nullable(z.enum(CAUSES)),
  actions: z.array(z.enum(NEXT_ACTIONS)),
});
DOCS: describe(nextStep, {
  id: 'NextStep',
  description: 'What to do next.',
  properties: {
    situation: 'The situation. docs/redraw-worklist.md has a sentence for each.',
    cause: 'Why it came to this, if that changes what to do; otherwise null.',
    actions:
      'What can be done at this stage, the most useful first. Your scopes determine which of these you may do.',
  },
});

export const labTestName = z.object({ name: text, lab: text });
DOCS: describe(labTestName, {
  id: 'LabTestName',
  description: 'The lab test that was ordered.',
  properties: { name: 'The name of the lab test.', lab: 'The lab, as Junction spells it.' },
});

const transactionOrder = z.object({
  id,
  ...orderFields,
  ...orderProgress,
  lab_test: z.nullable(labTestName),
  redraw_available_at: time,
  results_reported_at: time,
  critical_result: critical,
});
DOCS: describe(transactionOrder, {
  id: 'TransactionOrder',
  description: 'An order of a transaction.',
  properties: {
    id: 'The ID of the order.',
    redraw_available_at: 'When a redraw of it became available; it stays when the redraw ends.',
    results_reported_at: 'When the lab last reported results of it, partial or final.',
  },
});

const anomaly = z.object({ code: z.string(), order_id: z.string(), first_seen_at: time });
DOCS: describe(anomaly, {
  id: 'Anomaly',
  description: 'Something about the reports of an order that does not fit together.',
  properties: {
    code: 'The kind of anomaly. docs/state-model.md lists them.',
    order_id: 'The order that it is about.',
    first_seen_at: 'When it was first seen.',
  },
});

export const reach = z.enum(REACHES);
DOCS: describe(reach, {
  id: 'Reach',
  description:
    'Whether the patient was told about the redraw, by a message or by a person. The newer one counts.',
});

const review = z.object({ by, at, caller });
DOCS: describe(review, {
  id: 'Review',
  description: 'Somebody has looked at the results.',
  properties: {
    by: 'Who has looked at them.',
    at: 'When that was recorded. Send it as `replaces` to take back only this review.',
  },
});

export const transaction = z.object({
  id,
  status: transactionStatus,
  outcome,
  rule: z.string(),
  rule_source: z.enum(RULE_SOURCES),
  reported_status: text,
  diverges: z.boolean(),
  team_id: teamId,
  user_id: userId,
  client_user_id: clientUserId,
  created_at: time,
  updated_at: time,
  revision: z.number(),
  orders: z.array(transactionOrder),
  critical_result: critical,
  missing_results: missingResults,
  redraw: z.nullable(redraw),
  decision: z.nullable(decision),
  open_order: z.nullable(openOrder),
  told: z.nullable(told),
  next_step: z.nullable(nextStep),
  junction_checks: z.array(junctionCheck),
  unanswered_checks: z.nullable(unansweredChecks),
  contact: z.nullable(contact),
  reach,
  assignment: z.nullable(assignment),
  review: z.nullable(review),
  anomalies: z.array(anomaly),
  explanation: z.optional(explanation),
});
DOCS: describe(transaction, {
  id: 'Transaction',
  description: 'An order and its redraws, with the status that follows from them.',
  properties: {
    id: 'The ID of the transaction.',
    rule: 'The cell of the truth table that gave the status: the class of the initial order and that of the redraw.',
    rule_source: 'Whether Junction documents that cell, or it is a judgement of this service.',
    reported_status: 'The status that Junction reported last; null if it reported none.',
    diverges: 'Whether the reported status differs from the status of this service.',
    created_at: 'When its first order was created.',
    updated_at: 'When its state last changed.',
    revision: 'Increases with each change that is shown here.',
    orders: 'Its orders, in the order of their creation. All are of one user.',
    redraw: 'Its redraw; null if there is none.',
    decision: 'What a person has to decide; null if there is nothing to decide.',
    open_order: 'Its initial order while that is in progress; otherwise null.',
    told: 'The newest message to the patient; null if there is none.',
    next_step: 'What to do next; null if there is nothing to do and nothing to wait for.',
    junction_checks: 'The last checks that Junction answered, newest first.',
    unanswered_checks: 'The checks without an answer since then; null if there are none.',
    contact: 'The newest contact with the patient; null if there is none.',
    assignment: 'Its owner; null if nobody owns it.',
    review: 'Who has looked at the results that it has now; null if nobody has.',
    anomalies: 'What does not fit together in Junction’s reports.',
    explanation: 'Why it has this status; only with `explain=true`.',
  },
});

export const transactionList = z.object({ transactions: z.array(transaction), next_cursor: nextCursor });
DOCS: describe(transactionList, {
  id: 'TransactionList',
  description: 'A page of transactions.',
  properties: { transactions: 'The transactions of this page; it can have fewer than `limit`.' },
});
