import './timeline.css';
import { type CSSProperties, useMemo } from 'react';
import type { Order, Transaction } from '../../api/answers.ts';
import { duration } from '../../time/format.ts';
import { useNow } from '../../time/use-now.ts';
import { type RowRails, railsOf } from '../lanes/lane-lines.ts';
import { lanesOf } from '../lanes/lanes.ts';
import { type Dot, GapLines, RowLines } from '../lanes/row-lines.tsx';
import type { Entry, Learned } from './entries.ts';
import { timeLine } from './timeline.ts';
import { EntryWords, saysRedrawAvailable } from './timeline-entry.tsx';

interface TimeLineListProps {
  readonly transaction: Transaction;
  /** The records of its orders, as far as there are any. */
  readonly orders: readonly Order[];
}

/** All that happened to all the orders of a transaction, oldest first. */
export function TimeLineList({ transaction, orders }: TimeLineListProps) {
  const now = useNow();
  const { rows, lanes, rails } = useMemo(() => {
    const lanes = lanesOf(transaction);
    const rows = timeLine(transaction, orders, now);
    return { rows, lanes, rails: railsOf(rows, lanes) };
  }, [transaction, orders, now]);
  return (
    <div className="time-line-frame">
      <ol
        className="time-line"
        style={{ '--lanes': lanes.length } as CSSProperties}
        aria-label="What happened, oldest first"
      >
        {rows.map((row, index) => (
          <li key={row.entry.key} className={rowClass(row.entry, row.ahead)}>
            {row.gap !== null && <Gap length={row.gap} before={rails[index - 1]} />}
            <div className="time-line-row">
              <RowLines row={rails[index] ?? NO_LINES} dot={dotOf(row.entry)} />
              <EntryWords row={row} lanes={lanes} now={now} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

const NO_LINES: RowRails = { rails: [], dot: null, branchFrom: null };

function Gap({ length, before = NO_LINES }: { length: number; before?: RowRails | undefined }) {
  return (
    <div className="time-line-gap">
      <GapLines row={before} />
      <div className="time-line-gap-words">{duration(length)} later</div>
    </div>
  );
}

function rowClass(entry: Entry, ahead: boolean): string {
  return [`time-line-${entry.kind.replaceAll('_', '-')}`, ahead && 'time-line-ahead']
    .filter(Boolean)
    .join(' ');
}

function dotOf(entry: Entry): Dot {
  if (saysRedrawAvailable(entry)) return 'loud';
  if (entry.kind === 'appointment') return 'square';
  const untold = entry.kind === 'created' || ('learned' in entry && wasUntold(entry.learned));
  return untold ? 'hollow' : 'plain';
}

/** No webhook of its own told of it. */
function wasUntold(learned: Learned): boolean {
  return learned.how === 'api' ? learned.untold : UNTOLD.has(learned.how);
}

const UNTOLD: ReadonlySet<string> = new Set(['later_webhook', 'untold', 'sibling']);
