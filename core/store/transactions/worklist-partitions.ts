import type { Worklist } from '../../domain/worklist/worklist-entry.ts';

/** The partitions of the index of open redraws, by the worklist they hold. */
export const WORKLIST_PARTITIONS = {
  decisions: 'DECISION',
  stale_redraws: 'STALE',
  watched_redraws: 'DUE',
  stalled_orders: 'STALLED',
  watched_orders: 'ORDER_DUE',
} as const satisfies Record<Worklist, string>;
