import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { transactionQuery } from '../api/queries.ts';
import { DiscardDialog } from '../components/discard-dialog.tsx';
import { PageLink } from '../components/page-link.tsx';
import { PageLoading } from '../components/page-loading.tsx';
import { Patient } from '../components/patient.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { followUpBlockedReason } from '../handling/follow-up-blocked.ts';
import { HandlingForm } from '../handling/handling-form.tsx';
import { OwnerLine } from '../handling/owner-line.tsx';
import { useNotes } from '../handling/use-notes.ts';
import { NextStepSection } from '../next-step/next-step.tsx';
import { MissingMarkers } from '../redraw/missing-markers.tsx';
import { initialOrderId } from '../redraw/open-redraw.ts';
import { stateSentence } from '../redraw/state-sentence.ts';
import { useHasScope } from '../session/session-context.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { shownNotes } from '../wording/handling.ts';
import { reviewReasonText } from '../wording/match-reviews.ts';
import { messageStateText } from '../wording/messages.ts';
import { humanize } from '../wording/status.ts';
import type { WorkRow } from './rows.ts';

export interface RowPanelProps {
  readonly row: WorkRow;
  /** Whether the reader may change something. */
  readonly may: boolean;
  readonly logging: boolean;
  readonly onLog: (logging: boolean) => void;
  readonly onAssign: () => void;
  readonly onFollowUp: () => void;
  /** Goes on with the next row; undefined on the last. */
  readonly onNext: (() => void) | undefined;
}

/** A row of the worklist beside the list, so that a call is handled without leaving it. */
export default function RowPanel({ row, ...props }: RowPanelProps) {
  const { transactionId, transaction } = row;
  const { data = transaction } = useQuery({
    ...transactionQuery(useApi(), transactionId ?? ''),
    enabled: transactionId !== null,
  });
  if (row.review) return <Review of={row.review} />;
  if (!data) return <PageLoading />;
  return <Brief key={data.id} of={data} href={row.href} {...props} />;
}

interface BriefProps extends Omit<RowPanelProps, 'row'> {
  readonly of: Transaction;
  readonly href: string | null;
}

function Brief({ of, href, may, logging, onLog, onAssign, onFollowUp, onNext }: BriefProps) {
  const now = useNow();
  return (
    <SpaceBetween size="m">
      <div>
        <StatusLabel of={stateSentence(of, now)} />
        <div>
          <Patient of={of} transactionId={of.id} orderId={of.redraw?.order_id ?? initialOrderId(of)} />
        </div>
        <OwnerLine of={of} may={may} onAssign={onAssign} onFollowUp={onFollowUp} />
      </div>
      {logging ? (
        <HandlingForm
          of={of}
          kind="contact"
          noFollowUp={followUpBlockedReason(of)}
          hasNext={onNext !== undefined}
          onDone={(next) => {
            onLog(false);
            if (next) onNext?.();
          }}
          onCancel={() => onLog(false)}
        />
      ) : (
        <NextStepSection transaction={of} onLog={() => onLog(true)} />
      )}
      {of.missing_results.length > 0 && (
        <div>
          <Box variant="h3">Missing markers</Box>
          <MissingMarkers missing={of.missing_results} max={3} />
        </div>
      )}
      <Lately of={of} />
      {href !== null && <PageLink href={href}>Open the whole transaction</PageLink>}
    </SpaceBetween>
  );
}

const LATEST = 4;

/** What people did lately, and the last message to the patient. */
function Lately({ of }: { of: Transaction }) {
  const { notes } = useNotes(of);
  const { told } = of;
  if (notes.length === 0 && !told) return null;
  return (
    <div>
      <Box variant="h3">Lately</Box>
      <ul className="markers">
        {told && (
          <li>
            {messageStateText(told)} <span className="aside">to the patient, </span>
            <Timestamp at={told.at} />
          </li>
        )}
        {shownNotes(notes)
          .slice(0, LATEST)
          .map(({ note, title }) => (
            <li key={note.id}>
              {title}
              {note.text !== null && `: ${note.text}`} <span className="aside">{note.by}, </span>
              <Timestamp at={note.at} />
            </li>
          ))}
      </ul>
    </div>
  );
}

function Review({ of: { decision_code, status, id, returned_at } }: { of: NonNullable<WorkRow['review']> }) {
  const may = useHasScope('maintain/write');
  const [asks, setAsks] = useState(false);
  return (
    <SpaceBetween size="s">
      <p>
        Junction couldn’t match a result to an order. Decide on it in Junction’s dashboard; it leaves this
        list by itself.
      </p>
      <div>
        {reviewReasonText(decision_code)}. {humanize(status)}
        {returned_at && (
          <>
            , back from Junction’s operations <Timestamp at={returned_at} />
          </>
        )}
      </div>
      <Box variant="small">Match review {id}</Box>
      {may && <Button onClick={() => setAsks(true)}>Discard</Button>}
      {asks && <DiscardDialog of="match-reviews" id={id} onDismiss={() => setAsks(false)} />}
    </SpaceBetween>
  );
}
