import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import type { Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { orderQuery } from '../api/queries.ts';
import { shortId } from '../components/identifier.tsx';
import { useHasScope } from '../session/session-context.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { sourceOfOrder } from './result-source.ts';
import { ResultsButtons } from './results-buttons.tsx';

/** One alert for each order of a transaction with a critical result that nobody has acknowledged. */
export function CriticalResultAlerts({ transaction }: { transaction: Transaction }) {
  return transaction.orders
    .filter(({ critical_result }) => critical_result === 'open')
    .map(({ id }) => <CriticalResultAlert key={id} orderId={id} transaction={transaction} />);
}

function CriticalResultAlert({ orderId, transaction }: { orderId: string; transaction: Transaction }) {
  const may = useHasScope('results/read');
  const { data } = useQuery(orderQuery(useApi(), orderId));
  const known = data?.critical_result;
  // The order knows of an acknowledgement a moment before its transaction does.
  if (known?.state === 'acknowledged') return null;
  return (
    <Alert
      type="error"
      header="Critical result"
      action={<ResultsButtons sources={[sourceOfOrder(orderId, transaction)]} />}
    >
      Junction reported a critical result for order {shortId(orderId)}
      {known?.latest_at && (
        <>
          {', '}
          <Timestamp at={known.latest_at} />
        </>
      )}
      .{' '}
      {may
        ? 'Open the results, tell someone who can act on them, and acknowledge it there.'
        : 'Someone with permission to open results must see and acknowledge it.'}
    </Alert>
  );
}
