import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Dismissal, Quarantined } from '../api/answers.ts';
import type { QuarantineView } from '../api/list-queries.ts';
import { Identifier } from '../components/identifier.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { byText } from '../wording/caller.ts';
import { humanize } from '../wording/status.ts';
import { ReplayButton } from './replay-button.tsx';

type Column = TableProps.ColumnDefinition<Quarantined>;

interface QuarantineActions {
  readonly dismiss: (item: Quarantined) => void;
  readonly replayAll: (item: Quarantined) => void;
}

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** The column that the API can sort by. */
export const RECEIVED: Column = {
  id: 'received',
  header: 'Received',
  cell: ({ received_at }) => <Timestamp at={received_at} />,
  sortingField: 'received_at',
  minWidth: 110,
};

/**
 * The columns of the webhooks in a state. Only those that wait can be dismissed, or replayed together. A narrow screen shows the
 * first two, so the actions are there.
 */
export function columnsOf(
  state: QuarantineView['state'],
  actions: QuarantineActions,
  narrow: boolean,
): Column[] {
  const waiting = state === 'waiting';
  const reason = reasonColumn(waiting ? actions.replayAll : null);
  const action = actionsColumn(waiting ? actions.dismiss : null);
  const rest = [...(waiting ? [] : [DISMISSED]), LAST_REPLAY, ...ORIGIN];
  return narrow ? [reason, action, RECEIVED, ...rest] : [RECEIVED, reason, ...rest, action];
}

function reasonColumn(replayAll: QuarantineActions['replayAll'] | null): Column {
  return {
    id: 'reason',
    header: 'Reason',
    cell: (item) => (
      <>
        <div>{item.reason}</div>
        {replayAll && (
          <Button
            variant="inline-link"
            onClick={() => replayAll(item)}
            ariaLabel={`Replay all with this reason: ${item.reason}`}
          >
            Replay all with this reason
          </Button>
        )}
      </>
    ),
    isRowHeader: true,
    minWidth: 190,
  };
}

const ORIGIN: readonly Column[] = [
  {
    id: 'event',
    header: 'Event',
    cell: ({ event_type, size }) => (
      <>
        <div>{event_type ?? 'Not readable'}</div>
        <Box color="text-body-secondary" fontSize="body-s">
          {size.toLocaleString('en')} bytes
        </Box>
      </>
    ),
    minWidth: 170,
  },
  {
    id: 'order',
    header: 'Order or user',
    cell: ({ order_id, order_transaction_id, user_id }) => (
      <About id={order_id ?? order_transaction_id ?? user_id} />
    ),
    minWidth: 135,
  },
  {
    id: 'message',
    header: 'Message ID',
    cell: ({ message_id }) => <Identifier id={message_id} of="message" short />,
    minWidth: 135,
  },
  {
    id: 'expires',
    header: 'Kept until',
    cell: ({ expires_at }) => day.format(new Date(expires_at)),
    minWidth: 100,
  },
];

const DISMISSED: Column = {
  id: 'dismissed',
  header: 'Dismissed',
  cell: ({ dismissal }) => (dismissal === null ? '–' : <DismissalText of={dismissal} />),
  minWidth: 200,
};

const LAST_REPLAY: Column = {
  id: 'replayed',
  header: 'Last replay',
  cell: ({ replayed_at, replay_outcome }) =>
    replayed_at === null ? (
      'Never'
    ) : (
      <>
        {replay_outcome === 'quarantined' ? 'Still quarantined' : humanize(replay_outcome)},{' '}
        <Timestamp at={replayed_at} />
      </>
    ),
  minWidth: 115,
};

function actionsColumn(dismiss: QuarantineActions['dismiss'] | null): Column {
  return {
    id: 'action',
    header: 'Actions',
    cell: (item) => (
      <SpaceBetween size="xxs">
        <ReplayButton item={item} />
        {dismiss && (
          <Button
            variant="inline-link"
            onClick={() => dismiss(item)}
            ariaLabel={`Dismiss the webhook received ${item.received_at}`}
          >
            Dismiss
          </Button>
        )}
      </SpaceBetween>
    ),
    minWidth: 90,
  };
}

/** The search shows what is known of the id. */
function About({ id }: { id: string | null }) {
  if (id === null) return '–';
  return <Identifier id={id} of="order" short href={`/search?q=${encodeURIComponent(id)}`} />;
}

function DismissalText({ of }: { of: Dismissal }) {
  return (
    <>
      <div>{of.note}</div>
      <Box color="text-body-secondary" fontSize="body-s">
        {byText(of)}, <Timestamp at={of.at} />
      </Box>
    </>
  );
}
