import Box from '@cloudscape-design/components/box';
import type { Transaction } from '../api/answers.ts';
import { Expandable } from '../components/expandable.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { statusText } from '../wording/status.ts';
import { type Lost, SLOTS, sourceText, whyLost } from './explanation-wording.ts';
import { LaneLabel } from './lane-label.tsx';
import type { Lane } from './lanes.ts';
import { OrderClaims } from './order-claims.tsx';

type ExplainedOrder = NonNullable<Transaction['explanation']>['orders'][number];

interface OrderFactsProps {
  readonly order: ExplainedOrder;
  readonly lanes: readonly Lane[];
}

/** Why an order counts as it does: its newest status, the source, and the other reports. */
export function OrderFacts({ order, lanes }: OrderFactsProps) {
  const { id, slot, newest, lost, registered_at, claims } = order;
  return (
    <div>
      <LaneLabel orderId={id} lanes={lanes} />
      <Box variant="p" padding="n">
        {newest ? (
          <>
            <strong>{statusText(newest.low_level_status)}</strong> since <Timestamp at={newest.at} />, from{' '}
            {sourceText(newest, lanes)}.
          </>
        ) : (
          'Its status is unknown.'
        )}{' '}
        <span className="aside">{SLOTS[slot]}.</span>{' '}
        {registered_at && (
          <span className="aside">
            Registered by your system <Timestamp at={registered_at} />.
          </span>
        )}
      </Box>
      <OrderClaims claims={claims} />
      {lost.length > 0 && (
        <Expandable summary={`Other reports (${lost.length})`}>
          <ul className="markers">
            {lost.map((fact) => (
              <li key={`${fact.source} ${fact.low_level_status} ${fact.at}`}>
                <LostFact fact={fact} lanes={lanes} />
              </li>
            ))}
          </ul>
        </Expandable>
      )}
    </div>
  );
}

function LostFact({ fact, lanes }: { fact: Lost; lanes: readonly Lane[] }) {
  return (
    <>
      {statusText(fact.low_level_status)} since <Timestamp at={fact.at} />, from {sourceText(fact, lanes)}:{' '}
      {whyLost(fact)}.
    </>
  );
}
