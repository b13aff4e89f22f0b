import type { StalledOrder } from '../api/answers.ts';
import { acknowledgedBy } from '../table/acknowledged-by.ts';
import type { CsvRow } from '../table/csv.ts';
import { nextStepColumns } from '../table/next-step-columns.ts';

/**
 * A stalled order as a CSV row. Values are the API's own, and columns are named as in the other exports.
 *
 * @param nextSteps the deployment's own texts for what to do next
 */
export function stalledOrderRow(order: StalledOrder, nextSteps: Readonly<Record<string, string>>): CsvRow {
  return {
    order_id: order.id,
    transaction_id: order.order_transaction_id,
    status: order.status,
    low_level_status: order.low_level_status,
    user_id: order.user_id,
    client_user_id: order.client_user_id,
    modality: order.modality,
    lab_test: order.lab_test?.name ?? null,
    lab: order.lab_test?.lab ?? null,
    expected_result_by_date: order.expected_result_by_date,
    created_at: order.created_at,
    stage: order.stage,
    due_at: order.due_at,
    stalled_since: order.stalled_since,
    unchecked: order.unchecked ? 'yes' : 'no',
    ...nextStepColumns(order.next_step, nextSteps),
    owner: order.assignment?.assignee ?? null,
    follow_up_at: order.assignment?.follow_up_at ?? null,
    ...acknowledgedBy(order.acknowledgement),
  };
}
