import Badge from '@cloudscape-design/components/badge';
import type { Transaction } from '../api/answers.ts';
import { hasOpenRedraw } from './open-redraw.ts';

/** Junction's tag for a transaction with an open redraw. It is red once the redraw is flagged as overdue. */
export function RedrawTag({ transaction }: { transaction: Transaction }) {
  if (!hasOpenRedraw(transaction)) return null;
  const stale = transaction.redraw.state === 'stale';
  return <Badge color={stale ? 'severity-high' : 'severity-low'}>Redraw available</Badge>;
}
