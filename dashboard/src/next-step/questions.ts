import type { Order, Transaction } from '../api/answers.ts';
import { addressOf } from '../components/transaction-path.ts';
import { labText, statusText } from '../wording/status.ts';

/** Texts to copy and send to somebody else. They have ids and states only. */

/** A question about an order, to send to the lab or to Junction's support. */
export function questionAboutOrder(order: Order): string {
  const { id, lab_test, low_level_status: low, low_level_status_created_at: since } = order;
  const test = [lab_test?.name, lab_test?.lab && labText(lab_test.lab)].filter(Boolean).join(', ');
  const promised = order.worst_case_result_by_date ?? order.expected_result_by_date;
  return [
    `Junction order ${id}${test && ` (${test})`}: ${statusText(low).toLowerCase()}${since === null ? '' : ` since ${since.slice(0, 10)}`}.`,
    ...(promised === null ? [] : [`Results were promised by ${promised.slice(0, 10)}.`]),
    'What is the status of this order, and what does it still need?',
  ].join(' ');
}

/** A question to Junction's support about a redraw that still has no order. */
export function questionAboutRedraw({ id, redraw }: Pick<Transaction, 'id' | 'redraw'>): string {
  const since = redraw?.available_at ?? null;
  return `Junction order transaction ${id}: a redraw is available${since === null ? '' : ` since ${since.slice(0, 10)}`}, but it has no redraw order. When will the order be placed?`;
}

/** A request to a colleague who may open the requisition. @param origin of this page */
export function requestForRequisition(orderId: string, transactionId: string, origin: string): string {
  return `Please open the requisition of Junction order ${orderId} and send it to the patient: ${origin}${addressOf(transactionId)}`;
}
