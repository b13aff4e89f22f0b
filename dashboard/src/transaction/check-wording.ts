import type { JunctionCheck } from '../api/answers.ts';
import { statusText } from '../wording/status.ts';
import type { Lane } from './lanes.ts';

const CHANGES: Readonly<Record<JunctionCheck['changes'][number]['change'], string>> = {
  new_order: 'new order',
  status: 'new status',
  result_dates: 'result dates',
  appointment: 'appointment',
  missing_markers: 'missing markers',
  transaction: 'moved to this transaction',
  other: 'other details',
};

/** Who or what checked: "By olivia@example.com", "Automatic check". */
export function checkedBy({ origin, caller }: JunctionCheck): string {
  const who = caller && (caller.name ?? `API client ${caller.client_id ?? caller.subject}`);
  switch (origin) {
    case 'sweep':
      return 'Automatic check';
    case 'message':
      return 'Before a message to the patient';
    case 'ordering':
      return `During an order change${who ? `, by ${who}` : ''}`;
    case 'request':
      return who ? `By ${who}` : 'On request';
  }
}

/** What a check found: "Nothing new", "Redraw order: Completed". */
export function changesFoundText({ changes }: JunctionCheck, lanes: readonly Lane[]): string {
  if (changes.length === 0) return 'Nothing new';
  const parts = changes.map(({ order_id, change, status }) => {
    const name = lanes.find(({ orderId }) => orderId === order_id)?.name ?? 'Order';
    const what = status === null ? CHANGES[change] : statusText(status);
    return change === 'new_order' ? `${name}: first reported, ${what.toLowerCase()}` : `${name}: ${what}`;
  });
  return parts.join('; ');
}
