import Badge from '@cloudscape-design/components/badge';
import type { TransactionOrder } from '../api/answers.ts';

/** The mark of an order or a transaction with a critical result. It is red until somebody has acknowledged the result. */
export function CriticalTag({ state }: { state: TransactionOrder['critical_result'] }) {
  if (state === null) return null;
  return state === 'open' ? (
    <Badge color="severity-critical">Critical result</Badge>
  ) : (
    <Badge color="grey">Critical result, acknowledged</Badge>
  );
}
