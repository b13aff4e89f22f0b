import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useSearchParams } from 'wouter';
import type { StalledOrder } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { type FollowUpFilter, fetchStalledOrders, stalledOrdersQuery } from '../api/list-queries.ts';
import { AllClear } from '../components/all-clear.tsx';
import { StatusLabel } from '../components/status-label.tsx';
import { OwnerCell } from '../handling/owner-cell.tsx';
import { uncheckedText } from '../redraw/unchecked.ts';
import { usePageTitle } from '../screen/page-title.ts';
import { useNextStepTexts } from '../session/configuration-context.tsx';
import { useHasScope } from '../session/session-context.tsx';
import { ExportButton } from '../table/export-button.tsx';
import { ACTION, type ListColumn } from '../table/list-cards.tsx';
import { ListPage } from '../table/list-page.tsx';
import { OrderCell } from '../table/order-cell.tsx';
import { UserCell } from '../table/user-cell.tsx';
import { duration } from '../time/format.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { byText } from '../wording/caller.ts';
import { adviceFor } from '../wording/next-steps.ts';
import { humanize, stageText } from '../wording/status.ts';
import { stalledOrderRow } from './csv-row.ts';
import { OrderActions } from './order-actions.tsx';

/** Orders that are not redraws and are overdue, most overdue first: the second view of the worklist. */
export default function StalledOrdersPage() {
  usePageTitle('Stalled orders');
  const api = useApi();
  const may = useHasScope('redraws/write');
  const texts = useNextStepTexts();
  const [params, setParams] = useSearchParams();
  const followUp: FollowUpFilter = params.get('follow_up') === 'any' ? 'any' : 'due';
  return (
    <ListPage
      title="Stalled orders"
      description="Orders, other than redraws, that have waited too long at one step. They drop off automatically when they move on."
      actions={
        <SpaceBetween direction="horizontal" size="m" alignItems="center">
          <div className="screen-only">
            <Toggle
              checked={followUp === 'any'}
              onChange={({ detail }) => setParams((now) => withLater(now, detail.checked))}
            >
              Show those hidden until their follow-up
            </Toggle>
          </div>
          <ExportButton
            list="stalled orders"
            fetchItems={(signal) => async (limit, cursor) => {
              const page = await fetchStalledOrders(api, { rows: limit, cursor }, followUp, signal);
              return { items: page.orders, next_cursor: page.next_cursor };
            }}
            rowOf={(order) => stalledOrderRow(order, texts)}
            name="stalled-orders"
          />
        </SpaceBetween>
      }
      query={(page) => stalledOrdersQuery(api, page, followUp)}
      itemsOf={({ orders }) => orders}
      trackBy="id"
      sortedBy={{ column: 'overdue' }}
      columns={may ? [...COLUMNS, ACTIONS] : COLUMNS}
      empty={<AllClear header="No stalled orders" />}
    />
  );
}

function Overdue({ of }: { of: StalledOrder }) {
  const now = useNow();
  const late = of.due_at === null ? '' : ` ${duration(Math.max(0, now - Date.parse(of.due_at)))}`;
  const unchecked = uncheckedText(of);
  return (
    <>
      <StatusLabel of={{ tone: 'error', text: `Overdue${late}` }} />
      <Box color="text-body-secondary" fontSize="body-s">
        Flagged <Timestamp at={of.stalled_since} />
        {unchecked && <div title={unchecked.long}>{unchecked.short}</div>}
      </Box>
    </>
  );
}

function ToDo({ of: { next_step: step } }: { of: StalledOrder }) {
  const texts = useNextStepTexts();
  return step ? adviceFor(step, texts).text : '–';
}

const COLUMNS: ListColumn<StalledOrder>[] = [
  {
    id: 'order',
    header: 'Order',
    cell: ({ id, order_transaction_id }) => <OrderCell id={id} transactionId={order_transaction_id} />,
    isRowHeader: true,
    minWidth: 130,
  },
  { id: 'overdue', header: 'Due', cell: (order) => <Overdue of={order} />, minWidth: 140 },
  { id: 'stage', header: 'Waiting on', cell: ({ stage }) => stageText(stage), minWidth: 120, half: true },
  {
    id: 'user',
    header: 'User',
    cell: (order) => <UserCell of={order} />,
    minWidth: 140,
    half: true,
  },
  { id: 'owner', header: 'Owner', cell: (order) => <OwnerCell of={order} />, minWidth: 115, half: true },
  { id: 'next', header: 'What to do next', cell: (order) => <ToDo of={order} />, minWidth: 200 },
  {
    id: 'status',
    header: 'Status',
    cell: (order) => humanize(order.low_level_status),
    minWidth: 110,
    half: true,
  },
  {
    id: 'handled',
    header: 'Acknowledged',
    cell: ({ acknowledgement }) =>
      acknowledgement === null ? (
        <span className="aside">Not acknowledged</span>
      ) : (
        <>
          {byText(acknowledgement)}
          <Box color="text-body-secondary" fontSize="body-s">
            {acknowledgement.note}
          </Box>
        </>
      ),
    minWidth: 125,
    half: true,
  },
];

const ACTIONS: ListColumn<StalledOrder> = {
  id: ACTION,
  header: 'Actions',
  cell: (order) => <OrderActions of={order} />,
  minWidth: 125,
};

/** A cursor belongs to the list it was made for, so the other list starts at its first page. */
function withLater(params: URLSearchParams, later: boolean): URLSearchParams {
  const changed = new URLSearchParams(params);
  changed.delete('cursor');
  if (later) changed.set('follow_up', 'any');
  else changed.delete('follow_up');
  return changed;
}
