import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import type { Transaction } from '../api/answers.ts';
import { Indicator } from '../components/indicator.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { STATUSES, statusText } from '../wording/status.ts';
import { namesOf } from './explanation-wording.ts';
import type { Lane } from './lanes.ts';

interface JunctionStatusProps {
  readonly transaction: Transaction;
  readonly lanes: readonly Lane[];
}

/** The transaction's status at Junction, and whether ours differs. */
export function JunctionStatus({ transaction, lanes }: JunctionStatusProps) {
  const { diverges, status, explanation } = transaction;
  const word = explanation?.junction;
  if (!word) return <Box variant="p">Junction hasn’t reported a status for this transaction.</Box>;
  const said = statusText(word.status).toLowerCase();
  if (!diverges) {
    return (
      <div>
        <Indicator type="success">{`Junction also reports ${said}`}</Indicator>{' '}
        <AsOf word={word} lead="as of" />
        <Unaware word={word} lanes={lanes} />
      </div>
    );
  }
  return (
    <Alert type="warning" header={`Junction reports ${said}; we have ${STATUSES[status].toLowerCase()}`}>
      <AsOf word={word} lead="As of" />
      <Unaware word={word} lanes={lanes} />
    </Alert>
  );
}

type Word = NonNullable<NonNullable<Transaction['explanation']>['junction']>;

function AsOf({ word: { as_of }, lead }: { word: Word; lead: string }) {
  if (as_of === null) return null;
  return (
    <span className="aside">
      {lead} <Timestamp at={as_of} />
    </span>
  );
}

function Unaware({
  word: { covers, uncovered_orders, missing_orders },
  lanes,
}: {
  word: Word;
  lanes: readonly Lane[];
}) {
  if (covers)
    return (
      <Box variant="small" display="block">
        Based on the same events we have.
      </Box>
    );
  return (
    <Box variant="small" display="block">
      {uncovered_orders.length > 0 && (
        <div>Junction’s report is missing events we have for {namesOf(uncovered_orders, lanes)}.</div>
      )}
      {missing_orders.length > 0 && (
        <div>
          Junction’s report includes {namesOf(missing_orders, lanes)}, which isn’t part of this transaction
          here.
        </div>
      )}
    </Box>
  );
}
