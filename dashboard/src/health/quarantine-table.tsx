import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import { errorMessage } from '../alerts/error-message.ts';
import { useNotify } from '../alerts/notifications.tsx';
import type { Quarantined, Replay } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { quarantineQuery } from '../api/queries.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { Identifier } from '../components/identifier.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { humanize } from '../wording/status.ts';

/** Webhooks with a valid signature that could not be parsed. Each can be replayed. */
export function QuarantineTable() {
  const api = useApi();
  const [parameters, setParameters] = useSearchParams();
  const cursor = parameters.get('quarantine') ?? undefined;
  const { data, error, refetch } = usePageQuery(quarantineQuery(api, cursor));
  const turnTo = (next: string | null) =>
    setParameters((now) => {
      if (next) now.set('quarantine', next);
      else now.delete('quarantine');
      return now;
    });
  if (error && !data) return <ErrorAlert error={error} what="the quarantine" retry={() => void refetch()} />;
  return (
    <Table
      header={
        <Header
          variant="h2"
          description="Webhooks with a valid signature that we couldn’t parse. After a fix, replay them."
          actions={
            <>
              {cursor && <Button onClick={() => turnTo(null)}>Newest</Button>}{' '}
              {data?.next_cursor && <Button onClick={() => turnTo(data.next_cursor)}>Older</Button>}
            </>
          }
        >
          Quarantine
        </Header>
      }
      items={data?.quarantined ?? []}
      trackBy="id"
      loading={!data}
      loadingText="Loading quarantine"
      columnDefinitions={COLUMNS}
      wrapLines
      empty={<Box textAlign="center">No webhooks in quarantine.</Box>}
      ariaLabels={{ tableLabel: 'Quarantine' }}
    />
  );
}

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

const COLUMNS: TableProps.ColumnDefinition<Quarantined>[] = [
  {
    id: 'received',
    header: 'Received',
    cell: ({ received_at }) => <Timestamp at={received_at} />,
    minWidth: 120,
  },
  {
    id: 'reason',
    header: 'Reason',
    cell: ({ reason }) => reason,
    isRowHeader: true,
    minWidth: 220,
  },
  {
    id: 'event',
    header: 'Event',
    cell: ({ event_type }) => event_type ?? 'Not readable',
    minWidth: 180,
  },
  {
    id: 'order',
    header: 'Order or user',
    cell: ({ order_id, order_transaction_id, user_id }) => (
      <About id={order_id ?? order_transaction_id ?? user_id} />
    ),
    minWidth: 140,
  },
  {
    id: 'message',
    header: 'Message ID',
    cell: ({ message_id }) => <Identifier id={message_id} of="message" short />,
    minWidth: 140,
  },
  { id: 'size', header: 'Size', cell: ({ size }) => `${size.toLocaleString('en')} bytes`, minWidth: 110 },
  { id: 'id', header: 'ID', cell: ({ id }) => <Identifier id={id} of="webhook" short />, minWidth: 140 },
  {
    id: 'expires',
    header: 'Kept until',
    cell: ({ expires_at }) => day.format(new Date(expires_at)),
    minWidth: 110,
  },
  {
    id: 'replayed',
    header: 'Last replay',
    cell: ({ replayed_at, replay_outcome }) =>
      replayed_at ? (
        <>
          {humanize(replay_outcome)}, <Timestamp at={replayed_at} />
        </>
      ) : (
        'Never'
      ),
    minWidth: 150,
  },
  { id: 'action', header: 'Actions', cell: (item) => <ReplayButton item={item} />, minWidth: 100 },
];

/** The search shows what is known of the id. */
function About({ id }: { id: string | null }) {
  if (id === null) return '–';
  return <Identifier id={id} of="order" short href={`/search?q=${encodeURIComponent(id)}`} />;
}

function ReplayButton({ item }: { item: Quarantined }) {
  const api = useApi();
  const notify = useNotify();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => api.json<Replay>(`/v1/quarantine/${item.id}/replay`, { method: 'POST' }),
    onSuccess: ({ outcome, reason }) => {
      if (outcome === 'quarantined')
        notify({ type: 'warning', header: 'Still couldn’t parse it', text: reason ?? '' });
      else notify({ type: 'success', header: `Webhook processed: ${humanize(outcome).toLowerCase()}` });
      void client.invalidateQueries({ queryKey: ['quarantine'] });
      void client.invalidateQueries({ queryKey: ['summary'] });
    },
    onError: (error) => {
      const { header, text } = errorMessage(error, 'the webhook');
      notify({ type: 'error', header, text });
    },
  });
  return (
    <Button
      variant="inline-link"
      loading={isPending}
      loadingText="Replaying"
      onClick={() => mutate()}
      ariaLabel={`Replay the webhook received ${item.received_at}`}
    >
      Replay
    </Button>
  );
}
