import * as z from 'zod/mini';
import { assignment, contact, nextStep, openOrder } from '../transactions/answer.ts';

const text = z.nullable(z.string());

/** An order that is stalled, and what it is waiting for. */
export const stalledOrder = z.object({
  id: z.string(),
  order_transaction_id: text,
  team_id: text,
  user_id: text,
  client_user_id: text,
  origin: text,
  modality: text,
  lab_test: z.nullable(z.object({ name: text, lab: text })),
  expected_result_by_date: text,
  worst_case_result_by_date: text,
  status: text,
  low_level_status: text,
  low_level_status_created_at: text,
  created_at: text,
  ...z.omit(openOrder, { order_id: true }).shape,
  /** The owner of its transaction. */
  assignment: z.nullable(assignment),
  /** The newest attempt to contact the patient about its transaction. */
  contact: z.nullable(contact),
  /** What to do next about its transaction. */
  next_step: z.nullable(nextStep),
});

export const stalledOrderList = z.object({ orders: z.array(stalledOrder), next_cursor: text });
