import { itemKey } from '../table-layout.ts';

/** The key of a task's mark. */
export const markKey = (
  task: 'updates' | 'draws' | 'reviews' | 'restore' | 'subscribers' | 'clocks' | 'watching' | 'import',
) => itemKey('MARK', task);
