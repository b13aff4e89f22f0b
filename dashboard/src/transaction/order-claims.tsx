import type { Transaction } from '../api/answers.ts';
import { Expandable } from '../components/expandable.tsx';
import { Identifier } from '../components/identifier.tsx';
import { Timestamp } from '../time/timestamp.tsx';

type ExplainedOrder = NonNullable<Transaction['explanation']>['orders'][number];
type Claim = ExplainedOrder['claims'][number];

const SOURCES: Readonly<Record<NonNullable<Claim['source']>, string>> = {
  own: 'from the order itself',
  listed: 'from another order',
  registered: 'from your system',
};

/** The transactions that claim an order. Hidden unless they differ. */
export function OrderClaims({ claims }: Pick<ExplainedOrder, 'claims'>) {
  const transactions = new Set(claims.map(({ transaction_id }) => transaction_id));
  if (transactions.size < 2) return null;
  return (
    <Expandable summary={`Reported in ${transactions.size} transactions`}>
      <ul className="markers">
        {claims.map((claim) => (
          <li key={`${claim.source} ${claim.transaction_id}`}>
            <Identifier
              id={claim.transaction_id}
              of="transaction"
              short
              href={`/transactions/${encodeURIComponent(claim.transaction_id)}`}
            />{' '}
            <span className="aside">
              {claim.source === null ? 'replaced by a newer report' : SOURCES[claim.source]}
              {claim.as_of !== null && (
                <>
                  , <Timestamp at={claim.as_of} />
                </>
              )}
              {claim.decides && '. This one counts'}
            </span>
          </li>
        ))}
      </ul>
    </Expandable>
  );
}
