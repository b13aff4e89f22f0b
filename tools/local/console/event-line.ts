import * as z from 'zod';
import type { BusEvent } from '../events/event-rules.ts';

const text = z.string().nullish();

/** The fields of an event's detail that the line shows. Missing and new fields are accepted. */
const detailSchema = z.looseObject({
  transaction_id: text,
  status: text,
  outcome: text,
  order_id: text,
  reported_status: text,
  from_stage: text,
  to_stage: text,
  from_status: text,
  was_stale: z.boolean().nullish(),
  insight: z.looseObject({ outcome: text }).nullish(),
  anomaly: z.looseObject({ code: text, order_id: text }).nullish(),
  acknowledgement: z.looseObject({ by: text }).nullish(),
  withdrawal: z.looseObject({ by: text }).nullish(),
  redraw: z.looseObject({ stage: text, due_at: text }).nullish(),
  decision: z.looseObject({ cause: text }).nullish(),
  match_review_id: text,
  decision_code: text,
  resolution_action: text,
  scope: text,
  open: z.number().nullish(),
  stale: z.number().nullish(),
});

type Detail = z.output<typeof detailSchema>;

const changes: Record<string, (detail: Detail) => string> = {
  'Redraw Available': (detail) => due(detail),
  'Redraw Order Linked': ({ order_id }) => `order ${order_id}`,
  'Redraw Stale': (detail) => due(detail, 'was due'),
  'Redraw Progressed': ({ from_stage, to_stage, was_stale }) =>
    `${words(from_stage)} → ${words(to_stage ?? 'done')}${was_stale ? ', was stale' : ''}`,
  'Redraw Acknowledged': ({ acknowledgement }) => `by ${acknowledgement?.by}`,
  'Redraw Acknowledgement Withdrawn': ({ withdrawal }) => `by ${withdrawal?.by}`,
  'Redraw Needs Decision': ({ decision }) => words(decision?.cause),
  'Order Failed': ({ order_id }) => `order ${order_id}`,
  'Failed Order Acknowledged': ({ acknowledgement }) => `by ${acknowledgement?.by}`,
  'Transaction Completed': ({ outcome }) => words(outcome),
  'Transaction Reopened': ({ from_status, outcome }) => `was ${from_status}, now ${words(outcome)}`,
  'Transaction Anomaly': ({ anomaly }) => `${words(anomaly?.code)}, order ${anomaly?.order_id}`,
  'Divergence Opened': ({ status, reported_status }) => `ours is ${status}, Junction's ${reported_status}`,
  'Insight Changed': ({ insight }) => `counted as ${words(insight?.outcome)}`,
  'Match Review Opened': ({ match_review_id, decision_code }) =>
    `${match_review_id}  ${words(decision_code)}`,
  'Match Review Closed': ({ match_review_id, resolution_action }) =>
    `${match_review_id}  ${words(resolution_action)}`,
  'Critical Result Reported': ({ order_id }) => `order ${order_id}`,
  'Critical Result Acknowledged': ({ order_id, acknowledgement }) =>
    `order ${order_id}, by ${acknowledgement?.by}`,
  'Redraw Review': ({ open, stale }) => `${open} open, ${stale} of them overdue`,
};

/** One line for the terminal: the time, the event, the transaction and what changed. */
export function eventLine(event: BusEvent, now: Date): string {
  const detail = detailSchema.safeParse(event.detail).data ?? {};
  const what = changes[event['detail-type']]?.(detail) ?? words(detail.outcome);
  const parts = [detail.transaction_id ?? '', what].filter((part) => part !== '');
  return `${now.toISOString().slice(11, 19)}  ${event['detail-type'].padEnd(21)}  ${parts.join('  ')}`;
}

function due({ redraw }: Detail, verb = 'due'): string {
  const at = redraw?.due_at?.slice(0, 16).replace('T', ' ');
  return [words(redraw?.stage), at && `${verb} ${at}`].filter(Boolean).join(', ');
}

function words(name: string | null | undefined): string {
  return name?.replaceAll('_', ' ') ?? '';
}
