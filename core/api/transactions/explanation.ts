import * as z from 'zod/mini';
import { REDRAW_STAGES } from '../../domain/clocks/redraw-clocks.ts';
import { describe } from '../../domain/describe.ts';
import { FACT_SOURCES, LOSING_REASONS, ORDER_SLOTS } from '../../domain/explanation/explained-order.ts';
import { CLAIM_SOURCES } from '../../domain/order/membership.ts';
import { ORDER_CLASSES } from '../../domain/order/status-table.ts';
import { RULE_SOURCES } from '../../domain/transaction/transaction.ts';
import { at, orderId, text, time } from '../answer-fields.ts';

const sentence = z.string();
DOCS: describe(sentence, { description: 'The same as a sentence.' });

const fact = {
  low_level_status: text,
  at: time,
  source: z.enum(FACT_SOURCES),
  reported_by: z.array(z.string()),
};
const factProperties = {
  low_level_status: 'The low-level status that was reported.',
  at: 'When the order came into it.',
  source: 'Whether the payloads of the order itself reported it, or those of other orders.',
  reported_by: 'The orders whose payloads reported it.',
};
const newestFact = z.object(fact);
DOCS: describe(newestFact, {
  id: 'ExplainedFact',
  description: 'A report of the status of an order.',
  properties: factProperties,
});
const lostFact = z.object({ ...fact, why: z.enum(LOSING_REASONS) });
DOCS: describe(lostFact, {
  id: 'LostFact',
  description: 'A report that did not count.',
  properties: { ...factProperties, why: 'Why a newer one counts instead.' },
});

const orderClass = z.enum(ORDER_CLASSES);
DOCS: describe(orderClass, {
  id: 'OrderClass',
  description: '`P`: in progress. `C`: completed. `R`: a redraw is available. `X`: cancelled. `F`: failed.',
});
const slot = z.object({ order_id: z.string(), class: orderClass });
DOCS: describe(slot, {
  id: 'FilledSlot',
  description: 'The order in a place of the truth table.',
  properties: { order_id: 'The order.' },
});
const filledSlot = z.nullable(slot);
DOCS: describe(filledSlot, { description: 'The order in this place; null if there is none.' });

const rule = z.object({
  name: z.string(),
  source: z.enum(RULE_SOURCES),
  initial: filledSlot,
  redraw: filledSlot,
  sentence,
});
DOCS: describe(rule, {
  id: 'ExplainedRule',
  description: 'The rule that decided.',
  properties: {
    name: 'The cell of the truth table.',
    source: 'Whether Junction documents it, or it is a judgement of this service.',
  },
});

const withdrawnEvent = z.object({ id: z.string(), status: z.string(), created_at: at });
DOCS: describe(withdrawnEvent, {
  id: 'WithdrawnEvent',
  description: 'An event that Junction’s newest answer no longer has.',
  properties: {
    id: 'The ID of the event.',
    status: 'The status that it brought.',
    created_at: 'When it happened.',
  },
});

const claim = z.object({
  transaction_id: z.string(),
  source: z.nullable(z.enum(CLAIM_SOURCES)),
  as_of: time,
  decides: z.boolean(),
});
DOCS: describe(claim, {
  id: 'MembershipClaim',
  description: 'A statement that the order belongs to a transaction.',
  properties: {
    transaction_id: 'That transaction.',
    source: 'Whether the order itself says so, a list of a transaction, or a registration.',
    as_of: 'When that was true.',
    decides: 'Whether this statement counts.',
  },
});

const explainedOrder = z.object({
  id: z.string(),
  slot: z.enum(ORDER_SLOTS),
  class: orderClass,
  newest: z.nullable(newestFact),
  lost: z.array(lostFact),
  registered_at: time,
  answered_at: time,
  withdrawn: z.array(withdrawnEvent),
  question_at: time,
  claims: z.array(claim),
  sentence,
});
DOCS: describe(explainedOrder, {
  id: 'ExplainedOrder',
  description: 'What is known of an order, and from where.',
  properties: {
    id: 'The ID of the order.',
    slot: 'Its role in the transaction.',
    newest: 'The report that counts; null if there is none.',
    lost: 'The reports that do not count.',
    registered_at: 'When it was registered; null if it was not.',
    answered_at: 'When Junction was asked for its newest answer about the order.',
    withdrawn: 'The events that this answer lacks.',
    question_at: 'Since when only Junction can say what is true about the order; null if that is clear.',
    claims: 'Which transaction it belongs to, and who says so.',
  },
});

const junctionStatus = z.object({
  status: z.string(),
  as_of: time,
  reported_by: z.string(),
  covers: z.boolean(),
  uncovered_orders: z.array(z.string()),
  missing_orders: z.array(z.string()),
  sentence,
});
DOCS: describe(junctionStatus, {
  id: 'ExplainedJunctionStatus',
  description: 'The status that Junction reported.',
  properties: {
    status: 'That status.',
    as_of: 'When that was true.',
    reported_by: 'The order whose payload reported it.',
    covers: 'Whether Junction knew the same orders with the same facts.',
    uncovered_orders: 'The orders with facts that Junction’s report did not have.',
    missing_orders: 'The orders of Junction’s report that are not known here.',
  },
});

const missedEvent = z.object({
  order_id: z.string(),
  event_id: z.string(),
  status: z.string(),
  created_at: at,
  sentence,
});
DOCS: describe(missedEvent, {
  id: 'MissedEvent',
  description: 'An event whose webhook never arrived.',
  properties: {
    order_id: 'The order.',
    event_id: 'The ID of the event.',
    status: 'The status that it brought.',
    created_at: 'When it happened.',
  },
});

const waiting = z.object({
  order_id: orderId,
  stage: z.enum(REDRAW_STAGES),
  since: time,
  due_at: time,
  sentence,
});
DOCS: describe(waiting, {
  id: 'Waiting',
  description: 'What the open redraw or the open order waits for.',
  properties: {
    stage: 'What it waits for.',
    since: 'Since when.',
    due_at: 'When the stage is overdue; null if it has no time limit.',
  },
});

export const explanation = z.object({
  text: z.array(z.string()),
  rule,
  orders: z.array(explainedOrder),
  junction: z.nullable(junctionStatus),
  missed: z.array(missedEvent),
  waiting: z.nullable(waiting),
});
DOCS: describe(explanation, {
  id: 'Explanation',
  description: 'Why a transaction has its status.',
  properties: {
    text: 'The whole explanation, a sentence each.',
    orders: 'What is known of each order.',
    junction: 'The status that Junction reported; null if it reported none.',
    missed: 'The events whose webhooks were missed.',
    waiting: 'What it waits for; null if it waits for nothing.',
  },
});
