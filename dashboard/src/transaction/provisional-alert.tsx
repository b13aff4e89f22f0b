import Alert from '@cloudscape-design/components/alert';
import type { Transaction } from '../api/answers.ts';
import { isProvisional } from './provisional.ts';

/** Says so of an order whose transaction is not known yet. */
export function ProvisionalAlert({ transaction }: { transaction: Transaction }) {
  if (!isProvisional(transaction)) return null;
  return (
    <Alert type="info" header="The transaction of this order is not known yet">
      Nothing that came from Junction names it. Until something does, the order stands here under its own id;
      then this address leads to the transaction.
    </Alert>
  );
}
