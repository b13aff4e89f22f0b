import type { RedrawStage } from '../clocks/redraw-clocks.ts';
import type { Instant } from '../instant.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** What an open redraw or open order is waiting for, and when it is due. */
export interface ExplainedWait {
  /** Null while a redraw has no order. */
  readonly order_id: string | null;
  readonly stage: RedrawStage;
  /** When the stage started; null if none of its facts has a time. */
  readonly since: Instant | null;
  /** When it becomes overdue; null as above, or if the clock is off. */
  readonly due_at: Instant | null;
  readonly sentence: string;
}

/** What each stage waits for. */
const AWAITED: Readonly<Record<RedrawStage, string>> = {
  awaiting_order: 'the redraw order',
  awaiting_requisition: 'its requisition',
  awaiting_appointment: 'an appointment or a sign of the draw',
  awaiting_draw: 'a sign of the draw',
  awaiting_result: 'the result',
};

/** What the open redraw or the open order of a transaction is waiting for; null if it has neither. */
export function explainWait({
  redraw,
  open_order,
}: Pick<Transaction, 'redraw' | 'open_order'>): ExplainedWait | null {
  const wait = redraw?.stage ? { ...redraw, stage: redraw.stage } : open_order;
  if (!wait) return null;
  const { order_id, stage, since, due_at } = wait;
  const who = order_id === null ? 'The redraw' : `Order ${order_id}`;
  const clock = since === null ? '' : `; the clock runs from ${since}`;
  const due = due_at === null ? 'It does not become overdue.' : `It becomes overdue at ${due_at}.`;
  return {
    order_id,
    stage,
    since,
    due_at,
    sentence: `${who} is waiting for ${AWAITED[stage]}${clock}. ${due}`,
  };
}
