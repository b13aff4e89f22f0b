import Box from '@cloudscape-design/components/box';
import type { Transaction } from '../../api/answers.ts';
import { Timestamp } from '../../time/timestamp.tsx';
import type { Lane } from '../lanes/lanes.ts';
import { broughtText, checkedBy } from './check-wording.ts';

interface LastCheckProps {
  readonly transaction: Transaction;
  readonly lanes: readonly Lane[];
}

/** The last check of a transaction with Junction: when, by whom, and what it found. */
export function LastCheck({ transaction: { junction_checks }, lanes }: LastCheckProps) {
  const [last] = junction_checks;
  if (!last) return 'Not yet';
  return (
    <>
      <div>
        <Timestamp at={last.at} />
      </div>
      <Box variant="small">
        {checkedBy(last)}. {broughtText(last, lanes)}
      </Box>
    </>
  );
}
