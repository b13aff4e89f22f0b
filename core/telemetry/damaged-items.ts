import { logger } from './logger.ts';
import { storeMetrics } from './metric-names.ts';
import { metrics } from './metrics.ts';

/** Counts and logs an item that was left out because it is damaged. */
export function reportDamaged(item: string): void {
  logger.error('a damaged item was left out; a rebuild names it', { item });
  metrics.count(storeMetrics.damaged);
  // Not every function writes its metrics at the end.
  metrics.write();
}
