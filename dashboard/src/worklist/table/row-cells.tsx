import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import Popover from '@cloudscape-design/components/popover';
import type { ReactNode } from 'react';
import type { Transaction } from '../../api/answers.ts';
import { Identifier, shortId } from '../../components/identifier.tsx';
import { OutsideLink } from '../../components/outside-link.tsx';
import { PrintOnly } from '../../components/print-only.tsx';
import { StatusLabel } from '../../components/status-label.tsx';
import type { Acknowledgement } from '../../redraw/acknowledgement/changes.ts';
import type { AcknowledgementActions } from '../../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import { CriticalTag } from '../../redraw/critical-tag.tsx';
import { dueStatusOf, dueText, isFlagged } from '../../redraw/due-status.ts';
import { initialOrderId, type WithRedraw } from '../../redraw/open-redraw.ts';
import { uncheckedText } from '../../redraw/unchecked.ts';
import { duration, exactTime, printedTime } from '../../time/format.ts';
import { Timestamp } from '../../time/timestamp.tsx';
import { useNow } from '../../time/use-now.ts';
import { callerText } from '../../wording/caller.ts';
import { openFor } from '../overview/age-groups.ts';

/** Cells of a worklist row; on a phone, sections of its card. worklist-row.tsx puts them together. */

/** `isNew`: it was not there when the user last looked. */
export function Due({ of, isNew }: { of: WithRedraw; isNew: boolean }) {
  const now = useNow();
  const { due_at, stale_since } = of.redraw;
  const unchecked = uncheckedText(of.redraw);
  return (
    <>
      <div className="whole due" title={due_at === null ? undefined : `Due ${exactTime(Date.parse(due_at))}`}>
        <StatusLabel of={dueText(of, now)} /> {isNew && <Badge color="blue">New</Badge>}
      </div>
      {due_at !== null && (
        <PrintOnly>
          <div className="aside">Due {printedTime(Date.parse(due_at))}</div>
        </PrintOnly>
      )}
      <div className="aside under">
        {dueStatusOf(of, now) === 'overdue' && !isFlagged(of.redraw) && 'Not flagged yet'}
        {stale_since !== null && (
          <>
            Flagged <Timestamp at={stale_since} />
            {unchecked && <div title={unchecked.long}>{unchecked.short}</div>}
          </>
        )}
      </div>
    </>
  );
}

export function OpenFor({ of }: { of: WithRedraw }) {
  const now = useNow();
  const { available_at } = of.redraw;
  if (available_at === null || openFor(of, now) === null) return <span>–</span>;
  return (
    <>
      <Since at={available_at} now={now} />
      <PrintOnly>
        <div className="aside dated">Since {printedTime(Date.parse(available_at))}</div>
      </PrintOnly>
    </>
  );
}

/** A duration since a time, with the exact time on hover. */
function Since({ at, now }: { at: string; now: number }) {
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={`Since ${exactTime(time)}`}>
      {duration(Math.max(0, now - time))}
    </time>
  );
}

/** The initial order and the redraw order; both link to the transaction. */
export function Orders({ of }: { of: Transaction }) {
  const href = `/transactions/${of.id}`;
  return (
    <>
      <Line label="Initial">
        <Identifier id={initialOrderId(of)} of="initial order" short href={href} />
      </Line>
      {of.redraw && (
        <Line label="Redraw">
          {of.redraw.order_id === null ? (
            <span className="aside">None yet</span>
          ) : (
            <Identifier id={of.redraw.order_id} of="redraw order" short href={href} />
          )}
        </Line>
      )}
      <CriticalTag state={of.critical_result} />
      <div className="under">
        <OutsideLink
          to="junction_link"
          ids={{
            transaction_id: of.id,
            order_id: of.redraw?.order_id ?? initialOrderId(of),
            user_id: of.user_id,
            client_user_id: of.client_user_id,
          }}
        />
      </div>
    </>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="labelled whole">
      <span className="aside under">{label}</span> {children}
    </div>
  );
}

/** The client's own ID first: people search their own system for it. */
export function User({ of }: { of: Transaction }) {
  const { id, user_id, client_user_id } = of;
  const order_id = of.redraw?.order_id ?? initialOrderId(of);
  return (
    <>
      {client_user_id !== null && (
        <div className="user client-id">
          <Identifier id={client_user_id} of="user in your system" />
        </div>
      )}
      <div className={client_user_id === null ? 'user whole' : 'user whole aside under'}>
        <Identifier id={user_id} of="Junction user" short />
      </div>
      <div className="under">
        <OutsideLink to="record_link" ids={{ transaction_id: id, order_id, user_id, client_user_id }} />
      </div>
    </>
  );
}

interface AcknowledgedProps {
  readonly of: WithRedraw;
  /** The change is pending; the row shows the expected result. */
  readonly saving: boolean;
  /** Null without the scope. */
  readonly acting: AcknowledgementActions | null;
}

/**
 * Who is handling the redraw, since when, and their note; or the button to acknowledge it. It is the same button
 * before and after, so that it keeps the keyboard focus.
 */
export function Acknowledged({ of, saving, acting }: AcknowledgedProps) {
  const { acknowledgement } = of.redraw;
  const taken = acknowledgement !== null;
  const caller = taken && callerText(acknowledgement);
  return (
    <>
      {taken && (
        <div className="cell-line" title={acknowledgement.by}>
          {acknowledgement.by}
        </div>
      )}
      {caller && (
        <div className="cell-line aside" title={caller}>
          {caller}
        </div>
      )}
      <div className={taken ? 'under' : ''}>
        {taken && (
          <>
            {saving ? <span className="aside">Saving</span> : <Timestamp at={acknowledgement.at} />}
            <Note of={acknowledgement} />
            {acting && <span className="screen-only"> · </span>}
          </>
        )}
        {acting && !taken && (
          <PrintOnly>
            <span className="aside">Not acknowledged</span>
          </PrintOnly>
        )}
        {acting && <RowAction of={of} saving={saving} acting={acting} />}
        {!acting && !taken && <span className="aside">Not acknowledged</span>}
      </div>
    </>
  );
}

function Note({ of: { by, note } }: { of: Acknowledgement }) {
  if (note === null) return null;
  return (
    <>
      <span className="screen-only"> · </span>
      <Popover
        triggerType="text-inline"
        triggerAriaLabel={`Note from ${by}`}
        header={`Note from ${by}`}
        content={<div className="note">{note}</div>}
        dismissAriaLabel="Close"
        renderWithPortal
      >
        Note
      </Popover>
      <PrintOnly>
        <div className="note">{note}</div>
      </PrintOnly>
    </>
  );
}

function RowAction({
  of,
  saving,
  acting,
}: {
  of: WithRedraw;
  saving: boolean;
  acting: AcknowledgementActions;
}) {
  const taken = of.redraw.acknowledgement !== null;
  const name = taken ? 'Release' : 'Acknowledge';
  return (
    <Button
      variant="inline-link"
      wrapText={false}
      data-row-action=""
      {...(!taken && { 'data-acknowledge': 'row' })}
      ariaLabel={`${name}: redraw ${shortId(of.id)}`}
      onClick={() => {
        // Not disabled while saving: that would lose the focus.
        if (saving) return;
        if (taken) acting.release(of);
        else acting.acknowledge([of]);
      }}
    >
      {name}
    </Button>
  );
}
