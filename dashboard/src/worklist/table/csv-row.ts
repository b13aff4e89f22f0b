import { dueStatusOf } from '../../redraw/due-status.ts';
import { initialOrderId, type WithRedraw } from '../../redraw/open-redraw.ts';
import { acknowledgedBy } from '../../table/acknowledged-by.ts';
import type { CsvRow } from '../../table/csv.ts';
import { toldIn } from '../../table/told-in.ts';

/**
 * An open redraw as a CSV row. Values are the API's own, except for `due_status`.
 *
 * @param messages whether patients get messages
 */
export function csvRow(transaction: WithRedraw, now: number, messages: boolean): CsvRow {
  const { id, user_id, client_user_id, redraw, assignment, contact } = transaction;
  const { acknowledgement } = redraw;
  return {
    transaction_id: id,
    state: redraw.state,
    due_status: dueStatusOf(transaction, now),
    stage: redraw.stage,
    due_at: redraw.due_at,
    available_at: redraw.available_at,
    stale_since: redraw.stale_since,
    unchecked: redraw.unchecked ? 'yes' : 'no',
    initial_order_id: initialOrderId(transaction),
    redraw_order_id: redraw.order_id,
    user_id,
    client_user_id,
    missing_markers: redraw.missing_results
      .map(({ name, failure_type }) => (failure_type === null ? name : `${name} (${failure_type})`))
      .join('; '),
    ...acknowledgedBy(acknowledgement),
    owner: assignment?.assignee ?? null,
    follow_up_at: assignment?.follow_up_at ?? null,
    last_contact: contact?.kind ?? null,
    last_contact_at: contact?.at ?? null,
    acknowledged_by_name: acknowledgement?.caller.name ?? null,
    acknowledged_at: acknowledgement?.at ?? null,
    note: acknowledgement?.note ?? null,
    ...(messages && {
      messages_stopped: acknowledgement?.stop_messages ? 'yes' : 'no',
      ...toldIn(transaction),
    }),
  };
}
