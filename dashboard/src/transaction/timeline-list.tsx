import './timeline.css';
import { type CSSProperties, useMemo } from 'react';
import type { Note, Order, PatientMessage, Transaction } from '../api/answers.ts';
import { duration } from '../time/format.ts';
import { useNow } from '../time/use-now.ts';
import type { Entry, LearnedFrom } from './entries.ts';
import { laneLines, type RowLaneLines } from './lane-lines.ts';
import { lanesOf } from './lanes.ts';
import { type Dot, GapLines, RowLines } from './row-lines.tsx';
import { timeline } from './timeline.ts';
import { EntryWords, saysRedrawAvailable } from './timeline-entry.tsx';

interface TimelineListProps {
  readonly transaction: Transaction;
  /** The records of its orders, where they exist. */
  readonly orders: readonly Order[];
  /** The messages to the patient; none where the user may not see them. */
  readonly messages: readonly PatientMessage[];
  /** The history entries of people. */
  readonly notes: readonly Note[];
}

/** The timeline of all orders of a transaction, oldest first. */
export function TimelineList({ transaction, orders, messages, notes }: TimelineListProps) {
  const now = useNow();
  const { rows, lanes, rails } = useMemo(() => {
    const lanes = lanesOf(transaction);
    const rows = timeline(transaction, orders, now, { messages, notes });
    return { rows, lanes, rails: laneLines(rows, lanes) };
  }, [transaction, orders, now, messages, notes]);
  return (
    <div className="timeline-frame">
      <ol
        className="timeline"
        style={{ '--lanes': lanes.length } as CSSProperties}
        aria-label="Events, oldest first"
      >
        {rows.map((row, index) => (
          <li key={row.entry.key} className={rowClass(row.entry, row.ahead)}>
            {row.gap !== null && <Gap length={row.gap} before={rails[index - 1]} />}
            <div className="timeline-row">
              <RowLines row={rails[index] ?? NO_LINES} dot={dotOf(row.entry)} />
              <EntryWords row={row} lanes={lanes} now={now} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

const NO_LINES: RowLaneLines = { rails: [], dot: null, branchFrom: null };

function Gap({ length, before = NO_LINES }: { length: number; before?: RowLaneLines | undefined }) {
  return (
    <div className="timeline-gap">
      <GapLines row={before} />
      <div className="timeline-gap-words">{duration(length)} later</div>
    </div>
  );
}

function rowClass(entry: Entry, ahead: boolean): string {
  return [`timeline-${entry.kind.replaceAll('_', '-')}`, ahead && 'timeline-ahead'].filter(Boolean).join(' ');
}

function dotOf(entry: Entry): Dot {
  if (saysRedrawAvailable(entry)) return 'loud';
  if (entry.kind === 'appointment') return 'square';
  const unreported = entry.kind === 'created' || ('learned' in entry && wasUnreported(entry.learned));
  return unreported ? 'hollow' : 'plain';
}

/** Its own webhook never arrived. */
function wasUnreported(learned: LearnedFrom): boolean {
  return learned.how === 'api' ? learned.unreported : UNREPORTED.has(learned.how);
}

const UNREPORTED: ReadonlySet<string> = new Set(['later_webhook', 'unreported', 'sibling']);
