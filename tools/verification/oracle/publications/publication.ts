/** What a publication says, compared with a transaction as it is right. */
import type { ExpectedTransaction } from '../transaction/transaction-truth.ts';

/** An event on the bus, by the names of docs/events/. Mails and notifications say what an event says. */
export interface Publication {
  type: string;
  detail: Readonly<Record<string, unknown>>;
}

type Right = ExpectedTransaction;
type Said = Publication['detail'];

/** The news of a type, beside the state of the transaction that every event has. */
const NEWS: Record<string, (right: Right, said: Said) => boolean> = {
  'Redraw Available': ({ redraw }) => redraw !== null && redraw.available_at !== null,
  'Redraw Order Linked': ({ redraw }, { order_id }) => redraw?.order_id === order_id,
  'Redraw Stale': isRedrawOpen,
  'Redraw Needs Decision': isDecision,
  'Order Failed': isDecision,
  'Order Stalled': ({ open_order }, { order_id }) => open_order?.order_id === order_id,
  'Transaction Completed': ({ status, outcome }, said) => status === 'completed' && outcome === said.outcome,
  'Transaction Cancelled': ({ status }) => status === 'cancelled',
  'Transaction Reopened': ({ status }) => status === 'active',
  'Divergence Opened': (right, { reported_status }) =>
    right.diverges && right.reported_status === reported_status,
  'Divergence Closed': ({ diverges }) => !diverges,
};

function isRedrawOpen({ redraw }: Right): boolean {
  return redraw?.state === 'expected' || redraw?.state === 'in_progress';
}

function isDecision({ decision }: Right, said: Said): boolean {
  const { reason, cause } = said.decision as NonNullable<Right['decision']>;
  return decision?.reason === reason && decision.cause === cause;
}

const STATE = ['status', 'outcome', 'team_id', 'user_id', 'client_user_id'] as const;

/** What only describes the facts: figures, and what is unusual about them. */
const DESCRIBING = ['Insight Changed', 'Transaction Anomaly'];

/** News that something is over. Whether it is depends on every order. */
const ENDS = ['Transaction Completed', 'Transaction Cancelled', 'Redraw Needs Decision', 'Order Failed'];

/** The transaction that a publication has news about; null if it has none. */
export function subjectOf({ type, detail }: Publication): string | null {
  const { transaction_id: id } = detail;
  return typeof id === 'string' && !DESCRIBING.includes(type) ? id : null;
}

export function isAboutEnd({ type }: Publication): boolean {
  return ENDS.includes(type);
}

/** Whether everything that a publication says of a transaction is right. */
export function isRight(publication: Publication, right: Right): boolean {
  const { detail } = publication;
  const redraw = detail.redraw as Right['redraw'];
  return (
    STATE.every((name) => detail[name] === right[name]) &&
    (redraw === null) === (right.redraw === null) &&
    redraw?.order_id === right.redraw?.order_id &&
    isNewsRight(publication, right)
  );
}

/** Whether its news is right, whatever the state around it. */
export function isNewsRight({ type, detail }: Publication, right: Right): boolean {
  return NEWS[type]?.(right, detail) ?? true;
}
