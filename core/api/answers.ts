import * as z from 'zod/mini';

/** What the API answers. Only what a schema names gets out; the OpenAPI document is made from the same schemas. */

const text = z.nullable(z.string());

const missingResult = z.object({ name: z.string(), slug: text, failure_type: text, loinc: text });

const redraw = z.object({
  state: z.enum(['expected', 'in_progress', 'stale', 'completed', 'cancelled', 'failed']),
  order_id: text,
  available_at: text,
  stage: text,
  due_at: text,
  stale_since: text,
  unchecked: z.boolean(),
  acknowledgement: z.nullable(z.object({ by: z.string(), note: text, at: z.string() })),
  missing_results: z.array(missingResult),
});

const transactionOrder = z.object({
  id: z.string(),
  origin: text,
  parent_id: text,
  modality: text,
  status: text,
  low_level_status: text,
  low_level_status_created_at: text,
  created_at: text,
  has_missing_results: z.nullable(z.boolean()),
});

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
    source: z.enum(['documented', 'judgement', 'reported']),
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
        z.object({ ...fact, why: z.enum(['older', 'earlier_stage', 'hearsay', 'order_of_names']) }),
      ),
      registered_at: text,
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
});

export const transaction = z.object({
  id: z.string(),
  status: z.enum(['active', 'completed', 'cancelled']),
  outcome: z.enum([
    'in_progress',
    'redraw_expected',
    'redraw_in_progress',
    'results_complete',
    'results_incomplete',
    'failed',
    'cancelled',
  ]),
  rule: z.string(),
  rule_source: z.enum(['documented', 'judgement', 'reported']),
  reported_status: text,
  diverges: z.boolean(),
  team_id: text,
  user_id: text,
  client_user_id: text,
  created_at: text,
  updated_at: text,
  revision: z.number(),
  orders: z.array(transactionOrder),
  missing_results: z.array(missingResult),
  redraw: z.nullable(redraw),
  anomalies: z.array(z.object({ code: z.string(), order_id: z.string(), first_seen_at: text })),
  explanation: z.optional(explanation),
});

/** What came of asking Junction about a transaction. */
export const reconciliation = z.object({
  /** Whether Junction told of anything that no webhook had. */
  healed: z.boolean(),
  transaction,
});

export const transactionList = z.object({ transactions: z.array(transaction), next_cursor: text });

export const searchAnswer = z.object({
  transactions: z.array(transaction),
  matched: z.array(
    z.object({
      transaction_id: z.string(),
      by: z.enum(['order_id', 'transaction_id', 'user_id', 'client_user_id']),
    }),
  ),
  more: z.boolean(),
});

export const order = z.object({
  id: z.string(),
  order_transaction_id: text,
  origin: text,
  parent_id: text,
  modality: text,
  status: text,
  low_level_status: text,
  low_level_status_created_at: text,
  user_id: text,
  client_user_id: text,
  team_id: text,
  lab_test: z.nullable(z.object({ id: text, name: text, slug: text })),
  has_missing_results: z.nullable(z.boolean()),
  expected_result_by_date: text,
  worst_case_result_by_date: text,
  created_at: text,
  updated_at: text,
  events: z.array(
    z.object({
      id: z.union([z.number(), z.string()]),
      created_at: z.string(),
      status: z.string(),
      learned_at: text,
      learned_from: z.nullable(z.enum(['webhook', 'api'])),
    }),
  ),
  appointments: z.array(
    z.object({
      id: z.string(),
      status: text,
      event_status: text,
      start_at: text,
      end_at: text,
      iana_timezone: text,
      provider: text,
    }),
  ),
  critical_results: z.array(z.object({ status: z.string(), updated_at: z.string() })),
  registered_at: text,
});

const quarantined = z.object({
  id: z.string(),
  reason: z.string(),
  received_at: z.string(),
  size: z.int(),
  expires_at: z.string(),
  replayed_at: text,
  replay_outcome: text,
});

export const quarantineList = z.object({ quarantined: z.array(quarantined), next_cursor: text });

export const replayAnswer = z.object({
  id: z.string(),
  outcome: z.enum(['applied', 'merged', 'superseded', 'duplicate', 'ignored', 'quarantined']),
  reason: text,
});

const count = z.int();

export const summary = z.object({
  total: count,
  status: z.object({ active: count, completed: count, cancelled: count }),
  outcome: z.object({
    in_progress: count,
    redraw_expected: count,
    redraw_in_progress: count,
    results_complete: count,
    results_incomplete: count,
    failed: count,
    cancelled: count,
  }),
  redraw: z.object({
    none: count,
    expected: count,
    in_progress: count,
    stale: count,
    completed: count,
    cancelled: count,
    failed: count,
  }),
  newest_processed_at: text,
  newest_webhook_age_seconds: z.nullable(z.number()),
});

/** A transaction in Junction's own shape (GetOrderTransactionResponse), so that its official SDK reads it. */
export const junctionTransaction = z.object({
  id: z.string(),
  team_id: z.string(),
  status: z.enum(['active', 'completed', 'cancelled']),
  orders: z.array(
    z.object({
      id: z.string(),
      origin: text,
      parent_id: text,
      last_status: z.string(),
      last_status_created_at: z.string(),
      created_at: z.string(),
      updated_at: z.string(),
    }),
  ),
});
