import * as z from 'zod/mini';
import { distinctEvents } from '../domain/order-event.ts';
import {
  clientUserId,
  namedTransaction,
  type OrderRecord,
  statusOf,
  userId,
} from '../domain/order-record.ts';
import type { Received } from '../intake/receive.ts';
import type { QuarantinedHead } from '../store/quarantine-reading.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';

const text = z.nullable(z.string());

const missingResult = z.object({ name: z.string(), slug: text, failure_type: text, loinc: text });

const redraw = z.object({
  state: z.enum(['expected', 'in_progress', 'stale', 'completed', 'cancelled', 'failed']),
  order_id: text,
  available_at: text,
  stage: text,
  due_at: text,
  stale_since: text,
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

const transaction = z.object({
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
  redraw: z.nullable(redraw),
  anomalies: z.array(z.object({ code: z.string(), order_id: z.string(), first_seen_at: text })),
});

const transactionList = z.object({ transactions: z.array(transaction), next_cursor: text });

const order = z.object({
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
    z.object({ id: z.union([z.number(), z.string()]), created_at: z.string(), status: z.string() }),
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

const quarantineList = z.object({ quarantined: z.array(quarantined), next_cursor: text });

const replayAnswer = z.object({
  id: z.string(),
  outcome: z.enum(['applied', 'merged', 'superseded', 'duplicate', 'ignored', 'quarantined']),
  reason: text,
});

/** A transaction as the API shows it. Only what the schema names gets out. */
export function showTransaction(stored: StoredTransaction): z.output<typeof transaction> {
  const { stale_since, acknowledgement } = stored.marks;
  const state = stale_since === null ? stored.redraw?.state : 'stale';
  return transaction.parse({
    ...stored,
    redraw: stored.redraw && { ...stored.redraw, state, stale_since, acknowledgement },
  });
}

/** A page of transactions as the API shows it. */
export function showTransactionList(stored: readonly StoredTransaction[], next_cursor: string | null) {
  return transactionList.parse({ transactions: stored.map(showTransaction), next_cursor });
}

/** An order as the API shows it, from its own record alone. */
export function showOrder(record: OrderRecord): z.output<typeof order> {
  const { snapshot } = record;
  const events = distinctEvents(record.events);
  const none = {
    origin: null,
    parent_id: null,
    modality: null,
    user_id: null,
    team_id: null,
    lab_test: null,
  };
  const unset = { has_missing_results: null, expected_result_by_date: null, worst_case_result_by_date: null };
  return order.parse({
    ...none,
    ...unset,
    created_at: null,
    updated_at: null,
    ...snapshot,
    id: record.id,
    order_transaction_id: namedTransaction(record),
    ...statusOf(record),
    user_id: userId(record),
    client_user_id: clientUserId(record),
    events: events.map(({ id, created_at, status }) => ({ id: shownId(id), created_at, status })),
    appointments: [...record.appointments].sort(byStart),
    critical_results: record.criticalResults,
    registered_at: record.registered?.at ?? null,
  });
}

/** Junction's event ids are integers; kept as text, they are shown as they came. */
function shownId(id: string): number | string {
  return /^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id;
}

function byStart(
  a: { start_at: string | null; id: string },
  b: { start_at: string | null; id: string },
): number {
  const [left, right] = [`${a.start_at ?? ''}${a.id}`, `${b.start_at ?? ''}${b.id}`];
  return left < right ? -1 : 1;
}

/** A page of what is in quarantine as the API shows it: no bodies. */
export function showQuarantine(heads: readonly QuarantinedHead[], next_cursor: string | null) {
  const shown = heads.map((head) => ({
    ...head,
    expires_at: new Date(head.expires_at * 1_000).toISOString(),
  }));
  return quarantineList.parse({ quarantined: shown, next_cursor });
}

/** What a replay came to as the API shows it. */
export function showReplay(id: string, { outcome, reason }: Received) {
  return replayAnswer.parse({ id, outcome, reason });
}
