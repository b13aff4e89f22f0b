/** A transaction of two orders as in an answer of the API, in March 2026: an initial order and its redraw. */
import type { Order, Redraw, Transaction, TransactionOrder } from '../../../dashboard/src/api/answers.ts';

type Explanation = NonNullable<Transaction['explanation']>;
type ExplainedOrder = Explanation['orders'][number];

/** "03-14 09:30" → RFC 3339, as in the API. */
export function march(time: string): string {
  const [day, clock = '00:00'] = time.split(' ');
  return `2026-${day}T${clock}:00.000000Z`;
}

export function order(id: string, given: Partial<Order> = {}): Order {
  return {
    id,
    events: [],
    draw_evidence: [],
    appointments: [],
    critical_results: [],
    match_reviews: [],
    registered_at: null,
    ...given,
  } as unknown as Order;
}

export function event(id: number, time: string, low: string): Order['events'][number] {
  const status = `received.walk_in_test.${low}`;
  return { id, created_at: march(time), status, status_detail: null, learned_at: null, learned_from: null };
}

export function listed(id: string, given: Partial<TransactionOrder> = {}): TransactionOrder {
  const none = { parent_id: null, redraw_available_at: null, results_reported_at: null };
  return { id, origin: 'initial', created_at: march('03-01'), ...none, ...given } as TransactionOrder;
}

export function explained(id: string, given: Partial<ExplainedOrder> = {}): ExplainedOrder {
  const none: Omit<ExplainedOrder, 'id'> = {
    slot: 'initial',
    class: 'P',
    newest: null,
    lost: [],
    registered_at: null,
    answered_at: null,
    withdrawn: [],
    question_at: null,
    claims: [],
    sentence: '',
  };
  return { id, ...none, ...given };
}

export function transaction(
  given: Partial<Omit<Transaction, 'explanation' | 'redraw'>> & {
    readonly redraw?: Partial<Redraw>;
    readonly explained?: ExplainedOrder[];
    readonly missed?: Explanation['missed'];
  } = {},
): Transaction {
  const { redraw, explained: orders = [], missed = [], ...rest } = given;
  const none = {
    state: 'in_progress',
    available_at: null,
    due_at: null,
    stale_since: null,
    acknowledgement: null,
    withdrawal: null,
    decision: null,
    stage: null,
  };
  return {
    id: 'transaction',
    status: 'active',
    told: null,
    contact: null,
    reach: 'not_told',
    assignment: null,
    review: null,
    open_order: null,
    decision: null,
    missing_results: [],
    critical_result: null,
    next_step: null,
    junction_checks: [],
    unanswered_checks: null,
    orders: [listed('first'), listed('second', { origin: 'redraw', created_at: march('03-08') })],
    ...rest,
    redraw: redraw ? { ...none, ...redraw } : null,
    explanation: { text: [], rule: {}, orders, junction: null, missed },
  } as unknown as Transaction;
}
