import type { Redraw, Transaction, TransactionOrder } from '../api/answers.ts';
import { acknowledgementOf, isTagged } from '../redraw/open-redraw.ts';
import { newestExpectedDate, newestResultsAt } from '../redraw/results-time.ts';
import type { CsvOptions } from '../session/configuration-context.tsx';
import type { CsvRow } from '../table/csv.ts';
import { adviceFor } from '../wording/next-steps.ts';

/**
 * A transaction as a CSV row, on every page. Values are the API's own, so that exports can be joined; the next step is included
 * in words, too.
 */
export function csvRow(transaction: Transaction, { messages, nextSteps }: CsvOptions): CsvRow {
  const { id, status, outcome, user_id, client_user_id, created_at, updated_at } = transaction;
  const { orders, redraw, missing_results, next_step: step } = transaction;
  const initial = newestOf(orders, 'initial');
  const redrawOrder = newestOf(orders, 'redraw');
  const others = orders.filter((order) => order !== initial && order !== redrawOrder);
  return {
    transaction_id: id,
    status,
    outcome,
    redraw_available: orders.some((order) => isTagged(order, transaction)) ? 'yes' : 'no',
    redraw_state: redraw?.state ?? null,
    user_id,
    client_user_id,
    modality: distinct(orders.map(({ modality }) => modality)).join(' '),
    lab_test: distinct(orders.map(({ lab_test }) => lab_test?.name)).join('; '),
    lab: distinct(orders.map(({ lab_test }) => lab_test?.lab)).join(' '),
    expected_result_by_date: newestExpectedDate(orders),
    created_at,
    updated_at,
    results_at: newestResultsAt(transaction),
    initial_order_id: initial?.id ?? null,
    initial_order_status: initial?.low_level_status ?? null,
    initial_order_status_detail: initial?.status_detail ?? null,
    redraw_order_id: redrawOrder?.id ?? null,
    redraw_order_status: redrawOrder?.low_level_status ?? null,
    redraw_order_status_detail: redrawOrder?.status_detail ?? null,
    other_order_ids: others.map((order) => order.id).join(' '),
    ...dueColumns(redraw),
    missing_markers: missing_results
      .map(({ name, failure_type }) => (failure_type === null ? name : `${name} (${failure_type})`))
      .join('; '),
    next_step: step?.situation ?? null,
    next_step_cause: step?.cause ?? null,
    next_step_text: step && adviceFor(step, nextSteps).text,
    ...acknowledgedColumns(transaction),
    ...handlingColumns(transaction),
    ...(messages && {
      messages_stopped: redraw?.acknowledgement?.stop_messages ? 'yes' : 'no',
      ...toldColumns(transaction),
    }),
  };
}

function dueColumns(redraw: Redraw | null): CsvRow {
  return {
    redraw_stage: redraw?.stage ?? null,
    redraw_due_at: redraw?.due_at ?? null,
    redraw_available_at: redraw?.available_at ?? null,
    redraw_stale_since: redraw?.stale_since ?? null,
    redraw_unchecked: redraw?.unchecked ? 'yes' : 'no',
  };
}

function toldColumns({ told, reach }: Transaction): CsvRow {
  return {
    reach,
    told_template: told?.template ?? null,
    told_channel: told?.channel ?? null,
    told_state: told?.state ?? null,
    told_at: told?.at ?? null,
  };
}

function acknowledgedColumns(transaction: Transaction): CsvRow {
  const { by = null, caller, at = null, decided = null, note = null } = acknowledgementOf(transaction) ?? {};
  return {
    acknowledged_by: by,
    acknowledged_by_id: caller?.subject ?? caller?.client_id ?? null,
    acknowledged_by_name: caller?.name ?? null,
    acknowledged_at: at,
    decided,
    note,
  };
}

function handlingColumns({ assignment, contact }: Transaction): CsvRow {
  return {
    owner: assignment?.assignee ?? null,
    follow_up_at: assignment?.follow_up_at ?? null,
    last_contact: contact?.kind ?? null,
    last_contact_at: contact?.at ?? null,
  };
}

/** The newest order of an origin: it is the one that counts. */
function newestOf(orders: readonly TransactionOrder[], origin: string): TransactionOrder | undefined {
  return orders.filter((order) => order.origin === origin).at(-1);
}

function distinct(names: readonly (string | null | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name != null))];
}
