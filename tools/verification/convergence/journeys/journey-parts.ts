/** The parts of the small journeys. Order 1 is the initial order, order 2 its redraw. */
import { delivered, event, listed, march, orderId, transaction, walkIn } from '../../oracle/bodies.ts';
import type { Fact } from '../../oracle/reading/facts.ts';
import type { Json } from '../../oracle/reading/spelling.ts';

export interface SmallJourney {
  name: string;
  facts: Fact[];
}

export const ordered = event(1, 'ordered', march(1));
export const requisition = event(2, 'requisition_created', march(2));
export const partial = event(3, 'partial_results', march(5));
export const available = event(4, 'redraw_available', march(6));
export const redrawOrdered = event(11, 'ordered', march(7));
export const redrawRequisition = event(12, 'requisition_created', march(8));
export const redrawCompleted = event(13, 'completed', march(12));

/** Transaction 1 with these entries. */
export function within(status: string | null, ...entries: Json[]): Json {
  return { order_transaction: transaction(1, status, entries) };
}

export function redrawListed(low: string | null, at: string | null): Json {
  return listed(2, low, at, { origin: 'redraw', parent_id: orderId(1) });
}

export function redrawOrder(events: Json[], fields: Json = {}): Json {
  return walkIn(2, events, { origin: 'redraw', created_at: march(7), ...fields });
}

export function journey(name: string, ...bodies: Json[]): SmallJourney {
  return { name, facts: bodies.map((body) => delivered(body)) };
}

export const initialListed = listed(1, 'redraw_available', march(6));
