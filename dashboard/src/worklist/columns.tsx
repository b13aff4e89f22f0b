import { lazy, Suspense, useState } from 'react';
import { Indicator } from '../components/indicator.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Patient } from '../components/patient.tsx';
import { CriticalTag } from '../redraw/critical-tag.tsx';
import type { ListColumn } from '../table/list-table.tsx';
import { clockTime } from '../time/clock-time.ts';
import { relativeTime } from '../time/format.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { messageStateText } from '../wording/messages.ts';
import { missingText, triesText, type WorkRow } from './rows.ts';

export interface ColumnOptions {
  /** The row that the keys act on. */
  readonly marked: string | null;
  /** Shows a row that has no page. */
  readonly show: (row: WorkRow) => void;
  /** Whether there are several teams. */
  readonly teams: boolean;
  /** Sets the owner; undefined without the right. */
  readonly assign: ((row: WorkRow, name: string) => void) | undefined;
}

const TEAM: ListColumn<WorkRow> = {
  id: 'team',
  header: 'Team',
  width: 110,
  minWidth: 90,
  half: true,
  sortingField: 'team',
  cell: ({ team }) => <span className={team ? 'cell-line' : 'cell-line aside'}>{team || 'Unknown'}</span>,
};

/** What to do comes first, because it is what people read; the rest says for whom, and what was tried. */
export function columnsOf({ marked, show, assign, teams }: ColumnOptions): ListColumn<WorkRow>[] {
  // The columns beside the team make room for it.
  const less = teams ? 35 : 0;
  return [
    {
      id: 'what',
      header: 'What to do',
      isRowHeader: true,
      width: 240,
      minWidth: 180,
      sortingComparator: (a, b) => a.rank - b.rank || a.at - b.at,
      cell: (row) => <What row={row} marked={marked === row.id} show={show} />,
    },
    {
      id: 'patient',
      header: 'Patient',
      width: 135,
      minWidth: 110,
      half: true,
      sortingField: 'patient',
      cell: ({ userId, clientUserId, transactionId, orderId }) => (
        <Patient
          of={{ user_id: userId, client_user_id: clientUserId }}
          transactionId={transactionId}
          orderId={orderId}
        />
      ),
    },
    ...(teams ? [TEAM] : []),
    {
      id: 'test',
      header: 'Test',
      width: 175 - less,
      minWidth: 110,
      half: true,
      sortingField: 'test',
      cell: ({ test, lab, modality }) => (
        <Lines first={test || '–'} second={[lab, modality].filter(Boolean).join(', ')} />
      ),
    },
    {
      id: 'missing',
      header: 'Missing',
      width: 165 - less,
      minWidth: 110,
      half: true,
      sortingComparator: (a, b) => a.missing.length - b.missing.length,
      cell: (row) => {
        const { first, reason, more } = missingText(row);
        return <Lines first={more > 0 ? `${first} + ${more}` : first} second={reason} title={row.markers} />;
      },
    },
    {
      id: 'contact',
      header: 'Last contact',
      width: 150 - less,
      minWidth: 110,
      half: true,
      sortingComparator: (a, b) => contactTime(a) - contactTime(b),
      cell: (row) => <LastContact row={row} />,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 145,
      minWidth: 110,
      half: true,
      sortingField: 'owner',
      cell: (row) => <OwnerCell row={row} assign={assign} />,
    },
    {
      id: 'follow-up',
      header: 'Follow-up',
      width: 120,
      minWidth: 100,
      half: true,
      sortingComparator: (a, b) => followUpTime(a) - followUpTime(b),
      cell: ({ assignment }) => <FollowUp at={assignment?.follow_up_at ?? null} />,
    },
  ];
}

const OwnerEdit = lazy(() => import('./owner-edit.tsx'));

/** The owner, who can be changed in place. */
function OwnerCell({ row, assign }: { row: WorkRow } & Pick<ColumnOptions, 'assign'>) {
  const [editing, setEditing] = useState(false);
  const { owner, assignment, what } = row;
  if (editing) {
    return (
      <Suspense fallback={owner}>
        <OwnerEdit
          first={assignment?.assignee ?? ''}
          onDone={(name) => {
            setEditing(false);
            if (name !== null && name !== (assignment?.assignee ?? '')) assign?.(row, name);
          }}
        />
      </Suspense>
    );
  }
  const look = `cell-line${assignment ? '' : ' aside'}`;
  // Where nobody knows who owns it, nothing can be replaced.
  if (!assign || assignment === undefined) return <span className={look}>{owner || '–'}</span>;
  return (
    <button
      type="button"
      className={`as-text ${look}`}
      title={`${owner}. Change the owner`}
      aria-label={`${owner}: change the owner of ${what}`}
      onClick={() => setEditing(true)}
    >
      {owner}
    </button>
  );
}

interface WhatProps {
  readonly row: WorkRow;
  readonly marked: boolean;
  readonly show: (row: WorkRow) => void;
}

function What({ row, marked, show }: WhatProps) {
  const { id, href, what, why, kind, transaction } = row;
  return (
    <div data-row={id} {...(marked && { 'data-marked': '' })}>
      <div className="cell-line" title={what}>
        {href === null ? (
          <button type="button" className="as-link" onClick={() => show(row)}>
            {what}
          </button>
        ) : (
          <PageLink href={href}>{what}</PageLink>
        )}{' '}
        {kind !== 'critical' && transaction && <CriticalTag state={transaction.critical_result} />}
      </div>
      <div className="cell-line under" title={why.text}>
        <span className={why.tone === 'error' ? 'loud' : 'aside'}>{why.text}</span>
      </div>
    </div>
  );
}

function Lines({ first, second, title = first }: { first: string; second: string; title?: string }) {
  return (
    <>
      <div className="cell-line" title={title}>
        {first}
      </div>
      <div className="cell-line aside under" title={second}>
        {second}
      </div>
    </>
  );
}

/** The last attempt of a person, or the message since. */
function LastContact({ row: { contact, transaction } }: { row: WorkRow }) {
  const now = useNow();
  const told = transaction?.told ?? null;
  if (told && (!contact || told.at > contact.at)) {
    return (
      <>
        <div className="cell-line">
          {told.reached ? (
            messageStateText(told)
          ) : (
            <Indicator type="error">{messageStateText(told)}</Indicator>
          )}
        </div>
        <div className="aside under">
          <Timestamp at={told.at} />
        </div>
      </>
    );
  }
  if (!contact) return <span className="aside">None</span>;
  const [what, tries] = triesText(contact);
  return (
    <Lines
      first={what}
      second={[relativeTime(Date.parse(contact.at), now), tries].filter(Boolean).join(', ')}
    />
  );
}

function FollowUp({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <span className="aside">None</span>;
  const [day, time] = splitDay(clockTime(Date.parse(at), now));
  return <Lines first={day} second={time} />;
}

/** "Thu, Nov 26" and "5:00 PM". */
function splitDay(text: string): readonly [string, string] {
  const at = text.lastIndexOf(', ');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 2)];
}

function contactTime({ contact }: WorkRow): number {
  return contact ? Date.parse(contact.at) : 0;
}

function followUpTime({ assignment }: WorkRow): number {
  return assignment?.follow_up_at ? Date.parse(assignment.follow_up_at) : Number.POSITIVE_INFINITY;
}
