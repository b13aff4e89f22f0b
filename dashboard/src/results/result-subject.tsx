import Box from '@cloudscape-design/components/box';
import { PrintOnly } from '../components/print-only.tsx';
import { Printed } from '../components/printed.tsx';
import { distinctLabTests } from '../redraw/distinct-lab-tests.ts';
import type { ResultSource } from './result-source.ts';

/** On paper, above the results: whose they are, and what they are of. A sheet must say it without the page, and in full. */
export function PrintedSubject({ of }: { of: ResultSource }) {
  const { name, clientUserId, userId, transactionId, orders } = of;
  const facts: readonly (readonly [string, readonly string[]])[] = [
    ['Client user ID', listed(clientUserId)],
    ['Junction user ID', listed(userId)],
    ['Transaction', [transactionId]],
    [orders.length === 1 ? 'Order' : 'Orders', orders.map(({ id }) => id)],
    [
      'Lab test',
      distinctLabTests(orders).map((test) => [test.name, test.details].filter(Boolean).join(', ')),
    ],
  ];
  return (
    <PrintOnly>
      <Box variant="h1">{`Results for ${name}`}</Box>
      <dl className="result-subject">
        {facts.map(([label, values]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{values.length === 0 ? '–' : values.map((value) => <div key={value}>{value}</div>)}</dd>
          </div>
        ))}
      </dl>
      <Printed />
    </PrintOnly>
  );
}

function listed(id: string | null): string[] {
  return id === null ? [] : [id];
}
