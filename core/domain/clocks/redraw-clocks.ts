import type { Instant } from '../instant.ts';
import type { ClocksOf } from './clock-table.ts';
import { type Due, due, dueOfOrder, type LabTime, ORDER_STAGES, type OrderTimes } from './order-clocks.ts';

/** How long each stage of an open redraw may take before it is due: until its order arrives, and those of the order. */
export type RedrawClocks = LabTime & ClocksOf<'redraw'>;

/** The stages of an open redraw. */
export const REDRAW_STAGES = ['awaiting_order', ...ORDER_STAGES] as const;
export type RedrawStage = (typeof REDRAW_STAGES)[number];
/** The stages in which the patient still has to go to the lab, as far as anybody knows. */
export const STAGES_BEFORE_DRAW: readonly RedrawStage[] = REDRAW_STAGES.filter(
  (stage) => stage !== 'awaiting_result',
);

/** What is known of an open redraw's progress. */
export interface RedrawProgress {
  readonly available_at: Instant | null;
  /** When it was first reported here. Counts if none of its facts has a time. */
  readonly heard_at: Instant | null;
  /** Null while no redraw order has arrived. */
  readonly order: OrderTimes | null;
}

/** The stage of an open redraw and when it is due. Once there is an order, order-clocks.ts decides. */
export function dueOfRedraw(
  { available_at, heard_at, order }: RedrawProgress,
  clocks: RedrawClocks,
): Due<RedrawStage> {
  const available = available_at ?? heard_at;
  return order ? dueOfOrder(order, available, clocks) : due('awaiting_order', available, clocks.noOrder);
}
