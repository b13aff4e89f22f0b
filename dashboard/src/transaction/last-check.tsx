import Box from '@cloudscape-design/components/box';
import type { Transaction } from '../api/answers.ts';
import { Indicator } from '../components/indicator.tsx';
import { useFailedCheck } from '../next-step/use-failed-check.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { changesFoundText, checkedBy } from './check-wording.ts';
import type { Lane } from './lanes.ts';

interface LastCheckProps {
  readonly transaction: Transaction;
  readonly lanes: readonly Lane[];
}

/** When Junction last answered about a transaction, who or what asked, what that brought, and what it has not answered since. */
export function LastCheck({ transaction, lanes }: LastCheckProps) {
  const [last] = transaction.junction_checks;
  return (
    <>
      {last ? (
        <>
          <div>
            <Timestamp at={last.at} />
          </div>
          <Box variant="small">
            {checkedBy(last)}. {changesFoundText(last, lanes)}
          </Box>
        </>
      ) : (
        'Not yet'
      )}
      <Unanswered transaction={transaction} />
    </>
  );
}

function Unanswered({ transaction }: { transaction: Transaction }) {
  const failed = useFailedCheck(transaction);
  const { unanswered_checks: unanswered } = transaction;
  return (
    <>
      {failed !== null && (
        <Indicator type="warning">
          Your check <Timestamp at={new Date(failed).toISOString()} /> got no answer
        </Indicator>
      )}
      {unanswered && (
        <Indicator type="warning">
          Junction hasn’t answered
          {unanswered.since !== null && (
            <>
              {' '}
              since <Timestamp at={unanswered.since} />
            </>
          )}{' '}
          ({unanswered.count === 1 ? '1 automatic check' : `${unanswered.count} automatic checks`})
        </Indicator>
      )}
    </>
  );
}
