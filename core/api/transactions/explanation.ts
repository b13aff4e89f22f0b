import * as z from 'zod/mini';
import { REDRAW_STAGES } from '../../domain/clocks/redraw-clocks.ts';
import { FACT_SOURCES, LOSING_REASONS, ORDER_SLOTS } from '../../domain/explanation/explained-order.ts';
import { CLAIM_SOURCES } from '../../domain/order/membership.ts';
import { ORDER_CLASSES } from '../../domain/order/status-table.ts';
import { RULE_SOURCES } from '../../domain/transaction/transaction.ts';

const text = z.nullable(z.string());

const fact = {
  low_level_status: text,
  at: text,
  source: z.enum(FACT_SOURCES),
  reported_by: z.array(z.string()),
};

const orderClass = z.enum(ORDER_CLASSES);
const filledSlot = z.nullable(z.object({ order_id: z.string(), class: orderClass }));

export const explanation = z.object({
  text: z.array(z.string()),
  rule: z.object({
    name: z.string(),
    source: z.enum(RULE_SOURCES),
    initial: filledSlot,
    redraw: filledSlot,
    sentence: z.string(),
  }),
  orders: z.array(
    z.object({
      id: z.string(),
      slot: z.enum(ORDER_SLOTS),
      class: orderClass,
      newest: z.nullable(z.object(fact)),
      lost: z.array(z.object({ ...fact, why: z.enum(LOSING_REASONS) })),
      registered_at: text,
      /** When Junction was asked for its newest answer about the order. */
      answered_at: text,
      /** The events that this answer lacks. */
      withdrawn: z.array(z.object({ id: z.string(), status: z.string(), created_at: z.string() })),
      /** Since when only Junction can say what is true about the order. */
      question_at: text,
      claims: z.array(
        z.object({
          transaction_id: z.string(),
          source: z.nullable(z.enum(CLAIM_SOURCES)),
          as_of: text,
          decides: z.boolean(),
        }),
      ),
      sentence: z.string(),
    }),
  ),
  junction: z.nullable(
    z.object({
      status: z.string(),
      as_of: text,
      reported_by: z.string(),
      covers: z.boolean(),
      uncovered_orders: z.array(z.string()),
      missing_orders: z.array(z.string()),
      sentence: z.string(),
    }),
  ),
  missed: z.array(
    z.object({
      order_id: z.string(),
      event_id: z.string(),
      status: z.string(),
      created_at: z.string(),
      sentence: z.string(),
    }),
  ),
  /** What the open redraw or open order is waiting for. */
  waiting: z.nullable(
    z.object({
      order_id: text,
      stage: z.enum(REDRAW_STAGES),
      since: text,
      due_at: text,
      sentence: z.string(),
    }),
  ),
});
