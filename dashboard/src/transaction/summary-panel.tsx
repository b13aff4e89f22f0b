import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Transaction } from '../api/answers.ts';
import { Expandable } from '../components/expandable.tsx';
import { Identifier } from '../components/identifier.tsx';
import { Indicator } from '../components/indicator.tsx';
import { OutsideLink } from '../components/outside-link.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { newestResultsAt } from '../redraw/results-time.ts';
import { uncheckedText } from '../redraw/unchecked.ts';
import { interpretationIn } from '../results/markers.ts';
import { resultSourcesOf } from '../results/result-source.ts';
import { ResultsButtons } from '../results/results-buttons.tsx';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { LabTests } from '../transaction-list/lab-tests.tsx';
import { byText } from '../wording/caller.ts';
import { statusText } from './explanation-wording.ts';
import { LaneLabel } from './lane-label.tsx';
import type { Lane } from './lanes.ts';
import { LastCheck } from './last-check.tsx';
import { isProvisional } from './provisional.ts';

interface SummaryPanelProps {
  readonly transaction: Transaction;
  readonly lanes: readonly Lane[];
}

/** Fits an ID on one line (pixels). */
const ID_WIDTH = 300;

/** The facts of a transaction, and its IDs. */
export function SummaryPanel({ transaction, lanes }: SummaryPanelProps) {
  const ids = <KeyValuePairs columns={3} minColumnWidth={ID_WIDTH} items={idsOf(transaction, lanes)} />;
  const narrow = useNarrowScreen();
  return (
    <Container>
      <SpaceBetween size="m">
        <KeyValuePairs columns={4} minColumnWidth={130} items={standing(transaction, lanes)} />
        {narrow ? <Expandable summary="IDs">{ids}</Expandable> : ids}
      </SpaceBetween>
    </Container>
  );
}

function standing(transaction: Transaction, lanes: readonly Lane[]): KeyValuePairsProps.Item[] {
  const { created_at, updated_at } = transaction;
  const reportedAt = newestResultsAt(transaction);
  const results = (
    <SpaceBetween direction="horizontal" size="s">
      <Timestamp at={reportedAt} />
      {!isProvisional(transaction) && <ResultsButtons sources={resultSourcesOf(transaction)} />}
    </SpaceBetween>
  );
  return [
    { label: 'Created', value: <Timestamp at={created_at} /> },
    reportedAt
      ? { label: 'Results reported', value: results }
      : { label: 'Last updated', value: <Timestamp at={updated_at} /> },
    ...differing(transaction),
    ...dueOfStalled(transaction),
    ...decided(transaction),
    { label: 'Last checked with Junction', value: <LastCheck transaction={transaction} lanes={lanes} /> },
    { label: 'Lab test', value: <LabTests orders={transaction.orders} /> },
    ...interpretations(transaction, lanes),
  ];
}

/** When an order that is not a redraw was due, and whether Junction confirmed that it is overdue. */
function dueOfStalled({ open_order: order }: Transaction): KeyValuePairsProps.Item[] {
  if (!order || order.stalled_since === null) return [];
  const unchecked = uncheckedText(order);
  const value = (
    <>
      <Timestamp at={order.due_at} />
      {unchecked && <Box variant="small">{unchecked.long}</Box>}
    </>
  );
  return [{ label: 'Was due', value }];
}

/** Junction's status, where it is another. */
function differing({ reported_status, diverges }: Transaction): KeyValuePairsProps.Item[] {
  if (!diverges) return [];
  const value = <Indicator type="warning">{statusText(reported_status)}</Indicator>;
  return [{ label: 'Junction’s status', value }];
}

/** What was decided about an order that failed; the panel of a redraw has its own. */
function decided({ redraw, decision }: Transaction): KeyValuePairsProps.Item[] {
  if (redraw || !decision?.acknowledgement) return [];
  const { at, note } = decision.acknowledgement;
  const value = (
    <>
      <div>{note}</div>
      <Box variant="small" display="block">
        {byText(decision.acknowledgement)}, <Timestamp at={at} />
      </Box>
    </>
  );
  return [{ label: 'Decision', value }];
}

/** Junction's summary of the results of each order, if the stage keeps it. */
function interpretations(transaction: Transaction, lanes: readonly Lane[]): KeyValuePairsProps.Item[] {
  const summaries = transaction.orders.flatMap(({ id, interpretation }) => {
    const summary = interpretationIn(transaction, interpretation);
    return summary ? [{ id, summary }] : [];
  });
  if (summaries.length === 0) return [];
  const value = summaries.map(({ id, summary }) => (
    <div key={id}>
      <StatusLabel of={summary} /> <LaneLabel orderId={id} lanes={lanes} />
    </div>
  ));
  return [{ label: 'Interpretation', value }];
}

function idsOf(transaction: Transaction, lanes: readonly Lane[]): KeyValuePairsProps.Item[] {
  const { id, user_id, client_user_id, orders } = transaction;
  const idsFor = (order_id: string | null) => ({ transaction_id: id, order_id, user_id, client_user_id });
  const own = isProvisional(transaction)
    ? []
    : [{ label: 'Transaction', value: <Identifier id={id} of="transaction" /> }];
  return [
    ...own,
    ...orders.map((order) => ({
      label: <LaneLabel orderId={order.id} lanes={lanes} />,
      value: (
        <>
          <Identifier id={order.id} of="order" /> <OutsideLink to="junction_link" ids={idsFor(order.id)} />
        </>
      ),
    })),
    {
      label: 'User',
      value: (
        <Identifier
          id={user_id}
          of="user"
          {...(user_id !== null && { href: `/orders?${new URLSearchParams({ user: user_id })}` })}
        />
      ),
    },
    {
      label: 'Client user ID',
      value: (
        <>
          <Identifier id={client_user_id} of="client user" />{' '}
          <OutsideLink to="record_link" ids={idsFor(orders.at(-1)?.id ?? null)} />
        </>
      ),
    },
  ];
}
