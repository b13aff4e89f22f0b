import Alert from '@cloudscape-design/components/alert';
import type { Transaction } from '../api/answers.ts';
import { isProvisional } from './provisional.ts';

/** Shown for an order whose transaction is unknown. */
export function ProvisionalAlert({ transaction }: { transaction: Transaction }) {
  if (!isProvisional(transaction)) return null;
  return (
    <Alert type="info" header="We don’t know this order’s transaction yet">
      Junction hasn’t told us which transaction it belongs to. Until then, it’s listed under its own ID. This
      link will keep working.
    </Alert>
  );
}
