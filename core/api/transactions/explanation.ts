import * as z from 'zod/mini';
import { REDRAW_STAGES } from '../../domain/clocks/redraw-clocks.ts';
import { CLAIM_SOURCES } from '../../domain/order/membership.ts';
import { ruleSource } from './rule-source.ts';

const text = z.nullable(z.string());

const fact = {
  low_level_status: text,
  at: text,
  source: z.enum(['own', 'heard']),
  told_by: z.array(z.string()),
};

const orderClass = z.enum(['P', 'C', 'R', 'X', 'F']);
const filledSlot = z.nullable(z.object({ order_id: z.string(), class: orderClass }));

export const explanation = z.object({
  text: z.array(z.string()),
  rule: z.object({
    name: z.string(),
    source: ruleSource,
    initial: filledSlot,
    redraw: filledSlot,
    sentence: z.string(),
  }),
  orders: z.array(
    z.object({
      id: z.string(),
      slot: z.enum(['initial', 'redraw', 'replaced', 'not_counted']),
      class: orderClass,
      newest: z.nullable(z.object(fact)),
      lost: z.array(
        z.object({ ...fact, why: z.enum(['older', 'earlier_stage', 'from_another_order', 'tie']) }),
      ),
      registered_at: text,
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
      told_by: z.string(),
      covers: z.boolean(),
      unaware_of: z.array(z.string()),
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
  /** What the open redraw or the open order is waiting for. */
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
