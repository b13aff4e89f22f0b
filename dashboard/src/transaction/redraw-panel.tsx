import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useOrderRecords } from '../api/use-order-records.ts';
import { StatusLabel } from '../components/status-label.tsx';
import { NextStepSection } from '../next-step/next-step-section.tsx';
import { RequisitionButton } from '../next-step/requisition-button.tsx';
import { dueStatusOf, dueText } from '../redraw/due-status.ts';
import { MissingMarkers } from '../redraw/missing-markers.tsx';
import { hasOpenRedraw, type WithRedraw } from '../redraw/open-redraw.ts';
import { uncheckedText } from '../redraw/unchecked.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { byText } from '../wording/caller.ts';
import { DECISIONS } from '../wording/decisions.ts';
import { redrawState } from '../wording/status.ts';
import { drawnBecause } from './drawn-because.ts';
import { StageProgress } from './stage-progress.tsx';

type Decision = NonNullable<WithRedraw['redraw']['decision']>;

/** The redraw of a transaction: step, due time, who is handling it, and the missing markers. */
export function RedrawPanel({ transaction }: { transaction: WithRedraw }) {
  const { redraw } = transaction;
  const now = useNow();
  const open = hasOpenRedraw(transaction);
  const { orders } = useOrderRecords(transaction);
  const drawn = drawnBecause(orders.find(({ id }) => id === redraw.order_id));
  const overdue = open && dueStatusOf(transaction, now) === 'overdue';
  return (
    <Container header={<Header variant="h2">Redraw</Header>}>
      <SpaceBetween size="l">
        <NextStepSection transaction={transaction} heading="h3" />
        {(open || (redraw.state === 'completed' && !redraw.single_order)) && (
          <StageProgress stage={redraw.stage} overdue={overdue} drawn={drawn} />
        )}
        <KeyValuePairs
          columns={4}
          minColumnWidth={180}
          items={open ? openFacts(transaction, now) : closedFacts(transaction)}
        />
        {(open || redraw.missing_results.length > 0) && (
          <div>
            <Box variant="h3" padding={{ bottom: 'xxs' }}>
              {missingHeading(transaction)}
            </Box>
            <MissingMarkers missing={redraw.missing_results} codes />
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}

function openFacts(transaction: WithRedraw, now: number): KeyValuePairsProps.Item[] {
  const { order_id, available_at, due_at, stale_since, acknowledgement } = transaction.redraw;
  return [
    {
      label: 'Due',
      value: (
        <>
          <Noted note={due_at && <Timestamp at={due_at} exact />}>
            <StatusLabel of={dueText(transaction, now)} />
          </Noted>
          {stale_since && <Flagged since={stale_since} note={uncheckedText(transaction.redraw)?.long} />}
        </>
      ),
    },
    { label: 'Redraw available since', value: <Timestamp at={available_at} /> },
    { label: 'Acknowledged by', value: <Acknowledged acknowledgement={acknowledgement} /> },
    ...(order_id === null ? [] : [{ label: 'Requisition', value: <RequisitionButton orderId={order_id} /> }]),
  ];
}

function Flagged({ since, note }: { since: string; note: string | undefined }) {
  return (
    <Box variant="small" display="block">
      Flagged <Timestamp at={since} />
      {note !== undefined && `. ${note}`}
    </Box>
  );
}

function closedFacts({ redraw }: WithRedraw): KeyValuePairsProps.Item[] {
  const { single_order, available_at, decision, acknowledgement } = redraw;
  return [
    {
      label: 'Status',
      value: (
        <Noted note={single_order && 'The initial order was drawn again. There is no redraw order.'}>
          <StatusLabel of={redrawState(redraw)} />
        </Noted>
      ),
    },
    { label: 'Redraw available since', value: <Timestamp at={available_at} /> },
    ...(decision ? decisionFacts(decision, acknowledgement) : []),
  ];
}

function decisionFacts(
  { cause, since }: Decision,
  acknowledgement: WithRedraw['redraw']['acknowledgement'],
): KeyValuePairsProps.Item[] {
  const why = DECISIONS[cause];
  const open = <StatusLabel of={{ tone: 'warning', text: 'Needs a decision' }} />;
  return [
    {
      label: 'Cause',
      value: (
        <>
          {why}, <Timestamp at={since} />
        </>
      ),
    },
    {
      label: 'Decision',
      value: acknowledgement ? <Acknowledged acknowledgement={acknowledgement} /> : open,
    },
  ];
}

function Acknowledged({ acknowledgement }: Pick<WithRedraw['redraw'], 'acknowledgement'>) {
  if (!acknowledgement) return 'Not acknowledged';
  const { at, note, stop_messages } = acknowledgement;
  return (
    <>
      <Noted note={note}>
        {byText(acknowledgement)}, <Timestamp at={at} />
      </Noted>
      {stop_messages && (
        <Box variant="small" display="block">
          Messages to the patient are stopped
        </Box>
      )}
    </>
  );
}

/** A value with a note below it. */
function Noted({ note, children }: { note: ReactNode; children: ReactNode }) {
  return (
    <>
      <div>{children}</div>
      {note && (
        <Box variant="small" display="block">
          {note}
        </Box>
      )}
    </>
  );
}

function missingHeading({ redraw }: WithRedraw): string {
  const { length } = redraw.missing_results;
  return length === 0 ? 'Missing markers' : `Missing markers (${length})`;
}
