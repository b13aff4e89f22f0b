import type { Order } from '../../api/answers.ts';
import { labText } from '../../wording/status.ts';
import { statusText } from '../why/explanation-wording.ts';

/** A question about an order, to send to the lab or to Junction's support. It has ids and states only. */
export function questionForLab(order: Order): string {
  const { id, lab_test, low_level_status: low, low_level_status_created_at: since } = order;
  const test = [lab_test?.name, lab_test?.lab && labText(lab_test.lab)].filter(Boolean).join(', ');
  const promised = order.worst_case_result_by_date ?? order.expected_result_by_date;
  return [
    `Junction order ${id}${test && ` (${test})`}: ${statusText(low).toLowerCase()}${since === null ? '' : ` since ${since.slice(0, 10)}`}.`,
    ...(promised === null ? [] : [`Results were promised by ${promised.slice(0, 10)}.`]),
    'What is the status of this order, and what does it still need?',
  ].join(' ');
}
