import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Order, Transaction } from '../api/answers.ts';
import { useOrderRecords } from '../api/use-order-records.ts';
import { Expandable } from '../components/expandable.tsx';
import { Identifier } from '../components/identifier.tsx';
import { Indicator } from '../components/indicator.tsx';
import { OutsideLink } from '../components/outside-link.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { AppointmentTime } from '../ordering/appointment-time.tsx';
import { notBookableText } from '../ordering/order-wording.ts';
import { possibleActions } from '../ordering/possible-actions.ts';
import { dueStatusOf, dueText } from '../redraw/due-status.ts';
import { LabTests } from '../redraw/lab-tests.tsx';
import { MissingMarkers } from '../redraw/missing-markers.tsx';
import { acknowledgementOf, hasDecision, hasOpenRedraw, hasRedraw } from '../redraw/open-redraw.ts';
import { newestResultsAt } from '../redraw/results-time.ts';
import { uncheckedText } from '../redraw/unchecked.ts';
import { interpretationIn } from '../results/markers.ts';
import { resultSourcesOf } from '../results/result-source.ts';
import { ResultsButtons } from '../results/results-buttons.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { byText } from '../wording/caller.ts';
import { acknowledgementText, DECISIONS } from '../wording/decisions.ts';
import { redrawState, statusText } from '../wording/status.ts';
import { drawnBecause } from './drawn-because.ts';
import { LaneLabel } from './lane-label.tsx';
import type { Lane } from './lanes.ts';
import { LastCheck } from './last-check.tsx';
import { isProvisional } from './provisional.ts';
import { StageProgress } from './stage-progress.tsx';

interface FactsProps {
  readonly transaction: Transaction;
  readonly lanes: readonly Lane[];
}

type Item = KeyValuePairsProps.Pair;

/** The steps of the redraw, when it is due, what is missing, the appointment; the IDs are folded. */
export function Facts({ transaction, lanes }: FactsProps) {
  const now = useNow();
  const { orders } = useOrderRecords(transaction);
  const { redraw } = transaction;
  const open = hasOpenRedraw(transaction);
  const drawn = drawnBecause(orders.find(({ id }) => id === redraw?.order_id));
  return (
    <Container header={<Header variant="h2">Facts</Header>}>
      <SpaceBetween size="m">
        {redraw && (open || (redraw.state === 'completed' && !redraw.single_order)) && (
          <StageProgress
            stage={redraw.stage}
            overdue={open && dueStatusOf(transaction, now) === 'overdue'}
            drawn={drawn}
          />
        )}
        <KeyValuePairs
          columns={2}
          minColumnWidth={140}
          items={[
            ...dueFacts(transaction, now),
            ...missingFacts(transaction),
            ...appointmentFacts(transaction, orders, now),
            ...acknowledgedFacts(transaction),
            ...resultFacts(transaction, lanes),
            { label: 'Lab test', value: <LabTests orders={transaction.orders} /> },
            ...differing(transaction),
            { label: 'Created', value: <Timestamp at={transaction.created_at} /> },
            {
              label: 'Last checked with Junction',
              value: <LastCheck transaction={transaction} lanes={lanes} />,
            },
          ]}
        />
        <Expandable summary="IDs">
          <KeyValuePairs columns={1} items={idsOf(transaction, lanes)} />
        </Expandable>
      </SpaceBetween>
    </Container>
  );
}

/** When the redraw or the stalled order is due, or how the redraw ended. */
function dueFacts(transaction: Transaction, now: number): Item[] {
  const { open_order: order } = transaction;
  if (hasOpenRedraw(transaction)) {
    const { available_at, due_at, stale_since } = transaction.redraw;
    const value = (
      <>
        <Noted note={due_at && <Timestamp at={due_at} exact />}>
          <StatusLabel of={dueText(transaction, now)} />
        </Noted>
        {stale_since && <Flagged since={stale_since} note={uncheckedText(transaction.redraw)?.long} />}
      </>
    );
    return [
      { label: 'Due', value },
      { label: 'Redraw available since', value: <Timestamp at={available_at} /> },
    ];
  }
  const ended: Item[] = hasRedraw(transaction)
    ? [
        {
          label: 'Redraw',
          value: (
            <Noted
              note={
                transaction.redraw.single_order &&
                'The initial order was drawn again. There is no redraw order.'
              }
            >
              <StatusLabel of={redrawState(transaction.redraw)} />
            </Noted>
          ),
        },
      ]
    : [];
  if (!order || order.stalled_since === null) return ended;
  const value = <Noted note={uncheckedText(order)?.long}>{<Timestamp at={order.due_at} />}</Noted>;
  return [...ended, { label: 'Was due', value }];
}

function Flagged({ since, note }: { since: string; note: string | undefined }) {
  return (
    <Box variant="small" display="block">
      Flagged <Timestamp at={since} />
      {note !== undefined && `. ${note}`}
    </Box>
  );
}

function missingFacts(transaction: Transaction): Item[] {
  const { missing_results: missing } = transaction;
  if (missing.length === 0 && !hasOpenRedraw(transaction)) return [];
  const label = missing.length === 0 ? 'Missing markers' : `Missing markers (${missing.length})`;
  return [{ label, value: <MissingMarkers missing={missing} codes /> }];
}

/** The appointment of the redraw order, or of the open order. */
function appointmentFacts(transaction: Transaction, orders: readonly Order[], now: number): Item[] {
  const id = transaction.redraw?.order_id ?? transaction.open_order?.order_id;
  const order = orders.find((one) => one.id === id);
  if (!order) return [];
  const possible = possibleActions(order, transaction, now);
  if (possible.kind === null || !possible.any) return [];
  const value = possible.appointment ? (
    <AppointmentTime appointment={possible.appointment} />
  ) : (
    <Noted note={notBookableText(possible)}>None</Noted>
  );
  return [{ label: 'Appointment', value }];
}

/** Who acknowledged the redraw, or what was decided and by whom. */
function acknowledgedFacts(transaction: Transaction): Item[] {
  const known = acknowledgementOf(transaction);
  const by = known && (
    <>
      <Noted note={acknowledgementText(known)}>
        {byText(known)}, <Timestamp at={known.at} />
      </Noted>
      {known.stop_messages && <Box variant="small">Messages to the patient are stopped</Box>}
    </>
  );
  if (!hasDecision(transaction)) return by ? [{ label: 'Acknowledged by', value: by }] : [];
  const { cause, since } = transaction.decision;
  return [
    {
      label: 'Cause',
      value: (
        <>
          {DECISIONS[cause]}, <Timestamp at={since} />
        </>
      ),
    },
    { label: 'Decision', value: by ?? <Indicator type="warning">Needs a decision</Indicator> },
  ];
}

/** When results were reported, and Junction's summary of them, if the stage keeps it. */
function resultFacts(transaction: Transaction, lanes: readonly Lane[]): Item[] {
  const reportedAt = newestResultsAt(transaction);
  if (!reportedAt) return [];
  const summaries = transaction.orders.flatMap(({ id, interpretation }) => {
    const summary = interpretationIn(transaction, interpretation);
    return summary ? [{ id, summary }] : [];
  });
  const value = (
    <>
      <Timestamp at={reportedAt} />
      {!isProvisional(transaction) && <ResultsButtons sources={resultSourcesOf(transaction)} />}
      {summaries.map(({ id, summary }) => (
        <div key={id}>
          <StatusLabel of={summary} /> <LaneLabel orderId={id} lanes={lanes} />
        </div>
      ))}
    </>
  );
  return [{ label: 'Results reported', value }];
}

/** Junction's status, where it is another. */
function differing({ reported_status, diverges }: Transaction): Item[] {
  if (!diverges) return [];
  const value = <Indicator type="warning">{statusText(reported_status)}</Indicator>;
  return [{ label: 'Junction’s status', value }];
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

function idsOf(transaction: Transaction, lanes: readonly Lane[]): Item[] {
  const { id, user_id, client_user_id, orders } = transaction;
  const own = isProvisional(transaction)
    ? []
    : [{ label: 'Transaction', value: <Identifier id={id} of="transaction" /> }];
  return [
    ...own,
    ...orders.map((order) => ({
      label: <LaneLabel orderId={order.id} lanes={lanes} />,
      value: (
        <>
          <Identifier id={order.id} of="order" />{' '}
          <OutsideLink
            to="junction_link"
            ids={{ transaction_id: id, order_id: order.id, user_id, client_user_id }}
          />
        </>
      ),
    })),
    { label: 'Patient at Junction', value: <Identifier id={user_id} of="Junction user" /> },
    { label: 'Patient in your system', value: <Identifier id={client_user_id} of="client user" /> },
  ];
}
